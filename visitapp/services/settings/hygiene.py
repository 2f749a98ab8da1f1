"""Which food hygiene rating is a setting's: candidates, and the match that an officer confirms.

The food hygiene file has no regulator's number, so name and postcode only suggest. A wrong match
would put another kitchen's rating into a risk score: nothing is matched until a person says so.
"""

from __future__ import annotations

from visitapp.records import Setting
from visitapp.rules.access import AccessRequest
from visitapp.rules.names import telling_words
from visitapp.services.context import Desk
from visitapp.services.lookup import find
from visitapp.services.permission import holding, permit
from visitapp.services.views.settings import HygieneCandidate
from visitapp.standing.indicators.hygiene import confirmed_match
from visitapp.storage.directory import Hygiene

_MOST = 20


def candidates(desk: Desk, setting_id: str) -> list[HygieneCandidate]:
    """Establishments that may be the setting's, at most 20: the confirmed one, then the likeliest.

    Likely is the same postcode, or every telling word of the setting's name; both are best.
    Raises NotFound.
    """
    with desk.reading() as session:
        setting = find(session, Setting, setting_id)
        telling = telling_words(setting.name)
        match = confirmed_match(desk.directory, setting)
        near = desk.directory.hygiene(setting.postcode) if setting.postcode else []
        found = {
            one.fhrs_id: one
            for one in (
                *([match] if match else []),
                *near,
                *desk.directory.hygiene_named(telling),
            )
        }
        offered = [_candidate(one, setting, telling) for one in found.values()]
    return sorted(offered, key=_likelihood)[:_MOST]


def confirm(desk: Desk, setting_id: str, fhrs_id: str | None) -> HygieneCandidate | None:
    """Keep that this establishment is the setting's kitchen, or with None that none is.

    Raises NotFound when there is no such setting, or no such establishment in the directory.
    """
    with desk.transaction() as session:
        setting = find(session, Setting, setting_id)
        matched = desk.directory.hygiene_of(fhrs_id) if fhrs_id else None
        permit(
            desk.user(session),
            Setting,
            AccessRequest(
                creating=False,
                fields=frozenset({"hygiene_id"}),
                created_by=setting.created_by,
                holding=holding(setting),
            ),
        )
        setting.hygiene_id = matched.fhrs_id if matched else ""
        return _candidate(matched, setting, telling_words(setting.name)) if matched else None


def confirmed(desk: Desk, setting: Setting) -> HygieneCandidate | None:
    """The match that an officer confirmed, when the directory here holds it."""
    matched = confirmed_match(desk.directory, setting)
    return _candidate(matched, setting, telling_words(setting.name)) if matched else None


def _candidate(found: Hygiene, setting: Setting, telling: frozenset[str]) -> HygieneCandidate:
    return HygieneCandidate(
        fhrs_id=found.fhrs_id,
        name=found.name,
        business_type=found.business_type,
        postcode=found.postcode,
        local_authority=found.local_authority,
        rating=found.rating,
        rated_on=found.rated_on,
        same_postcode=bool(found.postcode) and found.postcode == setting.postcode,
        same_name=bool(telling) and telling <= telling_words(found.name),
        confirmed=found.fhrs_id == setting.hygiene_id,
    )


def _likelihood(one: HygieneCandidate) -> tuple[bool, int, str, str]:
    return (not one.confirmed, -(one.same_postcode + one.same_name), one.name, one.fhrs_id)
