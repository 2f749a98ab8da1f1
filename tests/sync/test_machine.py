"""Several devices, several people, trouble everywhere: what holds however they take turns.

- every device in scope ends with exactly what the server holds, and nothing out of its scope;
- every value ever written is the present one, or was replaced by somebody who had seen it, or is
  in a conflict;
- revisions never repeat;
- a signed-off visit has the outcome of the answers that the server holds;
- the audit log names what everybody sent, and its chain is whole.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.sync.machine.authority import Authority
from tests.support.sync.machine.base import happened
from tests.support.sync.machine.market import Market
from tests.support.sync.machine.register import Register
from tests.support.sync.machine.work import Work
from tests.support.sync.troubles import Trouble

pytestmark = pytest.mark.change_by_change


class Meeting(Work, Market, Authority, Register):
    """Ann on two devices, Ben, their lead Lee and the manager Mia work on shared settings."""


def meet(examples: int, steps: int) -> None:
    """Let them meet that often."""
    happened.clear()
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Meeting, settings=limits)


@pytest.mark.timeout(1800)
def test_however_they_take_turns() -> None:
    meet(examples=12, steps=30)


@pytest.mark.soak
@pytest.mark.timeout(14400)
def test_however_long_they_take_turns() -> None:
    meet(examples=400, steps=60)
    expected = {
        *Trouble,
        "sign-off",
        "laptop died",
        "server died",
        "moved",
        "conflict",
        "settled",
        "contract",
        "cover ended",
        "step",
        "link ended",
        "closed",
        "merged",
        "position",
        "exception asked",
        "exception authorised",
        "exception used",
        "override asked",
        "override agreed",
        *("fact", "document", "enforcement", "concern", "restricted", "lifted", "contact"),
        *("plan", "plan agreed", "delegate", "second review", "export"),
    }
    assert expected <= {what for what, times in happened.items() if times}
