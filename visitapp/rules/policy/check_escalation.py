"""Checks the ladder of a policy: each step once, with letters and audiences that exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from forms.format.faults import Faults, nearest
from forms.format.part import Part
from visitapp.language import translate
from visitapp.rules.choices import Role
from visitapp.rules.escalation.authority import PLACES
from visitapp.rules.escalation.ladder_life import MAY_TAKE
from visitapp.rules.escalation.states import Rung
from visitapp.rules.policy.check_places import check_places
from visitapp.rules.policy.check_visits import check_ids
from visitapp.rules.policy.escalation import LadderRole


def check_escalation(escalation: Part, audiences: Iterable[Part], faults: Faults) -> None:
    """Note every step that cannot work, and every name that does not exist."""
    letters = escalation.parts("letters")
    known = list(check_ids(letters, "letter", faults))
    people = [one.text("id") for one in audiences]
    for letter in letters:
        check_places(letter, PLACES, faults)
    for step in check_ids(escalation.parts("steps"), "ladder step", faults).values():
        _check_role(step, faults)
        wanted, line = step.text("letter"), step.line_of("letter")
        if wanted and wanted not in known:
            what = translate("There is no letter `{name}`.", name=wanted[:60])
            faults.add(line, what, nearest(wanted, known))
        for word in step.words("audiences"):
            if word.text not in people:
                what = translate("There is no audience `{audience}`.", audience=word.text[:60])
                faults.add(word.line, what, nearest(word.text, people))
        if step.text("id") == Rung.SUSPENSION and not step.number("review_days"):
            what = translate("A suspension would be left without a review.")
            faults.add(step.line, what, translate("Give it `review_days`, such as 28."))


def _check_role(step: Part, faults: Faults) -> None:
    """A policy leaves a step to fewer people than the program, never to more."""
    name, by = step.text("id"), step.text("by")
    if not name or not by or Role(by) in MAY_TAKE[Rung(name)]:
        return
    what = translate("`{role}` cannot take the step `{name}`.", role=by, name=name)
    roles = ", ".join(role for role in get_args(LadderRole) if Role(role) in MAY_TAKE[Rung(name)])
    faults.add(step.line_of("by"), what, translate("Name only: {roles}.", roles=roles))
