"""The provider's comments on the accuracy of the report: a sheet of their own in the file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import BadFile, VisitappError
from visitapp.language import message, translate
from visitapp.records import AccuracyPoint, ImprovementPlan
from visitapp.services.lookup import check_texts
from visitapp.services.plans.provider.columns import PROVIDER_FILE, UNKNOWN
from visitapp.services.plans.provider.outgoing import reported_visit
from visitapp.services.plans.provider.views import ReturnedComment
from visitapp.services.sheets.cells import text_of
from visitapp.services.sheets.reading import FORMULA, Expected, by_title, table_in
from visitapp.services.views.action_sheets import SheetFault

COMMENTS = {
    "place": message("Where in the report"),
    "text": message("What is not right"),
    "shown": message("What shows that"),
}
"""The marked cells of the sheet, by their fields."""

ROOM = 30
"""Rows that are marked for comments. More are read too."""


class Comments(Struct, frozen=True, kw_only=True):
    """What the sheet says that is not here yet, and what is wrong with it."""

    found: list[ReturnedComment]
    faults: list[SheetFault]
    notes: list[str]


def new_comments(session: Session, plan_id: str, data: bytes, path: Path) -> Comments:
    """The comments of a file that were not taken before; none where it has no such sheet."""
    known = session.execute(
        select(AccuracyPoint.place, AccuracyPoint.text).where(
            AccuracyPoint.plan_id == plan_id, AccuracyPoint.deleted.is_(False)
        )
    )
    seen = {(place, text) for place, text in known}
    comments = Comments(found=[], faults=[], notes=[])
    try:
        table = table_in(data, path, _COMMENT_SHEET)
    except BadFile:  # the file of an older program, or one that was saved as CSV
        return comments
    for row in table.rows:
        formulas = [name for name in COMMENTS if row.cells.get(name) is FORMULA]
        comments.notes.extend(_formula(row.number, name) for name in formulas)
        given = {
            name: "" if name in formulas else text_of(row.cells.get(name)) for name in COMMENTS
        }
        if not given["text"] or (given["place"], given["text"]) in seen:
            continue
        seen.add((given["place"], given["text"]))
        try:
            check_texts(AccuracyPoint, given)
        except VisitappError as error:
            column = str(COMMENTS["text"])
            comments.faults.append(SheetFault(row=row.number, column=column, what=str(error.what)))
            continue
        comments.found.append(ReturnedComment(row=row.number, **given))
    return comments


def take_comments(
    session: Session,
    plan: ImprovementPlan,
    comments: Iterable[ReturnedComment],
    today: date,
    sha256: str,
) -> None:
    """Keep comments, which are about the report that left with the plan."""
    visit_id = reported_visit(session, plan.id)
    for one in comments:
        session.add(
            AccuracyPoint(
                setting_id=plan.setting_id,
                plan_id=plan.id,
                visit_id=visit_id,
                received_on=today,
                place=one.place,
                text=one.text,
                shown=one.shown,
                file=sha256,
            )
        )
    session.flush()


def _formula(row: int, name: str) -> str:
    return translate(
        "Row {row}, column “{column}”: this is a formula, which is not read.",
        row=row,
        column=COMMENTS[name],
    )


def _places(cells: list[object]) -> dict[str, int] | None:
    named = by_title(cells)
    found = {}
    for name, title in COMMENTS.items():
        place = named.get(str(title).casefold(), named.get(title.template.casefold()))
        if place is not None:
            found[name] = place
    return found if found.keys() == COMMENTS.keys() else None


_COMMENT_SHEET = Expected(
    limits=PROVIDER_FILE.limits,
    places=_places,
    too_large=PROVIDER_FILE.too_large,
    unknown=UNKNOWN,
)
