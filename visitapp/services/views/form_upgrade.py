"""What moving a visit to another version of its form means, as pages and the terminal show it."""

from __future__ import annotations

from msgspec import Struct

from forms.compare.change import Change
from forms.rating.outcome import Outcome


class KeptAside(Struct, frozen=True, kw_only=True):
    """An answer that the visit's form version does not take. It is kept and counts for nothing.

    `number` and `ask` are those of the version that took it, empty when this device has none.
    `evidence` holds the titles of what supports it, where the question is gone. `why` is `gone`
    or `other_kind`: the question is not asked any more, or takes another kind of answer.
    """

    question: str
    number: str
    ask: str
    answer: str
    note: str
    reason: str
    evidence: list[str]
    why: str


class VersionChanges(Struct, frozen=True, kw_only=True):
    """What a move would do: changes of the form, answers that fall away, and both outcomes.

    `levels` are the labels of both levels, empty where a RAG says it all. `missing` says in
    sentences what sign-off would then need. `hidden`: both outcomes are, as in `VisitView`.
    """

    visit_id: str
    form_id: str
    from_version: str
    to_version: str
    changes: list[Change]
    falls_away: list[KeptAside]
    before: Outcome
    after: Outcome
    levels: tuple[str, str]
    missing: list[str]
    hidden: bool = False
