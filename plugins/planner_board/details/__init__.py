"""What is told about the thing under the cursor, by what it is."""
