"""What happened to a concern, and what is due, in words."""

from __future__ import annotations

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Concern, Step
from visitapp.rules.concerns.states import ConcernDecision, ConcernStage, ConcernStatus
from visitapp.services.concerns.views import ClusterView, ConcernRow
from visitapp.vocabulary import choice_word, state_word


def step_words(step: Step) -> str:
    """What a step did, in a sentence."""
    fields = step.fields
    if "lifted" in fields:
        return translate("Restriction lifted.")
    if "restricted_to" in fields:
        return translate("Restricted.")
    if "handler_id" in fields:
        return translate("Assigned to a handler.")
    if "stage" in fields:
        return translate("{stage}.", stage=choice_word(ConcernStage, fields["stage"]))
    if step.after == ConcernStatus.DECIDED:
        found = choice_word(ConcernDecision, fields.get("decision", ""))
        return translate("Decided: {decision}.", decision=found.lower())
    if step.after == ConcernStatus.OPEN and step.before != ConcernStatus.OPEN:
        return translate("Reopened.")
    if step.before == step.after:
        return translate("Findings recorded.")
    return translate("{state}.", state=state_word(Concern, step.after).capitalize())


def due_words(row: ConcernRow) -> str:
    """`Acknowledged by 1 Dec 2026`; empty when nothing is due."""
    if row.next_due is None:
        return ""
    stage, day = choice_word(ConcernStage, row.next_stage), short_day(row.next_due)
    if row.late:
        return translate("{stage}: late, was due {day}", stage=stage, day=day)
    return translate("{stage} by {day}", stage=stage, day=day)


def cluster_words(one: ClusterView) -> str:
    """`A cluster: 3 concerns about medicines at Alder House, 8 Sep to 5 Nov 2026`."""
    days = {"first": short_day(one.first), "last": short_day(one.last), "theme": one.label.lower()}
    if one.setting_id is not None:
        return translate(
            "A cluster: {n} concerns about {theme} at {setting}, {first} to {last}.",
            n=one.count,
            setting=one.setting,
            **days,
        )
    return translate(
        "A cluster: {n} concerns about {theme} in {settings} settings of {provider}, "
        "{first} to {last}.",
        n=one.count,
        settings=one.settings,
        provider=one.provider,
        **days,
    )
