"""The evidence, the actions and the earlier concern that a concern is tied to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.desk.pictures import png
from visitapp.errors import Refused
from visitapp.services.concerns.views import ConcernView, NewConcern
from visitapp.services.services import Services


def log(services: Services, home: str, title: str, **more: object) -> ConcernView:
    given = {"kind": "complaint", "severity": "2", "source": "family", "themes": ["falls"]}
    return services.concerns.log(NewConcern(setting_id=home, title=title, **{**given, **more}))


def test_an_action_answers_it(services: Services, homes: list[str]) -> None:
    concern = log(services, homes[0], "A fall on the stairs").row.id
    today = services.desk.today()
    old = services.actions.add(None, homes[0], "Light the stairs", today)
    other = services.actions.add(None, homes[1], "Mend the roof", today)
    assert list(services.concern_links.actions(concern)) == [old.id]
    with pytest.raises(Refused, match="another setting"):
        services.concern_links.answer_with(concern, other.id)
    services.concern_links.answer_with(concern, old.id)
    view = services.concern_links.raise_action(concern, "Rails on both sides", date(2027, 1, 5))
    assert [one.title for one in view.actions] == ["Light the stairs", "Rails on both sides"]
    (made,) = [one for one in services.actions.list(homes[0]) if one.id != old.id]
    assert (made.theme, made.due_on) == ("falls", date(2027, 1, 5))
    assert "Answered by an action: Light the stairs" in [line.text for line in view.updates]


def test_a_repeat_names_the_earlier_one(services: Services, homes: list[str]) -> None:
    now = services.desk.clock()
    first = log(services, homes[0], "A fall", received_at=now - timedelta(9)).row.id
    second = log(services, homes[0], "The same fall again", received_at=now).row.id
    elsewhere = log(services, homes[1], "Elsewhere", received_at=now - timedelta(9)).row.id
    assert list(services.concern_links.earlier(second)) == [first]
    view = services.concern_links.repeats(second, first)
    assert (view.repeat_of_id, view.repeat_of) == (first, "A fall")
    assert services.concerns.view(first).repeated_by == ["The same fall again"]
    for earlier, why in (
        (elsewhere, "not one of this setting"),
        (second, "cannot repeat itself"),
    ):
        with pytest.raises(Refused, match=why):
            services.concern_links.repeats(second, earlier)
    with pytest.raises(Refused, match="came after"):
        services.concern_links.repeats(first, second)
    assert services.concern_links.repeats(second, None).repeat_of == ""


def test_a_restricted_one_is_not_named_on_an_open_one(services: Services, homes: list[str]) -> None:
    now = services.desk.clock()
    hidden = log(services, homes[0], "Told in trust", received_at=now, restricted=True).row.id
    seen = log(services, homes[0], "A fall").row.id
    assert services.concern_links.earlier(seen) == {}
    with pytest.raises(Refused, match="is restricted"):
        services.concern_links.repeats(seen, hidden)


def test_evidence_is_attached(services: Services, homes: list[str], tmp_path: Path) -> None:
    concern = log(services, homes[0], "A fall").row.id
    file = tmp_path / "stairs.jpg"
    file.write_bytes(png(40, 30))
    services.evidence.add_to_concern(concern, file, "The stairs at night")
    (piece,) = services.concerns.view(concern).evidence
    assert piece.title == "The stairs at night"
    assert services.evidence.open(piece.id)
