"""The condition of a question: its own and its groups', in CEL, within what the format takes."""

from __future__ import annotations

from forms.format.condition_tokens import ConditionError
from forms.format.conditions import Condition
from forms.xlsform.conditions.expressions import ExpressionError
from forms.xlsform.conditions.scope import Scope, Symbol, Work
from forms.xlsform.conditions.translate import translate
from forms.xlsform.conditions.truth import FALSE, TRUE, Constant, Truth, every, written
from forms.xlsform.findings import Findings
from forms.xlsform.survey.rows import Group, Item
from forms.xlsform.text import one_line, shortened
from visitapp.language import Message, message

_ALWAYS = message("It is always asked here.")
_NEVER = message("Its condition can never be true, so it is never asked.")
_NOT_HERE = message("Its questions do not depend on it here.")
_PARTLY = message("Only a part of the conditions around it is kept.")


class Conditions:
    """Translates the `relevant` column. What cannot be said is noted, and asked always instead."""

    def __init__(self, sheet: str, symbols: dict[str, Symbol], findings: Findings) -> None:
        """`symbols` grows as questions are built; a condition sees what stands there by then."""
        self._sheet = sheet
        self._scope = Scope(symbols, Work())
        self._findings = findings
        self._groups: dict[int, Truth] = {}

    def of(self, item: Item) -> str:
        """The condition of a question in CEL; empty when it is always asked."""
        parts = [self._group(group) for group in item.groups]
        parts.append(self._truth(item.cells.get("relevant"), item.row, _ALWAYS))
        # The innermost conditions say most, so the outer ones go first when all is too long.
        for start in range(len(parts)):
            found = self._written(parts[start:])
            if found is not None:
                if start:
                    self._say_too_long(item.row, _PARTLY)
                if found == "false":
                    self._findings.add(self._sheet, item.row, _NEVER)
                return found
        self._say_too_long(item.row, _ALWAYS)
        return ""

    def _say_too_long(self, row: int, then: Message) -> None:
        what = message("Its condition is too long once translated. {then}", then=then)
        self._findings.add(self._sheet, row, what)

    def _group(self, group: Group) -> Truth:
        known = self._groups.get(group.row)
        if known is None:
            known = self._truth(group.cells.get("relevant"), group.row, _NOT_HERE)
            self._groups[group.row] = known
        return known

    def _truth(self, source: str, row: int, then: Message) -> Truth:
        if not source:
            return TRUE
        shown = shortened(one_line(source), 200)
        self._scope.work.doubts.clear()
        try:
            truth = translate(source, self._scope)
        except ExpressionError as problem:
            what = message(
                'The condition "{condition}" cannot be kept: {problem}. {then}',
                condition=shown,
                problem=problem,
                then=then,
            )
            self._findings.add(self._sheet, row, what)
            return TRUE
        doubts = "; ".join(self._scope.work.doubts)
        if isinstance(truth, Constant):
            self._findings.add(self._sheet, row, _constant(truth, shown, doubts, then))
        elif doubts:
            what = message(
                'In the condition "{condition}", {doubts}.', condition=shown, doubts=doubts
            )
            self._findings.add(self._sheet, row, what)
        return truth

    def _written(self, parts: list[Truth]) -> str | None:
        """None when the format does not take it."""
        try:
            truth = every(parts)
            if truth == TRUE:
                return ""
            text = "false" if truth == FALSE else written(truth)
            Condition(text)
        except (ExpressionError, ConditionError):
            return None
        return text


def _constant(truth: Constant, shown: str, doubts: str, then: Message) -> Message:
    """What to say of a condition that is the same whatever is answered."""
    match truth.holds, bool(doubts):
        case True, True:
            return message(
                'The condition "{condition}" ({doubts}) is always true. {then}',
                condition=shown,
                doubts=doubts,
                then=then,
            )
        case True, False:
            return message(
                'The condition "{condition}" is always true. {then}', condition=shown, then=then
            )
        case False, True:
            return message(
                'The condition "{condition}" ({doubts}) is never true.',
                condition=shown,
                doubts=doubts,
            )
    return message('The condition "{condition}" is never true.', condition=shown)
