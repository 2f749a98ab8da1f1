"""What must hold of the keys that say what a form is used for."""

from __future__ import annotations

from forms.format.faults import Faults, nearest
from forms.format.part import Part
from forms.format.setting_facts import SERVICE_TYPES
from visitapp.language import translate


def check_use(form: Part, faults: Faults) -> None:
    """Only a visit has a purpose and sets a rating, and only one that scores answers."""
    kind = form.text("kind")
    for key in ("purposes", "sets_rating"):
        if key in form.given and kind in ("self_assessment", "risk"):
            what = translate("`{key}` belongs to a form of kind visit.", key=key)
            faults.add(
                form.line_of(key), what, translate("Remove `{key}`, or set `kind: visit`.", key=key)
            )
    _check_once(form, faults)
    _check_services(form, faults)
    scored = "bands" in form.given or any("bands" in part.given for part in form.parts("results"))
    if form.text("sets_rating") in ("quality", "contract") and not scored:
        what = translate("The form sets a rating but has no bands, so it rates nothing.")
        faults.add(
            form.line_of("sets_rating"),
            what,
            translate("Add `bands:`, or write `sets_rating: none`."),
        )


def _check_services(form: Part, faults: Faults) -> None:
    """`applies_to` names kinds of service that there are."""
    for word in form.words("applies_to"):
        if word.text not in SERVICE_TYPES:
            what = translate("There is no kind of service `{text}`.", text=word.text)
            faults.advise(word.line, what, nearest(word.text, list(SERVICE_TYPES)))


def _check_once(form: Part, faults: Faults) -> None:
    seen: set[str] = set()
    for word in form.words("purposes"):
        if word.text in seen:
            faults.add(
                word.line,
                translate("The purpose `{text}` is listed twice.", text=word.text),
                translate("Keep one."),
            )
        seen.add(word.text)
