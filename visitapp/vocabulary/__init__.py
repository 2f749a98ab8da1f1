"""The words of kinds of record, their fields and their choices, once for every front.

The window, the terminal, paper, history, conflicts and the server all read them here. A synced
kind, a field or a choice without its words fails at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import Message, either, message, verbatim
from visitapp.records import SYNCED, Synced
from visitapp.records.codec import columns
from visitapp.rules.access import Actor
from visitapp.rules.choices import Role, VerifiedHow
from visitapp.rules.lifecycle import Need, Problem, StepFault, Taken
from visitapp.rules.policy.authority import is_left_to, only_by
from visitapp.vocabulary.choices import CHOICES, PEOPLE, VISITS
from visitapp.vocabulary.fields import FIELDS

_KINDS: dict[str, Message] = {
    "user_account": message("user"),
    "published_form": message("published form"),
    "published_policy": message("published policy"),
    "provider_group": message("provider group"),
    "provider": message("provider"),
    "contact": message("contact"),
    "contract": message("contract"),
    "setting": message("setting"),
    "contract_setting": message("setting under a contract"),
    "setting_fact": message("fact"),
    "document": message("document"),
    "campaign": message("campaign"),
    "planned_visit": message("planned visit"),
    "visit": message("visit"),
    "joining": message("joint visitor"),
    "answer": message("answer"),
    "improvement_plan": message("improvement plan"),
    "accuracy_point": message("comment on accuracy"),
    "action": message("action"),
    "action_update": message("update of an action"),
    "evidence": message("evidence"),
    "intervention": message("intervention"),
    "exit_criterion": message("exit criterion"),
    "criterion_reading": message("reading"),
    "concern": message("concern"),
    "concern_update": message("update of a concern"),
    "support_referral": message("referral for support"),
    "escalation": message("escalation"),
    "escalation_note": message("note of an escalation"),
    "affected_person": message("person to be moved"),
    "cover": message("cover"),
    "hand_over": message("hand-over"),
    "outcome_override": message("override"),
    "placement_exception": message("placement exception"),
    "review_comment": message("comment"),
    "second_review": message("second review"),
    "review_draw": message("review draw"),
    "step": message("step"),
    "rating": message("rating"),
    "risk_score": message("risk on record"),
    "regulator_change": message("regulator's change"),
    "list_export": message("exported list"),
    "notice": message("notice"),
    "notice_contact": message("recipient of notices"),
    "legal_hold": message("legal hold"),
    "placement_position": message("placement position"),
    "regulator_action": message("regulator's action"),
    "significant_event": message("significant event"),
    "conflict": message("conflict"),
    "history": message("history entry"),
}


_STEPS: dict[str, Message] = {
    Problem.NO_STEP: message("This {kind} is {before} and cannot become {after}."),
    Problem.ROLE: message("Your role cannot change this {kind} to {after}."),
    Problem.FIELD: message("A step to {after} has a value that its field cannot hold."),
    Problem.STALE: message(
        "Somebody else changed this {kind} first: it is now {before}, so it cannot become {after}."
    ),
    Need.DAY: message("Give the date on which the {kind} became {after}."),
    Need.REASON: message("Give a reason for changing the {kind} to {after}."),
    Need.PLANNED_ON: message("Say which day is agreed."),
    Need.KEPT: message("Say which of the two values to keep."),
    Need.OUTCOME: message("A {kind} that becomes {after} needs its outcome."),
    Need.HOW: message("Say how the {kind} was verified: {how}."),
    Need.PROOF: message("A verified {kind} needs a note or evidence."),
    Need.REASON_FOR_LATER: message("Give a reason for the later due date."),
    Need.ASSESSMENT: message("Fill in the risk assessment of the {kind}."),
    Need.ASSESSED_AT: message(
        "A {kind} cannot be {after} without a risk assessment on record. Record it first."
    ),
    Need.VALID_TO: message("Give the last day on which the {kind} is valid."),
    Need.NEW_END: message("Give the new end date."),
    Need.LAST_DAY: message("Give the last day of the {kind}."),
    Need.INTO: message("Say which {kind} this one is merged into."),
    Need.AGREED: message("Send the plan as it is agreed."),
    Need.AGREED_WITH: message("Say with whom the plan is agreed."),
    Need.OFFICER: message("Choose who works on the {kind}."),
    Need.STARTS: message("Give the first day of the {kind}."),
    Need.PLANNED_TO: message("Give the day to which the {kind} is planned."),
    Need.RESULT: message("Say how the {kind} ended."),
    Need.SUMMARY: message("Write down what came of the {kind}."),
    Need.REPLY: message("Write down what the provider says."),
    Need.DECISION: message("Say what was found."),
    Need.LESSON: message("Say what is to be learned. Write “none” where there is nothing."),
    Need.TURN: message("Say what is decided on the ladder."),
    Need.REASON_FOR_MOVE: message("Give a reason for moving the {kind} to another day."),
}

_REASONS: dict[tuple[str, str, str], Message] = {
    ("planned_visit", "planned", "planned"): message("Give a reason for moving the visit."),
    ("planned_visit", "confirmed", "planned"): message("Give a reason for moving the visit."),
    ("support_referral", "asked", "offered"): message("Say what is offered."),
    ("support_referral", "taken_up", "reviewed"): message("Write down what came of it."),
    ("planned_visit", "cancelled", "planned"): message(
        "Give a reason for planning the visit again."
    ),
}
"""The reason that a step needs, where “changing to” would not say what the step does."""


def kind_word(kind: type[Synced]) -> str:
    """`action`."""
    return str(_KINDS[kind.__tablename__])


def field_word(field: str) -> str:
    """`due date` for `due_on`."""
    return str(FIELDS[field])


def kind_message(kind: type[Synced]) -> Message:
    """The word of a kind, within a message."""
    return _KINDS[kind.__tablename__]


def field_message(field: str) -> Message:
    """The word of a field, within a message."""
    return FIELDS[field]


def choice_message(choices: type[StrEnum], value: str) -> Message:
    """The word of a choice, within a message; a value of a newer program stands for itself."""
    return (CHOICES[choices].get(value) or verbatim(value)).lower()


def visit_message(purpose: str) -> Message:
    """What a visit with this purpose is called, within a message."""
    return (VISITS.get(purpose) or verbatim(purpose)).lower()


def state_message(kind: type[Synced], state: str) -> Message:
    """The word of a state, within a message."""
    life = kind.__kind__.lifecycle
    return choice_message(life.states, state) if life else verbatim(state)


def choice_words(choices: type[StrEnum]) -> dict[str, str]:
    """Every value of an enum, in its order, with its word: `{"high": "High", …}`."""
    words = CHOICES[choices]
    return {choice.value: str(words[choice]) for choice in choices}


def choice_word(choices: type[StrEnum], value: str) -> str:
    """`In progress` for `in_progress`; a value of a newer program stands for itself."""
    return str(CHOICES[choices].get(value, value))


def visit_word(purpose: str) -> str:
    """What a visit with this purpose is called: `Annual quality visit`, `Contract review`."""
    return str(VISITS.get(purpose, purpose))


def people_groups() -> dict[str, str]:
    """Who was spoken to, by what a `people` answer counts."""
    return {group: str(word) for group, word in PEOPLE.items()}


def state_word(kind: type[Synced], state: str) -> str:
    """`in progress`, within a sentence."""
    return str(state_message(kind, state))


def step_refused(kind: type[Synced], step: Taken, fault: StepFault) -> Refused:
    """The refusal of a step, with one sentence for window, terminal and server."""
    said = _STEPS[fault.problem]
    if fault.problem == Need.REASON:
        said = _REASONS.get((kind.__tablename__, step.before, step.after), said)
    what = said.filled(
        kind=kind_message(kind),
        before=state_message(kind, step.before),
        after=state_message(kind, step.after),
        how=either([word.lower() for word in CHOICES[VerifiedHow].values()]),
    )
    return Refused(Code.STEP_REFUSED, what, field=_field_of(fault.problem))


def _field_of(problem: str) -> str:
    """What a person has to fill in; empty where it is not one field."""
    if problem in (Need.REASON_FOR_LATER, Need.REASON_FOR_MOVE):
        return Need.REASON
    return problem if problem in tuple(Need) else ""


def require_unlimited(kind: type[Synced], step: Taken, actor: Actor) -> None:
    """Raise NotAllowed when the policy in force leaves this step to other roles."""
    name = kind.__tablename__
    if not is_left_to(actor.limits, name, step.after, actor.role):
        roles = only_by(actor.limits, name, step.after)
        raise NotAllowed(
            message(
                "Your council's policy allows only these roles to change this {kind} to {after}: "
                "{roles}.",
                kind=kind_message(kind),
                after=state_message(kind, step.after),
                roles=either([choice_message(Role, role) for role in roles]),
            ),
            code=Code.STEP_REFUSED,
        )


def declare_words(
    kind: type[Synced],
    word: Message,
    fields: Mapping[str, Message],
    choices: Mapping[type[StrEnum], dict[str, Message]],
) -> None:
    """Add the words of a kind that is declared elsewhere. Raises KeyError as `require_words`."""
    _KINDS[kind.__tablename__] = word
    FIELDS.update(fields)
    CHOICES.update(choices)
    require_words(kind)


def require_words(kind: type[Synced]) -> list[Message]:
    """The words of a kind, its fields and its choices. Raises KeyError unless all have words."""
    found = [_KINDS[kind.__tablename__]]
    for field, column in columns(kind).items():
        found.append(FIELDS[field])
        if choices := column.info.get("choices"):
            found += [CHOICES[choices][choice] for choice in choices]
    return found


for _kind in SYNCED:
    require_words(_kind)
