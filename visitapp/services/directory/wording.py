"""A regulator's change in words."""

from __future__ import annotations

from visitapp.language import Message, message, translate
from visitapp.rules.choices import RegulatorChangeKind
from visitapp.storage.directory.publications import HYGIENE, OVERALL, REGISTRATION
from visitapp.vocabulary import choice_word

_STATES: dict[str, Message] = {
    "active": message("active"),
    "dormant": message("dormant"),
    "closed": message("closed"),
    "registered": message("registered"),
}
_SOURCES: dict[str, Message] = {
    "cqc": message("CQC"),
    "care_inspectorate": message("Care Inspectorate"),
    "fhrs": message("Food hygiene"),
}
_DOMAINS: dict[str, Message] = {OVERALL: message("Overall"), HYGIENE: message("Food hygiene")}


def source_word(source: str) -> str:
    """`CQC` for `cqc`."""
    return str(_SOURCES.get(source, source))


def change_words(kind: str, domain: str, before: str, after: str) -> str:
    """`Overall: from Good to Inadequate`; `New report, rated Good`."""
    if domain == REGISTRATION:
        word = choice_word(RegulatorChangeKind, kind)
        return f"{word} ({_STATES[after]})" if after in _STATES and after != "closed" else word
    if before == after or (domain not in _DOMAINS and kind == RegulatorChangeKind.NEW_REPORT):
        if not after:
            return translate("New report")
        return translate("New report, rated {rating}", rating=after)
    called = str(_DOMAINS.get(domain, domain))
    if not before:
        return translate("{domain}: {after}", domain=called, after=after)
    return translate(
        "{domain}: from {before} to {after}", domain=called, before=before, after=after
    )
