"""The commands of the ledgers, one file for each group of them."""
