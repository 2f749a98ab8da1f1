"""What the Setting page says of due dates, and a question of an answer on other steps."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.support.paper.visit_views import make_last
from tests.support.window.windows import Desktop, texts
from visitapp.ui.pages.settings.cards import StandingCard
from visitapp.ui.pages.visit.question.last_time import last_time_line
from visitapp.vocabulary.due import why_due

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("different", [True, False])
def test_an_answer_on_other_steps_says_so(qtbot: QtBot, different: bool) -> None:
    last = make_last("mandatory_training", {"value": 96}, "Met (96 %)", 0)
    line = last_time_line(replace(last, measured_differently=different), "visit", None)
    qtbot.addWidget(line)
    assert ("(measured differently)" in line.text()) is different
    assert "Met (96 %)" in line.text()


def test_the_next_visit_stands_with_its_reason(qtbot: QtBot, desktop: Desktop) -> None:
    setting_id = desktop.services.portfolio.rows()[0].setting_id
    view = desktop.services.settings.view(setting_id)
    card = StandingCard()
    qtbot.addWidget(card)
    card.show_setting(view, TODAY)
    told = "\n".join(texts(card))
    assert view.row.next_visit is not None
    assert "Next visit due" in told
    assert why_due(view.row.next_visit) in told
