"""What the board shows: each view is a function that draws a board as a sheet."""
