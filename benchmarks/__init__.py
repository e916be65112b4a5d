"""Measures the planner against its budgets: ``python -m benchmarks``.

Every figure is a ratio of two whole processes that ran one after the other on the same machine, so it
says the same on a slow computer as on a fast one. Nothing here belongs to the tests: a test never times.
"""
