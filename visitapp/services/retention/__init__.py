"""Legal holds: what no retention period ends."""
