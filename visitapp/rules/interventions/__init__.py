"""Interventions: the states of one, and when its exit criteria hold."""
