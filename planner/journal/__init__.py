"""What happened: entries that are only ever added, the stores that keep them, and what follows from them."""
