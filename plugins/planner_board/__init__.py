"""The board: a semester in a terminal, for whoever leads the union through it."""
