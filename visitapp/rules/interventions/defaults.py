"""What an intervention has unless its lead says otherwise. Ours, near the two of paper 000 ¶7.2:
one had visits each month for seven months, the other fourteen visits."""

PLANNED_MONTHS = 6
SUSTAIN_MONTHS = 3
VISIT_WEEKS = 4
"""Weeks from one planned visit to the next; the policy asks for one a month at least."""
MOST_VISITS = 40
"""Visits that are planned at once."""
