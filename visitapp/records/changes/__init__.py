"""What changed in records: steps, history and conflicts."""
