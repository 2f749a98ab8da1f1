"""What is asked, and how answers become an outcome. Pure: no database, no network, no Qt."""

from __future__ import annotations

from forms.check import check_form
from forms.rating import rate
from forms.read import read_form

__all__ = ["check_form", "rate", "read_form"]
