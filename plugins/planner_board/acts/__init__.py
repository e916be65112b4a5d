"""What a person can do on the board; the table of it is in `actions`."""
