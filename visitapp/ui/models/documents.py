"""How a document stands, in words and with a tone."""

from __future__ import annotations

from visitapp.language import plural, translate
from visitapp.rules.market.documents import Validity
from visitapp.services.documents.views import DocumentView
from visitapp.ui import words


def validity_words(one: DocumentView) -> tuple[str, str]:
    """`Expires in 12 days` with the tone in which it is written."""
    days = one.days or 0
    match one.validity:
        case Validity.EXPIRED:
            return plural("Expired {n} day ago", "Expired {n} days ago", -days), "red"
        case Validity.DUE_SOON if days == 0:
            return translate("Expires today"), "amber"
        case Validity.DUE_SOON:
            return plural("Expires in {n} day", "Expires in {n} days", days), "amber"
        case Validity.REPLACED:
            return translate("Replaced"), "muted"
        case Validity.WITHDRAWN:
            return translate("Withdrawn"), "muted"
    if one.expires_on is None:
        return translate("No expiry date"), "muted"
    return translate("Valid to {day}", day=words.day(one.expires_on)), "muted"


def owner_words(one: DocumentView) -> str:
    """`Contract CARE-1`; the name of a provider or setting."""
    if one.owner.kind == "contract":
        return translate("Contract {number}", number=one.owner.name)
    return one.owner.name
