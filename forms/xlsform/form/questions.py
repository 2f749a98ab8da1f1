"""Turns survey rows into questions of ours, and lists everything that is lost."""

from __future__ import annotations

from msgspec import Struct

from forms.format.check import MAX_QUESTIONS
from forms.spreadsheet.refusals import refused
from forms.xlsform import limits
from forms.xlsform.conditions.relevant import Conditions
from forms.xlsform.conditions.scope import Absent, Symbol
from forms.xlsform.conditions.truth import Member, written
from forms.xlsform.conditions.values import Chosen, Dated, Measured, Ticked, Worded
from forms.xlsform.findings import Findings
from forms.xlsform.form.scales import OTHER, Scales
from forms.xlsform.form.wording import ASK, Wording
from forms.xlsform.names import Names
from forms.xlsform.survey.choices import Choice, Lists
from forms.xlsform.survey.rows import Group, Item, is_true
from forms.xlsform.survey.types import KEPT_APART, Kind
from forms.xlsform.text import one_line, shortened
from visitapp.errors import Code
from visitapp.language import Message, counted, message

Value = str | int | bool
_NOT_ASKED = (
    *(Kind.NOTE, Kind.CALCULATE, Kind.RECORDED, Kind.ELSEWHERE, Kind.SETTING, Kind.BEGIN),
    Kind.END,
)
_IN_WORDS = message("which is answered in words")


class Draft(Struct, frozen=True):
    """A question as its keys and values, and the groups it stands in."""

    keys: dict[str, Value]
    groups: tuple[Group, ...]


def is_asked(item: Item) -> bool:
    """Whether a row becomes at least one question."""
    return item.type.kind not in _NOT_ASKED


class Questions:
    """Makes the questions of one form, in order."""

    def __init__(
        self,
        sheet: str,
        lists: Lists,
        wording: Wording,
        symbols: dict[str, Symbol],
        findings: Findings,
    ) -> None:
        """`symbols` is filled as questions are made, for the conditions of later ones."""
        self.scales = Scales()
        self.drafts: list[Draft] = []
        self._sheet = sheet
        self._lists = lists
        self._wording = wording
        self._symbols = symbols
        self._findings = findings
        self._conditions = Conditions(sheet, symbols, findings)
        self._names = Names("q")
        self._room = 0

    def make_room(self, items: list[Item]) -> None:
        """Counts the questions to come. Raises BadFile at the row where there are too many."""
        count = 0
        for item in items:
            count += is_asked(item) + item.type.or_other
            if count > MAX_QUESTIONS:
                raise refused(
                    self._findings.file,
                    item.row,
                    message("The form has more than {limit} questions.", limit=MAX_QUESTIONS),
                    message("Split it into smaller forms."),
                    Code.FILE_TOO_LARGE,
                )
        self._room = MAX_QUESTIONS - count

    def add(self, item: Item, notes: list[str]) -> None:
        """Adds what a row asks. `notes` are those that stand before it."""
        label = self._wording.ask(item)
        keys: dict[str, Value] = {
            "id": self._names.question(item.name or label),
            "ask": shortened(label, ASK),
            "look_for": self._wording.look_for(item, label, notes),
            "type": "text",
            "required": self._required(item),
            "relevant": self._conditions.of(item),
        }
        if item.type.about:
            self._say(item, item.type.about)
        match item.type.kind:
            case Kind.ONE:
                self._add_choice(item, keys)
            case Kind.MANY:
                self._add_ticks(item, keys)
            case Kind.RANK:
                self._add_ranked(item, keys)
            case Kind.NUMBER | Kind.WHOLE:
                self._add_number(item, keys)
            case Kind.ACKNOWLEDGE:
                scale = self.scales.acknowledged()
                self._set(item, Chosen(str(keys["id"]), scale.names))
                self._put(item, keys | {"type": "choice", "scale": scale.id, "weight": 0})
            case Kind.DATE:
                self._set(item, Dated(f"answers.{keys['id']}", str(keys["id"])))
                self._put(item, keys | {"type": "date"})
            case _:
                if item.type.kind is Kind.UNKNOWN:
                    what = message(
                        'The type "{type}" is not known; it is a text.', type=item.type.word[:80]
                    )
                    self._say(item, what)
                apart = item.type.word in KEPT_APART
                words = Worded(str(keys["id"]))
                self._set(item, Absent(message("whose answer is a file")) if apart else words)
                self._put(item, keys)

    def _required(self, item: Item) -> bool:
        required = item.cells.get("required")
        if required and required.strip().lower() not in ("no", "n", "false", "false()", "0"):
            if is_true(required):
                return True
            what = message(
                'It must be answered only when "{condition}"; here it never must.',
                condition=shortened(one_line(required), 200),
            )
            self._say(item, what)
        return False

    def _add_number(self, item: Item, keys: dict[str, Value]) -> None:
        name = str(keys["id"])
        whole = item.type.kind is Kind.WHOLE
        self._set(item, Measured(f"answers.{name}", (name,), True, whole))
        self._put(item, keys | {"type": "number"})

    def _add_choice(self, item: Item, keys: dict[str, Value]) -> None:
        choices = self._choices(item)
        if not choices:
            self._put(item, keys)
            return
        scale = self.scales.of(item.type.list_name, choices, item.type.or_other)
        name = str(keys["id"])
        self._set(item, Chosen(name, scale.names))
        self._put(item, keys | {"type": "choice", "scale": scale.id, "weight": 0})
        if item.type.or_other:
            domain = tuple(scale.names)
            self._add_other(item, keys, Member(name, domain, frozenset((OTHER,)), False))

    def _add_other(self, item: Item, keys: dict[str, Value], when: Member) -> None:
        name = self._names.question(f"{keys['id']}_other")
        ask = shortened(f"{keys['ask']} Other: please say which.", ASK)
        other: dict[str, Value] = {"id": name, "ask": ask, "look_for": ""}
        self._put(item, other | {"type": "text", "required": False, "relevant": written(when)})

    def _add_ticks(self, item: Item, keys: dict[str, Value]) -> None:
        choices = self._choices(item)
        if not choices:
            self._put(item, keys)
            return
        more = len(choices) - 1 + item.type.or_other
        if len(choices) > limits.TICKS or more > self._room:
            what = message(
                "Its {count} choices are not offered; the answer is a text.", count=len(choices)
            )
            self._say(item, what)
            self._set(item, Absent(_IN_WORDS))
            self._put(item, keys)
            return
        self._room -= more
        what = counted(
            "It is asked as {n} question, one for each choice.",
            "It is asked as {n} questions, one for each choice.",
            len(choices),
        )
        self._say(item, what)
        self._put_ticks(item, keys, choices)

    def _put_ticks(self, item: Item, keys: dict[str, Value], choices: list[Choice]) -> None:
        scale = self.scales.ticks()
        questions: dict[str, str] = {}
        shown = [(choice.name, choice.label) for choice in choices]
        if item.type.or_other and OTHER not in dict(shown):
            shown.append((OTHER, "Other"))
        for name, label in shown:
            questions[name] = self._names.question(f"{keys['id']}_{name}")
            asked = shortened(str(keys["ask"]), ASK - len(label) - 2)
            ask = f"{asked}{' ' if asked[-1:] in '?:.' else ': '}{label}"
            tick = {"id": questions[name], "ask": ask, "type": "choice", "scale": scale.id}
            self._put(item, keys | tick | {"weight": 0})
            keys = keys | {"look_for": ""}
        if len(questions) < len(shown):
            self._set(item, Absent(message("of which two choices share a name")))
        else:
            self._set(item, Ticked(questions))
        if item.type.or_other:
            when = Member(questions[OTHER], ("yes", "no"), frozenset(("yes",)), False)
            self._add_other(item, keys, when)

    def _add_ranked(self, item: Item, keys: dict[str, Value]) -> None:
        self._say(item, message("The order of its choices is written as text."))
        self._set(item, Absent(_IN_WORDS))
        labels = ", ".join(choice.label for choice in self._lists.get(item.type.list_name))
        look_for = f"{keys['look_for']}\n\nPut in order: {labels}." if labels else keys["look_for"]
        self._put(item, keys | {"look_for": shortened(str(look_for).strip(), 4000)})

    def _choices(self, item: Item) -> list[Choice]:
        """The choices to offer; empty, and noted, when the answer becomes a text."""
        choices = self._lists.get(item.type.list_name)
        if not choices:
            what = message(
                'There is no list "{name}" of choices, so the answer is a text.',
                name=item.type.list_name[:80],
            )
            self._say(item, what)
        elif len(choices) > limits.CHOICES_OF_A_LIST:
            what = message(
                "Its {count} choices are too many; the answer is a text.", count=len(choices)
            )
            self._say(item, what)
            choices = []
        if not choices:
            self._set(item, Absent(_IN_WORDS))
        return choices

    def _set(self, item: Item, symbol: Symbol) -> None:
        if item.name:
            self._symbols[item.name] = symbol

    def _put(self, item: Item, keys: dict[str, Value]) -> None:
        self.drafts.append(Draft(keys, item.groups))

    def _say(self, item: Item, what: Message) -> None:
        self._findings.add(self._sheet, item.row, what)
