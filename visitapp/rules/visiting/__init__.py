"""When visits and actions are due, planned visits, and working days."""
