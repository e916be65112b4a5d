"""What the board asks and tells: panels over the view that are led by arrows, Tab, Enter, Esc, or the mouse alone."""
