"""Visits and what belongs to one."""
