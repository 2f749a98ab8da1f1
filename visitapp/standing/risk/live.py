"""The risk of settings as the records have it now: the council's model for each service type,
filled from the records and from what officers last answered by hand. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from forms import rate
from forms.model import Form
from forms.rating.answers import check_answers
from forms.rating.outcome import Outcome, ResultOutcome
from visitapp.errors import NotFound
from visitapp.records import FROZEN, Answer, Provider, Purpose, Setting, Visit
from visitapp.rules.indicators import Filled, Value, from_mark
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.policy.visiting import RiskRules
from visitapp.rules.visiting.due import add_months
from visitapp.standing.indicators.every import READERS
from visitapp.standing.indicators.reading import Reading, read_indicators
from visitapp.standing.setting_facts import setting_facts
from visitapp.storage.directory import Directory

QUALITY, CONTRACT = "quality", "contract"
"""The named results of a model that keeps the two apart."""


class Given(Struct, frozen=True, kw_only=True):
    """An answer that counts, or did. `origin`: what the records say; empty where an officer
    answered by hand, on the day `on`. `stale`: too old to count. `instead`: what the records say
    where the officer's answer stands in its place, for the reason that is there."""

    value: Any
    on: date
    origin: str = ""
    stale: bool = False
    reason: str = ""
    instead: str = ""


class LiveRisk(Struct, frozen=True, kw_only=True):
    """The risk of a setting now. `given`: by question, what is known, stale answers among it."""

    setting_id: str
    form: Form
    given: dict[str, Given]
    outcome: Outcome

    def answers(self) -> dict[str, Any]:
        """The values that count, by question."""
        return {name: one.value for name, one in self.given.items() if not one.stale}


class _Hand(Struct, frozen=True):
    value: Any
    on: date
    reason: str
    said: Filled | None


def live_risks(
    session: Session,
    directory: Directory | None,
    form_of: Callable[[str], Form],
    rules: RiskRules,
    today: date,
    setting_ids: Collection[str] | None = None,
) -> dict[str, LiveRisk]:
    """The risk of every open setting (or of those named) for whose service type there is a model.

    `form_of`: the newest version of a model, by its id; raises NotFound. `directory`: None at the
    server, which knows what is in the settings' own records.
    """
    wanted = select(Setting).where(Setting.deleted.is_(False), Setting.status == SettingStatus.OPEN)
    if setting_ids is not None:
        wanted = wanted.where(Setting.id.in_(setting_ids))
    models = _by_model(session.scalars(wanted), rules, form_of)
    providers = {one.id: one for one in session.scalars(select(Provider))}
    found: dict[str, LiveRisk] = {}
    for form, settings in models:
        filling = _Filling(session, directory, form, settings, rules, today)
        for setting in settings:
            facts = setting_facts(setting, providers.get(setting.provider_id or ""), today)
            found[setting.id] = filling.risk(setting.id, facts)
    return found


def result_of(outcome: Outcome, name: str) -> Outcome | ResultOutcome | None:
    """The named result; for quality, the whole outcome of a model that names none."""
    named = next((one for one in outcome.results if one.id == name), None)
    return outcome if named is None and name == QUALITY and not outcome.results else named


def _by_model(
    settings: Iterable[Setting], rules: RiskRules, form_of: Callable[[str], Form]
) -> list[tuple[Form, list[Setting]]]:
    by_id: dict[str, list[Setting]] = defaultdict(list)
    for setting in settings:
        model = rules.model_for(setting.service_type)
        if model is not None:
            by_id[model].append(setting)
    found = []
    for model, own in by_id.items():
        try:
            found.append((form_of(model), own))
        except NotFound:
            continue  # a model of a newer policy, of which this device has not the form yet
    return found


class _Filling:
    """What is known of some settings for one model."""

    def __init__(
        self,
        session: Session,
        directory: Directory | None,
        form: Form,
        settings: list[Setting],
        rules: RiskRules,
        today: date,
    ) -> None:
        self._form, self._today = form, today
        self._oldest = add_months(today, -rules.hand_answer_months)
        reading = Reading(session, directory, settings, today)
        sources = {q.source for q in form.questions.values() if q.source}
        self._said = read_indicators(READERS, sources, reading)
        self._by_hand = _last_by_hand(reading, form)
        self._fits: dict[tuple[str, Value], bool] = {}

    def risk(self, setting_id: str, facts: Mapping[str, Any]) -> LiveRisk:
        given = {}
        hands = self._by_hand.get(setting_id, {})
        for name, question in self._form.questions.items():
            filled = self._said.get(question.source or "", {}).get(setting_id)
            if filled is not None and not self._takes(name, filled.value):
                filled = None
            one = self._given(filled, hands.get(name))
            if one is not None:
                given[name] = one
        answers = {name: {"value": one.value} for name, one in given.items() if not one.stale}
        outcome = rate(self._form, answers, facts, hopes=False)
        return LiveRisk(setting_id=setting_id, form=self._form, given=given, outcome=outcome)

    def _takes(self, question: str, value: Value) -> bool:
        known = self._fits.get((question, value))
        if known is None:
            known = not check_answers(self._form, {question: {"value": value}})
            self._fits[question, value] = known
        return known

    def _given(self, filled: Filled | None, hand: _Hand | None) -> Given | None:
        """What the records say, unless an officer put something in its place lately and they say
        the same still. Without them, the officer's answer."""
        if hand is not None:
            stale = hand.on < self._oldest
            said = hand.said.value if hand.said is not None else None
            if filled is None or (said == filled.value and not stale):
                return Given(
                    value=hand.value,
                    on=hand.on,
                    stale=stale,
                    reason=hand.reason,
                    instead=filled.origin if filled is not None else "",
                )
        if filled is None:
            return None
        on = filled.at.date() if isinstance(filled.at, datetime) else filled.at
        return Given(value=filled.value, on=on, origin=filled.origin)


def _last_by_hand(reading: Reading, form: Form) -> dict[str, dict[str, _Hand]]:
    """By setting and question, what an officer answered last in an assessment on this model, signed
    off or not."""
    rows = reading.session.execute(
        select(
            Answer.setting_id,
            Answer.question,
            Answer.value,
            Answer.source,
            Answer.reason,
            Answer.created_at,
            Visit.status,
            Visit.visited_on,
        )
        .join(Visit, Visit.id == Answer.visit_id)
        .where(
            Visit.purpose == Purpose.RISK_ASSESSMENT,
            Visit.form_id == form.id,
            Visit.deleted.is_(False),
            reading.about(Visit.setting_id),
            Answer.deleted.is_(False),
            Answer.item == "",
            Answer.value.is_not(None),
        )
        .order_by(Visit.visited_on, Visit.id)
    )
    found: dict[str, dict[str, _Hand]] = {}
    for setting_id, own in reading.grouped(rows).items():
        hands = found[setting_id] = {}
        for row in own:
            hand = _hand(row)
            if hand is not None and row.question in form.questions:
                hands[row.question] = hand
    return found


def _hand(row: Row[Any]) -> _Hand | None:
    said = from_mark(row.source)
    if said is not None and said.value == row.value:
        return None
    # The day of an open assessment moves on with each look at it; its answers do not.
    signed = row.status in FROZEN
    on = row.visited_on if signed else row.created_at.astimezone().date()
    return _Hand(row.value, on, row.reason or "", said)
