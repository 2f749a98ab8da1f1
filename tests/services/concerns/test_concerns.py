"""What people do with concerns, by the story of one home."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Outbox, Role
from visitapp.services.concerns.views import ConcernFilter, ConcernView, NewConcern
from visitapp.services.services import Services

STORY: list[tuple[str, str, str, str, str, str | None]] = [
    ("2025-09-08", "poor_practice", "medicines", "2", "2025-09-30", "substantiated"),
    ("2025-10-02", "complaint", "falls", "2", "2025-10-28", "substantiated"),
    ("2025-10-21", "poor_practice", "medicines", "2", "2025-11-18", "substantiated"),
    ("2025-11-05", "safeguarding", "medicines", "3", "2025-12-03", "substantiated"),
    ("2025-11-14", "whistleblowing", "staffing", "3", "2025-12-12", "partly"),
    ("2025-11-24", "serious_incident", "falls", "4", "2026-01-09", "substantiated"),
    ("2026-01-13", "poor_practice", "nutrition", "2", "2026-02-10", "partly"),
    ("2026-03-09", "complaint", "dignity", "1", "2026-04-07", "not_substantiated"),
    ("2026-05-20", "compliment", "", "1", "2026-05-20", None),
    ("2026-07-14", "contract", "records", "1", "2026-08-11", "not_substantiated"),
]


def new(setting_id: str, **fields: Any) -> NewConcern:
    usual: dict[str, Any] = {
        "kind": "poor_practice",
        "title": "Doses signed and not given",
        "severity": "2",
        "source": "family",
    }
    return NewConcern(setting_id=setting_id, **{**usual, **fields})


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.combine(day(text), datetime.min.time(), UTC) + timedelta(hours=12)


def told_story(services: Services, home: str) -> list[ConcernView]:
    """The ten concerns of the story, each closed on its day."""
    concerns = services.concerns
    found = []
    for received, kind, theme, severity, closed, decision in STORY:
        made = concerns.log(
            new(
                home,
                kind=kind,
                severity=severity,
                themes=[theme] if theme else [],
                received_at=moment(received),
            )
        )
        if decision is not None:
            concerns.decide(made.row.id, decision, "Seen in the records", day(closed))
        found.append(concerns.close(made.row.id, "Count twice", day(closed)))
    return found


def test_the_figures_of_the_story(services: Services, homes: list[str], clock: Clock) -> None:
    clock.move_to(date(2026, 8, 31))
    told_story(services, homes[0])
    trends = services.concern_trends.trends(homes[0], days=366)
    assert (trends.count, trends.compliments) == (9, 1)
    assert (trends.upheld, trends.decided) == (7, 9)
    assert (trends.closed_in_time, trends.closed) == (8, 9)
    assert {one.theme: one.count for one in trends.themes} == {
        "medicines": 3,
        "falls": 2,
        "staffing": 1,
        "nutrition": 1,
        "dignity": 1,
        "records": 1,
    }
    themes = services.concern_trends.table("theme", homes[0], days=366)
    assert [(one.id, one.count) for one in themes.rows[:2]] == [("medicines", 3), ("falls", 2)]
    assert (themes.months[0], len(themes.months)) == (date(2026, 3, 1), 6)
    (home,) = services.concern_trends.table("setting", days=366).rows
    assert (home.id, home.count, home.months) == (homes[0], 9, [1, 0, 0, 0, 1, 0])
    (provider,) = services.concern_trends.table("provider", days=366).rows
    assert (provider.count, provider.before) == (9, 0)
    assert services.concern_trends.clusters() == []
    clock.move_to(date(2025, 11, 5))
    (cluster,) = services.concern_trends.clusters(homes[0])
    assert (cluster.theme, cluster.count) == ("medicines", 3)
    assert (cluster.last - cluster.first).days + 1 == 59


def test_a_concern_from_its_log_to_its_lesson(services: Services, homes: list[str]) -> None:
    made = services.concerns.log(
        new(homes[0], themes=["medicines", "records"], person="Q7", text="Two doses in the pack")
    )
    id_ = made.row.id
    assert (made.row.status, made.row.next_stage, made.row.late) == ("open", "acknowledged", False)
    services.concerns.report(id_, "acknowledged")
    services.concerns.update(id_, "The nurse will send her note")
    services.concerns.update(id_, "By telephone", told="The team lead")
    services.concerns.ask_provider(id_, reason="Please answer by Friday")
    services.concerns.record_reply(id_, "An agency nurse")
    with pytest.raises(Refused):
        services.concerns.close(id_, "Count twice")
    services.concerns.decide(id_, "partly", "Two of five charts")
    closed = services.concerns.close(id_, "Count twice")
    assert closed.row.status == "closed"
    assert (closed.reply, closed.reason, closed.lesson) == (
        "An agency nurse",
        "Two of five charts",
        "Count twice",
    )
    assert [line.told for line in closed.updates if line.told] == ["The team lead"]
    assert all(not limit.late for limit in closed.limits)
    again = services.concerns.reopen(id_, "The family wrote again")
    assert (again.row.status, again.row.decision, again.reopened) == ("open", "", 1)


def test_what_is_not_a_concern_is_refused(services: Services, homes: list[str]) -> None:
    for fields in (
        {"title": " "},
        {"themes": ["medicine"]},
        {"person": "Mary Smith"},
        {"kind": "gossip"},
        {"severity": "5"},
        {"received_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"happened_on": date(2030, 1, 1)},
    ):
        with pytest.raises(Refused):
            services.concerns.log(new(homes[0], **fields))
    with pytest.raises(NotFound):
        services.concerns.log(new("elsewhere"))
    assert services.concerns.list(ConcernFilter(state="all")) == []


def test_a_list_has_what_is_due_first(services: Services, homes: list[str], clock: Clock) -> None:
    now = clock()
    late = services.concerns.log(new(homes[0], received_at=now - timedelta(days=40))).row.id
    fresh = services.concerns.log(new(homes[1], kind="safeguarding", themes=["falls"])).row.id
    done = services.concerns.log(new(homes[0], kind="compliment", title="Kind at night")).row.id
    services.concerns.close(done, "None")

    def ids(**wanted: Any) -> list[str]:
        return [one.id for one in services.concerns.list(ConcernFilter(**wanted))]

    assert ids() == [late, fresh]
    assert ids(state="late") == [late]
    assert ids(state="unacknowledged") == [late]
    assert ids(state="safeguarding") == [fresh]
    assert ids(state="closed") == [done]
    assert ids(state="all", setting_id=homes[1]) == [fresh]
    assert ids(theme="falls") == [fresh]
    assert ids(theme="fall") == []
    assert ids(state="all", text="KIND at") == [done]


def test_corrections_have_a_history_and_updates_cannot_be_changed(
    services: Services, homes: list[str]
) -> None:
    made = services.concerns.log(new(homes[0]))
    changed = services.concerns.edit(
        made.row.id, severity="3", themes=["falls"], happened_on=date(2026, 11, 20), person="P31"
    )
    assert (changed.row.severity, changed.row.themes) == ("3", ["falls"])
    with pytest.raises(Refused):
        services.concerns.edit(made.row.id, person="Mary Smith")
    with pytest.raises(Refused):
        services.concerns.update(made.row.id, "  ")


def test_whistleblowing_is_restricted_and_a_lead_gives_it(
    services: Services, homes: list[str]
) -> None:
    bring(services, lee=Role.LEAD, ben=Role.OFFICER)
    secret = services.concerns.log(new(homes[0], kind="whistleblowing")).row
    assert secret.restricted
    open_ = services.concerns.log(new(homes[0])).row
    with pytest.raises(NotAllowed):
        services.concerns.hand_to(open_.id, "ben")
    restricted = services.concerns.restrict(open_.id, "A member of staff is named")
    assert restricted.restricted_to == ["lead"]
    assert restricted.row.handler == services.me().title
    with pytest.raises(Refused):
        services.concerns.restrict(open_.id)
    become(services, "lee")
    assert services.concerns.hand_to(open_.id, "ben").row.handler == "Ben Doe"
    assert not services.concern_handling.may_lift(services.concerns.view(secret.id).row)
    with pytest.raises(Refused):
        services.concern_handling.lift(secret.id, "Because")
    with pytest.raises(Refused):
        services.concern_handling.lift(open_.id, " ")
    lifted = services.concern_handling.lift(open_.id, "The police have finished")
    assert (lifted.row.restricted, lifted.row.handler) == (False, "Ben Doe")
    assert lifted.updates[-1].text == "Restriction lifted. The police have finished"


def test_an_incident_is_investigated_learned_from_and_checked(
    services: Services, homes: list[str]
) -> None:
    id_ = services.concerns.log(new(homes[0], kind="serious_incident", severity="4")).row.id
    services.concerns.report(id_, "noted")
    services.concerns.report(
        id_, "investigated", harm="severe", causes="No rails", investigator="The manager"
    )
    services.concerns.report(id_, "learned_from", learned="Rails are checked each week")
    found = services.concerns.view(id_)
    assert (found.harm, found.causes, found.investigator, found.learned) == (
        *("severe", "No rails", "The manager"),
        "Rails are checked each week",
    )
    assert {limit.stage for limit in found.limits if limit.done} == {
        *("noted", "investigated", "learned_from"),
    }
    with pytest.raises(NotFound):
        services.concerns.report(id_, "checked", checked_visit_id="none")


def test_risk_questions_timeline_and_portfolio_know_them(
    services: Services, homes: list[str], clock: Clock
) -> None:
    home, other = homes
    clock.move_to(date(2025, 12, 20))
    assert "concerns.open" not in _sources(services, home)
    services.concerns.log(new(home, kind="whistleblowing", severity="4"))
    assert "concerns.open" not in _sources(services, home)
    open_ = services.concerns.log(new(home, kind="serious_incident", severity="4", reference="K-9"))
    dead = services.concerns.log(new(home, kind="unexpected_death", severity="4"))
    safe = services.concerns.log(new(home, kind="safeguarding", severity="3"))
    services.concerns.report(safe.row.id, "planned")
    services.concerns.decide(dead.row.id, "substantiated", "As found")
    assert _sources(services, home) == {
        "concerns.open": 3,
        "concerns.substantiated": 1,
        "concerns.safeguarding_decisions": 1,
        "concerns.unexpected_deaths": 1,
        "concerns.serious_incidents": 1,
    }
    assert _sources(services, other) == {}
    timeline = [entry.what for entry in services.settings.view(home).timeline]
    assert any("Serious incident" in what for what in timeline)
    assert any("Decided: substantiated" in what for what in timeline)
    rows = {row.setting_id: row for row in services.portfolio.rows()}
    assert rows[home].more["logged_concerns"] == 4
    assert rows[other].more["logged_concerns"] == 0
    assert open_.row.reference == "K-9"


def _sources(services: Services, setting: str) -> dict[str, Any]:
    from visitapp.records import Setting
    from visitapp.standing.indicators.concerns import READERS
    from visitapp.standing.indicators.reading import Reading, read_indicators

    with services.desk.reading() as session:
        home = session.get_one(Setting, setting)
        reading = Reading(session, services.directory, [home], services.desk.today())
        found = read_indicators(READERS, list(READERS), reading)
        return {name: own[setting].value for name, own in found.items() if setting in own}


def test_logging_on_a_frozen_visit_or_twice_sends_it_once(
    services: Services, homes: list[str]
) -> None:
    services.concerns.log(new(homes[0]))
    with services.desk.reading() as session:
        assert session.query(Outbox).filter_by(kind="concern").count() == 1
