"""What the Setting page says of due dates, and a question of an answer on other steps."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.support.paper.visit_views import make_last
from tests.support.window.windows import Desktop, texts
from visitapp.services.views.settings import PurposeClock
from visitapp.ui.pages.settings.cards import StandingCard
from visitapp.ui.pages.visit.question.card_lines import last_time_line

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("different", [True, False])
def test_an_answer_on_other_steps_says_so(qtbot: QtBot, different: bool) -> None:
    last = make_last("mandatory_training", {"value": 96}, "Met (96 %)", 0)
    line = last_time_line(replace(last, measured_differently=different), "visit", None)
    qtbot.addWidget(line)
    assert ("(measured differently)" in line.text()) is different
    assert "Met (96 %)" in line.text()


def test_each_clock_stands_under_the_annual_date(qtbot: QtBot, desktop: Desktop) -> None:
    setting_id = desktop.services.portfolio.rows()[0].setting_id
    view = desktop.services.settings.view(setting_id)
    clock = PurposeClock(purpose="contract_review", last=date(2026, 1, 20), due=date(2027, 1, 20))
    card = StandingCard()
    qtbot.addWidget(card)
    card.show_setting(replace(view, clocks=[clock]), TODAY)
    told = "\n".join(texts(card))
    assert "Next quality visit due" in told
    assert "Contract review due 20 Jan 2027" in told
