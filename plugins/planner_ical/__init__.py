"""Calendar files (iCalendar) of a plan: one for the office, one for each branch."""
