"""Facts of a setting over time. A fact is added and never changed; a correction names the fact that
was wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Setting, SettingFact
from visitapp.rules.access import AccessRequest
from visitapp.rules.market.setting_facts import holds, in_order
from visitapp.rules.market_choices import FactKind
from visitapp.services.context import Desk
from visitapp.services.contracts.terms import check_choice, check_day, require_order
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.permission import permit
from visitapp.services.views.settings import FactView
from visitapp.standing.facts import facts_of
from visitapp.standing.merged import with_merged


class SettingFacts:
    """What a person can do with facts. Whoever holds the setting adds them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, setting_id: str, kind: str | None = None) -> list[FactView]:
        """The facts of a setting and of those merged into it, newest first; corrected ones too.
        Raises NotFound."""
        with self._desk.reading() as session:
            find(session, Setting, setting_id)
            views = fact_views(session, with_merged(session, setting_id), self._desk.today())
        return [view for view in views if kind in (None, view.kind)]

    def add(
        self,
        setting_id: str,
        kind: str,
        content: str,
        source: str,
        *,
        as_of: date | None = None,
        starts_on: date | None = None,
        ends_on: date | None = None,
        corrects_id: str | None = None,
    ) -> FactView:
        """Add a fact, known today or on the day `as_of`; an empty content says that there is none.

        Raises NotFound, NotAllowed, Refused BAD_VALUE.
        """
        today = self._desk.today()
        known = as_of or today
        given = {"content": content.strip(), "source": source.strip()}
        check_choice("kind", kind, FactKind)
        check_texts(SettingFact, given)
        if not given["source"]:
            raise Refused(Code.BAD_VALUE, message("Say where the fact comes from."), field="source")
        for name, day in (("as_of", known), ("starts_on", starts_on), ("ends_on", ends_on)):
            check_day(name, day)
        require_order(starts_on, ends_on)
        if known > today:
            what = message("A fact cannot be known on a later day.")
            raise Refused(Code.BAD_VALUE, what, field="as_of")
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            if corrects_id is not None:
                _require_same(session, corrects_id, setting.id, kind)
            user = self._desk.user(session)
            request = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
            permit(user, SettingFact, request)
            fact = SettingFact(
                setting_id=setting.id,
                kind=kind,
                as_of=known,
                starts_on=starts_on,
                ends_on=ends_on,
                corrects_id=corrects_id,
                **given,
            )
            session.add(fact)
            session.flush()
            views = fact_views(session, [setting.id], today)
            return next(view for view in views if view.id == fact.id)


def _require_same(session: Session, corrects_id: str, setting_id: str, kind: str) -> None:
    """Raise NotFound unless the fact to correct is one of this setting and kind."""
    wrong = session.get(SettingFact, corrects_id)
    if wrong is None or (wrong.setting_id, wrong.kind) != (setting_id, kind):
        raise NotFound(
            message("There is no such fact of this setting with the id {id}.", id=corrects_id)
        )


def fact_views(session: Session, setting_ids: Sequence[str], today: date) -> list[FactView]:
    """The facts of settings, newest first."""
    found = session.scalars(
        select(SettingFact)
        .where(SettingFact.setting_id.in_(setting_ids), SettingFact.deleted.is_(False))
        .order_by(SettingFact.as_of.desc(), SettingFact.created_at.desc(), SettingFact.id.desc())
    ).all()
    counting, standing = _counting(session, setting_ids, today)
    names = titles(session, {fact.created_by for fact in found})
    return [
        FactView(
            id=fact.id,
            kind=fact.kind,
            content=fact.content,
            starts_on=fact.starts_on,
            ends_on=fact.ends_on,
            source=fact.source,
            as_of=fact.as_of,
            by=names.get(fact.created_by, ""),
            holds=fact.id in counting,
            corrected=fact.id not in standing,
        )
        for fact in found
    ]


def _counting(
    session: Session, setting_ids: Sequence[str], today: date
) -> tuple[Collection[str], Collection[str]]:
    """The ids of the facts that hold now, one of each kind, and of those that none corrects."""
    by_kind = facts_of(session, setting_ids)
    counting = {fact.id for facts in by_kind.values() if (fact := holds(facts, today))}
    return counting, {fact.id for facts in by_kind.values() for fact in in_order(facts)}
