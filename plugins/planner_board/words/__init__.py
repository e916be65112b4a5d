"""What is said to people, once: of tasks, acts, progress, times that are typed."""
