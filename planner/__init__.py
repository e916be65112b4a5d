"""The core of planner: semester plans of school trade unions. It knows no plugin."""

__version__ = "0.1.0"
