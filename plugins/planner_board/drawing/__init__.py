"""What sheets are made of: cells, looks, lines and the spots on them."""
