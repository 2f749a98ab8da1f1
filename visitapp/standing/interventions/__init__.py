"""Interventions, worked out from records: whether their exit criteria hold."""
