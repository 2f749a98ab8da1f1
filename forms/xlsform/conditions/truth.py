"""Conditions as and/or trees over what is known of each answer, and their text in CEL.

A choice's part of a condition is the set of its answers that make it true, and whether it is true
while the question has no answer. Sets join exactly, so `selected(x, 'a') or selected(x, 'b')` comes
out as one comparison. Negation is pushed down to the leaves when it is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct

from forms.xlsform import limits
from forms.xlsform.conditions.expressions import ExpressionError
from forms.xlsform.conditions.ranges import can_hold
from visitapp.language import message


class Constant(Struct, frozen=True):
    """Always true, or never."""

    holds: bool


class Member(Struct, frozen=True):
    """True for these `values` of the choice `question`, out of `domain`; or while it is missing."""

    question: str
    domain: tuple[str, ...]
    values: frozenset[str]
    missing: bool

    def __hash__(self) -> int:
        """Without the domain, which is the same for the same question and slow to hash."""
        return hash((self.question, self.values, self.missing))


class Compared(Struct, frozen=True):
    """`left operator right` in CEL over numbers; `missing` while one of them has no answer."""

    left: str
    operator: str
    right: str
    questions: tuple[str, ...]
    missing: bool


class Answered(Struct, frozen=True):
    """True while the number `question` has an answer, or (`wanted` false) while it has none."""

    question: str
    wanted: bool


class All(Struct, frozen=True):
    """True when every part is."""

    parts: tuple[Truth, ...]


class Some(Struct, frozen=True):
    """True when at least one part is."""

    parts: tuple[Truth, ...]


Truth = Constant | Member | Compared | Answered | All | Some

TRUE = Constant(True)
FALSE = Constant(False)
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def negated(truth: Truth) -> Truth:
    """True exactly when `truth` is false."""
    match truth:
        case Constant(holds):
            return Constant(not holds)
        case Member(question, domain, values, missing):
            return Member(question, domain, frozenset(domain) - values, not missing)
        case Compared(left, operator, right, questions, missing):
            return Compared(left, _OPPOSITE[operator], right, questions, not missing)
        case Answered(question, wanted):
            return Answered(question, not wanted)
        case All(parts):
            return some(map(negated, parts))
        case Some(parts):
            return every(map(negated, parts))


def every(parts: Iterable[Truth]) -> Truth:
    """True when all parts are; joined and simplified."""
    return _joined(parts, all_of=True)


def some(parts: Iterable[Truth]) -> Truth:
    """True when a part is; joined and simplified."""
    return _joined(parts, all_of=False)


def _joined(parts: Iterable[Truth], *, all_of: bool) -> Truth:
    same = All if all_of else Some
    flat: dict[Truth, None] = {}
    for part in parts:
        for inner in part.parts if isinstance(part, same) else (part,):
            flat[inner] = None
    members: dict[str, Member] = {}
    kept: list[Truth] = []
    for part in flat:
        if isinstance(part, Constant):
            if part.holds is not all_of:
                return part
        elif isinstance(part, Member):
            first = members.get(part.question)
            if first is None:
                kept.append(part)
            members[part.question] = part if first is None else _merged(first, part, all_of)
        else:
            kept.append(part)
    joined = [members[p.question] if isinstance(p, Member) else p for p in kept]
    return _simplest(joined, all_of=all_of)


def _merged(first: Member, second: Member, all_of: bool) -> Member:
    if all_of:
        values = first.values & second.values
        missing = first.missing and second.missing
    else:
        values = first.values | second.values
        missing = first.missing or second.missing
    return Member(first.question, first.domain, values, missing)


def _simplest(parts: list[Truth], *, all_of: bool) -> Truth:
    """The join without what is always or never true, and without what another part implies."""
    decided = [_decided(part) for part in parts]
    if Constant(not all_of) in decided:
        return Constant(not all_of)
    left = [part for part in dict.fromkeys(decided) if not isinstance(part, Constant)]
    plain = {part for part in left if not isinstance(part, All | Some)}
    if any(negated(part) in plain for part in plain):
        return Constant(not all_of)
    if _impossible(plain if all_of else {negated(part) for part in plain}):
        return Constant(not all_of)
    other = Some if all_of else All
    kept = [p for p in left if not (isinstance(p, other) and plain & set(p.parts))]
    if not kept:
        return Constant(all_of)
    if len(kept) == 1:
        return kept[0]
    joined = All(tuple(kept)) if all_of else Some(tuple(kept))
    if size(joined) > limits.PARTS_OF_A_CONDITION:
        raise ExpressionError(message("it is too long once translated"))
    return joined


def _impossible(parts: Collection[Truth]) -> bool:
    """Whether no answer makes all of these true, as with `n > 5` and `n < 3`."""
    given = {part.question for part in parts if isinstance(part, Answered) and part.wanted}
    missing = {part.question for part in parts if isinstance(part, Answered) and not part.wanted}
    alike: dict[str, list[Compared]] = {}
    needed = set()
    for part in parts:
        if isinstance(part, Compared):
            if not part.missing and missing & set(part.questions):
                return True
            if not part.missing or given.issuperset(part.questions):
                needed.add(part.left)
            alike.setdefault(part.left, []).append(part)
    return any(not can_hold((part.operator, part.right) for part in alike[left]) for left in needed)


def _decided(part: Truth) -> Truth:
    if isinstance(part, Member):
        if part.missing and len(part.values) == len(part.domain):
            return TRUE
        if not part.missing and not part.values:
            return FALSE
    return part


def size(truth: Truth) -> int:
    """The comparisons in a condition."""
    if isinstance(truth, All | Some):
        return sum(map(size, truth.parts))
    return 1


def written(truth: Truth) -> str:
    """The condition in CEL. One that fails because an answer is missing counts as false."""
    return _written(truth).text


class _Piece(Struct, frozen=True):
    """CEL text, and the operator that joins it at its top: `&&`, `||` or none."""

    text: str
    operator: str = ""


def _written(truth: Truth) -> _Piece:
    match truth:
        case Constant(holds):
            return _Piece("true" if holds else "false")
        case Member():
            return _guarded(_membership(truth), (truth.question,), truth.missing)
        case Compared(left, operator, right, questions, missing):
            return _guarded(f"{left} {operator} {right}", questions, missing)
        case Answered(question, wanted):
            return _Piece(f"has(answers.{question})" if wanted else f"!has(answers.{question})")
        case All(parts):
            return _join([_written(part) for part in parts], "&&")
        case Some(parts):
            return _join([_written(part) for part in parts], "||")


def _join(pieces: list[_Piece], operator: str) -> _Piece:
    if len(pieces) == 1:
        return pieces[0]
    texts = [p.text if p.operator in ("", operator) else f"({p.text})" for p in pieces]
    return _Piece(f" {operator} ".join(texts), operator)


def _guarded(text: str, questions: tuple[str, ...], missing: bool) -> _Piece:
    has = [_Piece(f"has(answers.{question})") for question in questions]
    comparison = [_Piece(text)] if text else []
    if missing:
        return _join([*(_Piece(f"!{piece.text}") for piece in has), *comparison], "||")
    if not text:
        return _join(has, "&&")
    return _Piece(text)


def _membership(member: Member) -> str:
    """The comparison by itself; empty when only being answered, or not, matters."""
    name = f"answers.{member.question}"
    yes = [value for value in member.domain if value in member.values]
    no = [value for value in member.domain if value not in member.values]
    if not yes or not no:
        return ""
    if len(yes) == 1:
        return f"{name} == '{yes[0]}'"
    if len(no) == 1:
        return f"{name} != '{no[0]}'"
    if len(no) < len(yes):
        return f"!({name} in [{_listed(no)}])"
    return f"{name} in [{_listed(yes)}]"


def _listed(values: list[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)
