"""Filters: what a person types, what it means, which tasks pass."""
