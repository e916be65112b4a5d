"""A plan as people and programs look at it: by month, by due date, in words, as JSON. Pure; no output, no colours."""
