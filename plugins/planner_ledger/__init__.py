"""Ledgers (台账): what was done, for whom, how many and how much, row by row in the journal."""
