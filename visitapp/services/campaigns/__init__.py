"""Campaigns of themed audits."""
