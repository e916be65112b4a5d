"""Ledgers as sheets: xlsx and csv, written, filled in elsewhere and read back."""
