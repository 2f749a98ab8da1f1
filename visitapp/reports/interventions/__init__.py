"""Interventions on paper."""
