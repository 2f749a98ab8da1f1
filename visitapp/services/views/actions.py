"""What services hand out about actions: plain values, detached from the database."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from visitapp.services.views.facets import Facet, Place, facets


class ActionView(Struct, frozen=True, kw_only=True):
    """An action, with the names a reader needs. `place` is filled in lists. `number`, `progress`
    and `raised` are filled in its plan: its number there, how many are done of `target`, and how
    often the finding was raised."""

    id: str
    setting_id: str
    setting: str
    visit_id: str | None
    question: str
    title: str
    detail: str
    owner: str
    priority: str
    due_on: date
    status: str
    raised_on: date
    done_on: date | None
    verified_how: str
    verified_note: str
    moved_count: int
    reopened_count: int
    overdue_days: int
    first_due_on: date
    plan_id: str | None
    owner_side: str
    theme: str
    success_measure: str
    target: int | None
    number: int = 0
    progress: int | None = None
    raised: int = 1
    place: Place = Place()


def action_facets(action: ActionView) -> dict[str, list[Facet]]:
    """What a list of actions is narrowed and grouped by; the officer is the setting's."""
    return facets(action.place)


class ActionSuggestion(Struct, frozen=True, kw_only=True):
    """An action that the form suggests for an answer, ready to be raised."""

    question: str
    title: str
    priority: str
    due_on: date
