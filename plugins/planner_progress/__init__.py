"""How far a plan is on what it promised: goals, duties, branches, targets, chains, the next election."""
