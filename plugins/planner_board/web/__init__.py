"""The board in a browser of this computer."""
