"""The two widgets that show what is drawn."""
