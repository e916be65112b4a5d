"""The core's commands, one module each: thin, they ask the core and show what it says."""
