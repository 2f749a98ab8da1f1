"""What services hand out about decisions: plain values, detached from the database."""
