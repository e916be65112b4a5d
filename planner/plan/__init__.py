"""The plan file: its format, its text with positions, and the plan as typed, immutable values."""
