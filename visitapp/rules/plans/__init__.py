"""Improvement plans: the states of a plan, its versions, and the findings that it must answer."""
