"""What is asked, and how answers become an outcome. Pure: no database, no network, no Qt."""

from __future__ import annotations

from forms.catalogue.read import read_form
from forms.format.check import check_form
from forms.rating.rating import rate

__all__ = ["check_form", "rate", "read_form"]
