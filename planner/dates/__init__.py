"""Dates of a school term: windows, the term, festivals, working days and the reading of time expressions."""
