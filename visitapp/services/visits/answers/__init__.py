"""Answers of a visit, and what earlier visits answered."""
