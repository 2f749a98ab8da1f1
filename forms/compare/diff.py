"""What changed between two versions of a form, in plain words.

Areas, questions and scales are found again by their ids, so a question with a new id is told as one
removed and one added.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from forms.compare.change import Change, quoted
from forms.compare.diff_head import area_changes, head_changes, scale_changes
from forms.compare.diff_questions import question_changes
from forms.compare.diff_rating import rating_changes
from forms.model import Form, Question
from visitapp.language import translate


def compare(old: Form, new: Form) -> list[Change]:
    """Every difference: the head, the rating, the scales, then areas and questions in order."""
    return [
        *head_changes(old, new),
        *rating_changes(old, new),
        *scale_changes(old, new),
        *_areas(old, new),
        *_questions(old, new),
    ]


def _areas(old: Form, new: Form) -> list[Change]:
    before = {area.id: area for area in old.areas}
    after = {area.id: area for area in new.areas}
    found = [
        Change(
            "removed",
            "area",
            area.id,
            translate("The area {area} was removed.", area=quoted(area.title)),
        )
        for area in old.areas
        if area.id not in after
    ]
    found += [
        Change(
            "moved",
            "area",
            name,
            translate("The area {area} has moved.", area=quoted(after[name].title)),
        )
        for name in _moved(list(before), list(after))
    ]
    for area in new.areas:
        if area.id in before:
            found += area_changes(before[area.id], area)
        else:
            found.append(
                Change(
                    "added",
                    "area",
                    area.id,
                    translate("New area: {area}.", area=quoted(area.title)),
                )
            )
    return found


def _questions(old: Form, new: Form) -> list[Change]:
    found = [
        _told("removed", question, _gone(question))
        for question in old.questions.values()
        if question.id not in new.questions
    ]
    moves = _moved_questions(old, new)
    for question in new.questions.values():
        before = old.questions.get(question.id)
        if before is None:
            text = translate(
                "New question {number}: {ask}", number=question.number, ask=quoted(question.ask)
            )
            found.append(_told("added", question, text))
            continue
        if question.id in moves:
            text = translate(
                "Question {number} was {before}: {move}",
                number=question.number,
                before=before.number,
                move=moves[question.id],
            )
            found.append(_told("moved", question, text))
        found += question_changes(before, question)
    return found


def _gone(question: Question) -> str:
    return translate(
        "Question {number} was removed: {ask}", number=question.number, ask=quoted(question.ask)
    )


def _told(what: str, question: Question, text: str) -> Change:
    return Change(what, "question", question.id, text)


def _moved_questions(old: Form, new: Form) -> dict[str, str]:
    """Questions with another area, or another place among those that stayed in their area."""
    moves = {}
    for name, area in new.area_of.items():
        before = old.area_of.get(name)
        if before is not None and before.id != area.id:
            moves[name] = translate(
                "it moved from {before} to {area}.",
                area=quoted(area.title),
                before=quoted(before.title),
            )
    for area in new.areas:
        stayed = [q.id for q in area.questions if q.id in old.questions and q.id not in moves]
        earlier = [name for name in old.questions if name in set(stayed)]
        for name in _moved(earlier, stayed):
            moves[name] = translate("it moved within its area.")
    return moves


def _moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Those in both that are out of the order of the others, in their new order."""
    shared = set(old) & set(new)
    before = [name for name in old if name in shared]
    after = [name for name in new if name in shared]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {after[place] for block in blocks for place in range(block.b, block.b + block.size)}
    return [name for name in after if name not in stayed]
