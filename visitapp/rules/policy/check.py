"""Checks a policy: every fault at once, each with its line and its remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from msgspec import Struct

from forms.format.faults import Fault, Faults, FaultyFile, nearest
from forms.format.part import Part
from forms.format.shape import Reader
from forms.format.source import UnreadableError, parse
from visitapp.errors import Code
from visitapp.language import translate
from visitapp.rules.authority.named_steps import NAMED_STEPS, dead_ends
from visitapp.rules.choices import NoticeEvent
from visitapp.rules.policy.check_escalation import check_escalation
from visitapp.rules.policy.check_places import check_places
from visitapp.rules.policy.check_visits import check_ids, check_visit_rules
from visitapp.rules.policy.keys import policy_keys

PLACES: Mapping[str, tuple[str, ...]] = {
    "rating_changed": ("setting", "date", "old", "new", "position"),
    "position_closed": ("setting", "date", "review", "contact"),
    "position_conditional": ("setting", "date", "review", "contact", "condition"),
    "position_open": ("setting", "date", "contact"),
    "step_opened": ("setting", "step", "date"),
    "cluster": ("setting", "where", "count", "theme", "first", "date"),
}
"""What the text of a notice may name in braces, by its event: no person and no finding."""

_NEED_NO_TEXT = (NoticeEvent.CLUSTER, NoticeEvent.STEP_OPENED)

SEVERITIES = ("1", "2", "3", "4")


class FaultyPolicy(FaultyFile):
    """A policy that was refused."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(Code.POLICY_FAULTS, faults)


class Examined(Struct, frozen=True):
    """A policy read as far as it goes; without faults `part` is whole."""

    part: Part | None
    faults: list[Fault]


def check_policy(text: str, file: str) -> list[Fault]:
    """Every fault of a policy's text, in the order of the file; empty when it is good.

    `file` is only named in the faults. Never raises on any text.
    """
    return examine(text, file).faults


def examine(text: str, file: str) -> Examined:
    """The parts of a policy and its faults."""
    faults = Faults(file)
    try:
        node = parse(text)
    except UnreadableError as problem:
        faults.add(problem.line, problem.what, problem.remedy)
        return Examined(None, faults.listed())
    policy = Reader(faults).record(node, policy_keys(), "the policy")
    if policy is not None:
        check_references(policy, faults)
    return Examined(policy, faults.listed())


def check_references(policy: Part, faults: Faults) -> None:
    """Note every name that is used twice or does not exist, and rules that contradict others."""
    if visits := policy.part("visits"):
        check_visit_rules(visits, faults)
    _check_steps(policy.parts("steps"), faults)
    check_ids(policy.parts("themes"), "theme", faults)
    if concerns := policy.part("concerns"):
        _check_clocks(concerns.parts("clocks"), faults)
    if escalation := policy.part("escalation"):
        notices = policy.part("notices")
        check_escalation(escalation, notices.parts("audiences") if notices else [], faults)
    if management := policy.part("management"):
        _check_levels(management, faults)
    if notices := policy.part("notices"):
        _check_notices(notices, faults)


def _check_steps(steps: list[Part], faults: Faults) -> None:
    """Each step exists, and a role that the policy names may take it in the program."""
    for name, step in check_ids(steps, "step", faults).items():
        line, given = step.line_of("by"), [word.text for word in step.words("by")]
        if name not in NAMED_STEPS:
            what = translate("There is no step `{name}`.", name=name)
            faults.add(step.line_of("id"), what, nearest(name, list(NAMED_STEPS)))
            continue
        most = sorted(NAMED_STEPS[name])
        if beyond := sorted(set(given) - set(most)):
            what = translate("`{role}` cannot take the step `{name}`.", role=beyond[0], name=name)
            faults.add(line, what, translate("Name only: {roles}.", roles=", ".join(most)))
        elif given and (states := dead_ends(name, frozenset(given))):
            what = translate(
                "Nobody could take the step `{name}` from `{state}`.", name=name, state=states[0]
            )
            faults.add(line, what, translate("Name only: {roles}.", roles=", ".join(most)))


def _check_clocks(clocks: list[Part], faults: Faults) -> None:
    by_id = check_ids(clocks, "clock", faults)
    first: dict[tuple[str, ...], int] = {}
    for clock in clocks:
        _check_start(clock, by_id, faults)
        severities = [str(number) for number in clock.numbers("severities")] or SEVERITIES
        kinds = [kind.text for kind in clock.words("kinds")]
        doubles = set()
        for case in product([clock.text("stage")], kinds, severities):
            line = first.setdefault(case, clock.line)
            if line != clock.line:
                doubles.add((case[1], line))
        for kind, line in sorted(doubles):
            what = translate(
                "The clock on line {line} sets the same limit for `{kind}`.", line=line, kind=kind
            )
            remedy = translate("Keep one of them, or give them different severities.")
            faults.add(clock.line, what, remedy)


def _check_start(clock: Part, by_id: Mapping[str, Part], faults: Faults) -> None:
    """A clock that starts at the end of another needs that one, for the same concerns, and no
    circle."""
    after, line = clock.text("after"), clock.line_of("after")
    if not after:
        return
    before = by_id.get(after)
    if before is None:
        others = [id_ for id_ in by_id if id_ != clock.text("id")]
        faults.add(
            line,
            translate("There is no clock `{after}`.", after=after[:60]),
            nearest(after, others),
        )
        return
    missing = {k.text for k in clock.words("kinds")} - {k.text for k in before.words("kinds")}
    if missing:
        what = translate(
            "The clock `{after}` is not for `{missing}`, so this one would never start.",
            after=after,
            missing=min(missing),
        )
        faults.add(line, what, translate("Give both clocks the same kinds of concern."))
    seen = {clock.text("id")}
    while before is not None and before.text("id") not in seen:
        seen.add(before.text("id"))
        before = by_id.get(before.text("after"))
    if before is not None:
        what = translate("The clock `{name}` waits for itself in the end.", name=clock.text("id"))
        faults.add(line, what, translate("Let one of the clocks start at receipt."))


def _check_levels(management: Part, faults: Faults) -> None:
    proactive, own = management.part("proactive"), management.part("self_certification")
    if proactive is None or own is None:
        return
    above, below = proactive.number("yearly_cost_above"), own.number("yearly_cost_below")
    if above is not None and below is not None and below > above:
        what = translate(
            "A setting that costs between £{above} and £{below} a year would have two levels.",
            above=above,
            below=below,
        )
        remedy = translate("Lower `yearly_cost_below`, or raise `yearly_cost_above`.")
        faults.add(own.line_of("yearly_cost_below"), what, remedy)
    if own.text("risk") and own.text("risk") == proactive.text("risk"):
        what = translate("A setting with {risk} risk would have two levels.", risk=own.text("risk"))
        faults.add(own.line_of("risk"), what, translate("Give the two levels different risks."))


def _check_notices(notices: Part, faults: Faults) -> None:
    audiences = list(check_ids(notices.parts("audiences"), "audience", faults))
    templates = notices.parts("templates")
    check_ids(templates, "template", faults)
    first: dict[str, int] = {}
    for template in templates:
        event, line = template.text("event"), template.line_of("event")
        if event and first.setdefault(event, line) != line:
            what = translate(
                "There are two templates for `{event}`; the first is on line {first}.",
                event=event,
                first=first[event],
            )
            faults.add(line, what, translate("Keep one of them."))
        for word in template.words("audiences"):
            _require(word.text, word.line, audiences, faults)
        if event:
            check_places(template, PLACES[event], faults)
    for event in NoticeEvent:
        # Policies from before there were such notices have no text for them.
        if event not in (*first, *_NEED_NO_TEXT) and "templates" in notices.given:
            what = translate("No template says what is sent for `{event}`.", event=event)
            faults.add(notices.line_of("templates"), what, translate("Add a template for it."))
    digest = notices.text("digest_audience")
    if digest:
        _require(digest, notices.line_of("digest_audience"), audiences, faults)


def _require(audience: str, line: int, audiences: list[str], faults: Faults) -> None:
    if audience not in audiences:
        faults.add(
            line,
            translate("There is no audience `{audience}`.", audience=audience[:60]),
            nearest(audience, audiences),
        )
