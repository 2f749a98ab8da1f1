"""The states of a conflict. The server opens it again when the same device clashes again."""

from __future__ import annotations

from typing import Any

from visitapp.rules.access import WRITERS
from visitapp.rules.choices import ConflictStatus, Side
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values


def _begin(values: Values) -> dict[str, Any]:
    unsettled = dict.fromkeys(("kept", "settled_by", "settled_at"))
    return {"status": ConflictStatus.OPEN.value, **unsettled}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    return {
        "status": step.after,
        "kept": step.fields["kept"],
        "settled_by": step.by,
        "settled_at": step.at,
    }


CONFLICT = Lifecycle(
    states=ConflictStatus,
    starts=frozenset({ConflictStatus.OPEN}),
    rules=(StepRule(ConflictStatus.OPEN, ConflictStatus.SETTLED, WRITERS, frozenset({Need.KEPT})),),
    derived=Derivation(
        fields=frozenset(_begin({})),
        begin=_begin,
        apply=_apply,
        sets={"kept": lambda value: value in tuple(Side)},
    ),
    stale=Stale.FIRST,
)
