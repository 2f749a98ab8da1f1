"""A service on the ladder: from peer support through a suspension to its end, and the people to be
moved when its provider is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.support.desk.colleagues import become, bring, bring_contracts
from tests.support.desk.desks import START, Clock
from tests.support.desk.made import a_link
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.records import Outbox, PlacementPosition, Role, Setting, Step
from visitapp.services.escalation.opening import Opening
from visitapp.services.services import Services
from visitapp.standing.indicators.escalation import READERS
from visitapp.standing.indicators.reading import Reading, read_indicators
from visitapp.storage.state import LocalStates

TODAY = START.date()


@pytest.fixture
def heather(services: Services, homes: list[str]) -> str:
    bring(services, lee=Role.LEAD, max=Role.MANAGER, ada=Role.ADMIN, vic=Role.VIEWER)
    bring_contracts(services, homes[0], "C-12", own="C-12")
    return homes[0]


def suspend(services: Services, home: str, **more: str) -> None:
    """A senior manager suspends a setting, past the lower steps."""
    become(services, "max")
    given = {"reason": "Six falls in a month", "skip_reason": "People are at risk", **more}
    services.escalations.open(home, "suspension", Opening(**given))


def test_from_peer_support_through_a_suspension_to_its_end(
    services: Services, heather: str, clock: Clock
) -> None:
    ladder = services.escalations
    assert ladder.view(heather).status == "not_escalated"
    support = Opening(reason="Medicines were missed", support="Rowan House, deputy manager")
    assert ladder.open(heather, "peer_support", support).status == "peer_support"
    ladder.note(heather, "peer_support", "meeting", "Both deputies met", with_whom="Rowan House")
    clock.move_to(TODAY + timedelta(days=13))
    ladder.end(heather, "peer_support", "not_met", "Two of five rounds were late")
    clock.move_to(TODAY + timedelta(days=14))
    with pytest.raises(Refused, match="Only a senior manager decides on this step"):
        ladder.open(heather, "suspension", Opening(reason="Falls", skip_reason="Risk"))
    become(services, "max")
    with pytest.raises(Refused, match="passes over 3 steps"):
        ladder.open(heather, "suspension", Opening(reason="Falls"))
    suspend(services, heather)
    view, placed = ladder.view(heather), services.placements.view(heather)
    assert (view.status, view.position) == ("suspension", "Closed to new")
    assert placed.decision is not None
    review = TODAY + timedelta(days=14 + 28)
    assert (placed.position, placed.decision.source) == ("closed", "escalation")
    assert placed.decision.review_on == review
    assert [s.state for s in view.steps[:5]] == ["ended", *["skipped"] * 3, "open"]
    assert (view.waits, view.steps[4].review_on) == ((), review)

    clock.move_to(review + timedelta(days=2))
    assert ladder.view(heather).waits == ("Suspension: its date was 2 days ago.",)
    again = ladder.review(heather, "suspension", "Not yet", review_on=review + timedelta(days=30))
    assert again.waits == ()
    decision = services.placements.view(heather).decision
    assert decision is not None
    assert (decision.position, decision.reason) == ("closed", "Not yet")

    with pytest.raises(Refused, match="on which condition"):
        ladder.end(heather, "suspension", "met", "Two visits", position="conditional")
    ended = ladder.end(
        heather,
        "suspension",
        "met",
        "Two visits four weeks apart",
        position="conditional",
        condition="Two admissions a week",
    )
    assert (ended.status, ended.position) == ("between_steps", "Open, with a condition")
    assert "No step is open" in ended.waits[0]
    become(services, "lee")
    down = ladder.stand_down(heather, "Good for three months")
    assert (down.status, down.since) == ("not_escalated", None)
    assert [entry.title for entry in down.entries] == [
        "Escalation ended",
        "Suspension ended: met",
        "Suspension reviewed",
        "Suspension opened",
        "Peer support ended: not met",
        "Meeting: peer support",
        "Peer support opened",
    ]
    with services.desk.reading() as session:
        sent = [row.kind for row in session.query(Outbox).order_by(Outbox.sequence)]
        positions = session.query(PlacementPosition).all()
        steps = session.query(Step).filter_by(kind="escalation").all()
    assert sent.index("escalation") < sent.index("step")
    chain = {one.id: one.replaces_id for one in positions}
    assert len([id_ for id_ in chain.values() if id_ is None]) == 1, "one chain of decisions"
    named = {step.fields["turn"]["position_id"] for step in steps} - {None}
    assert named == set(chain), "each came with a decision on the ladder"


def test_a_refused_decision_leaves_nothing_behind(services: Services, heather: str) -> None:
    become(services, "max")
    for opening in (Opening(reason=" ", skip_reason="Risk"), Opening(reason="Falls")):
        with pytest.raises(Refused):
            services.escalations.open(heather, "suspension", opening)
    assert services.escalations.view(heather).entries == ()
    assert services.placements.view(heather).decisions == ()
    become(services, "ada")
    with pytest.raises(Refused):
        services.escalations.open(heather, "peer_support", Opening(reason="Medicines"))
    become(services, "vic")
    with pytest.raises(NotAllowed):
        services.escalations.open(heather, "peer_support", Opening(reason="Medicines"))


def test_a_letter_has_the_clause_of_the_contract(services: Services, heather: str) -> None:
    become(services, "max")
    default = Opening(
        reason="A8 was due on 6 February",
        remedy="14 of 14 rounds observed",
        skip_reason="Promised twice",
        authority="Delegation 4.2",
    )
    view = services.escalations.open(heather, "default_notice", default)
    assert view.entries[0].letter == "Default notice"
    with pytest.raises(Refused, match="without the clause"):
        services.escalations.letter(view.entries[0].id)
    services.escalations.end(heather, "default_notice", "withdrawn", "Served without its clause")
    with_clause = Opening(**{**_fields(default), "clause": "14.2"})
    view = services.escalations.open(heather, "default_notice", with_clause)
    letter = services.escalations.letter(view.entries[0].id)
    text = "\n".join(letter.paragraphs)
    assert letter.reference == "Contract C-12, clause 14.2"
    assert "14 of 14 rounds observed" in text
    assert "Delegation 4.2" in text
    assert "{" not in text


def _fields(opening: Opening) -> dict[str, object]:
    return {name: getattr(opening, name) for name in opening.__struct_fields__}


def test_five_default_notices_ask_for_termination(services: Services, heather: str) -> None:
    become(services, "max")
    given = Opening(reason="Late again", remedy="Be on time", skip_reason="Promised twice")
    for _ in range(5):
        services.escalations.open(heather, "default_notice", given)
        view = services.escalations.end(heather, "default_notice", "met", "Put right")
    assert view.defaults == 5
    assert view.waits[0] == "5 default notices so far: termination must be considered."


def test_the_list_of_escalations_has_the_next_date_first(
    services: Services, homes: list[str], heather: str
) -> None:
    services.escalations.open(homes[1], "peer_support", Opening(reason="Records"))
    suspend(services, heather)
    lines = services.escalations.list()
    assert [(one.setting_id, one.open) for one in lines] == [
        (heather, ("suspension",)),
        (homes[1], ("peer_support",)),
    ]


def test_people_are_moved_n_of_m(services: Services, heather: str) -> None:
    people = services.people
    view = people.add(heather, "P31", "Two carers, hoist", "council", critical="Insulin at 8")
    people.add(heather, "P32", "Dementia care", "nhs")
    people.add(heather, "P33", "Short stay", "self")
    p31, p32, p33 = (one.id for one in people.view(heather).people)
    people.change(p31, alternatives="Rowan House, room free on 3 December")
    people.move(p32, "Hazel Court", TODAY)
    view = people.take_off(p33, "Went home to her daughter")
    assert (view.moved, view.total) == (1, 2)
    assert view.by_funder == (("NHS", 1), ("This council", 1))
    assert [one.person for one in view.people] == ["P31", "P32", "P33"]
    assert view.people[1].moved_on == TODAY
    assert people.put_back(p32).moved == 0


@pytest.mark.parametrize(
    ("person", "needs", "funder", "code"),
    [
        ("Margaret", "Hoist", "council", Code.BAD_VALUE),
        ("943 476 5919", "Hoist", "council", Code.BAD_VALUE),
        ("P31", " ", "council", Code.BAD_VALUE),
        ("P31", "Hoist", "aunt", Code.BAD_VALUE),
        ("p30", "Hoist", "council", Code.ALREADY_THERE),
    ],
)
def test_nobody_is_on_the_list_by_name_or_twice(
    services: Services, heather: str, person: str, needs: str, funder: str, code: Code
) -> None:
    services.people.add(heather, "P30", "Hoist", "council")
    with pytest.raises(Refused) as refused:
        services.people.add(heather, person, needs, funder)
    assert refused.value.code == code
    assert services.people.view(heather).total == 1


@pytest.mark.parametrize("who", ["ada", "vic"])
def test_those_who_move_nobody_do_not_see_the_list(
    services: Services, heather: str, who: str
) -> None:
    services.people.add(heather, "P30", "Hoist", "council")
    become(services, who)
    with pytest.raises(NotAllowed):
        services.people.view(heather)


def test_on_a_connected_device_those_who_do_not_move_people_there_see_no_list(
    services: Services, heather: str
) -> None:
    services.people.add(heather, "P30", "Hoist", "council")
    me = services.desk.user_id()
    bring(services, olga=Role.OFFICER)
    with services.desk.database.applying() as session:
        LocalStates().set(session, "server_id", "council")
    for who, sees in ((me, True), ("olga", False), ("max", False)):
        become(services, who)
        if sees:
            assert services.people.view(heather).total == 1
            continue
        with pytest.raises(NotAllowed, match="Only those who move people here"):
            services.people.view(heather)
        with pytest.raises(NotAllowed):
            services.people.add(heather, "P31", "Hoist", "council")
    suspend(services, heather)
    assert services.people.view(heather).total == 1, "a manager, while it is on the ladder"
    with services.desk.database.applying() as session:
        session.get_one(Setting, heather).officer_id = "olga"
    become(services, me)
    with pytest.raises(NotAllowed):
        services.people.view(heather)


def test_a_move_is_not_dated_ahead(services: Services, heather: str) -> None:
    person = services.people.add(heather, "P30", "Hoist", "council").people[0].id
    with pytest.raises(Refused, match="in the future"):
        services.people.move(person, "Hazel Court", date(2099, 1, 1))


def test_risk_questions_timeline_and_portfolio_know_the_ladder(
    services: Services, heather: str, clock: Clock
) -> None:
    def notice() -> object:
        with services.desk.reading() as session:
            setting = session.get_one(Setting, heather)
            reading = Reading(session, services.directory, [setting], services.desk.today())
            found = read_indicators(READERS, [name], reading)[name]
        said = found.get(heather)
        return {} if said is None else {name: (said.value, said.at)}

    name = "escalation.default_notice"
    assert notice() == {}, "never escalated says nothing"
    services.escalations.open(heather, "peer_support", Opening(reason="Medicines"))
    assert notice() == {name: ("none", TODAY)}
    become(services, "max")
    given = Opening(reason="A8 was late", remedy="Be on time", skip_reason="Promised twice")
    services.escalations.open(heather, "default_notice", given)
    (row,) = services.portfolio.rows(filter="escalated")
    assert (row.setting_id, row.more["escalation"]) == (heather, "default_notice")
    assert [one.setting_id for one in services.portfolio.rows(text="default notice")] == [heather]
    assert notice() == {name: ("open", TODAY)}
    services.escalations.end(heather, "default_notice", "met", "Put right on day 16")
    told = [entry.what for entry in services.settings.view(heather).timeline]
    assert "Default notice ended: met." in told
    assert notice() == {name: ("closed", TODAY)}
    clock.move_to(TODAY + timedelta(days=366))
    assert notice() == {name: ("none", services.desk.today())}


def test_one_decision_for_the_settings_of_a_contract(
    services: Services, heather: str, homes: list[str]
) -> None:
    made = {"created_at": services.desk.clock(), "created_by": "server"}
    with services.desk.database.applying() as session:
        session.add(a_link("contract-C-12", homes[1], **made))
    become(services, "max")
    ladder = services.escalations
    assert list(ladder.draft(heather, "default_notice").others) == [homes[1]]
    notice = Opening(
        reason="Counts were missed", remedy="Count at each handover", skip_reason="People at risk"
    )
    ladder.open(heather, "default_notice", notice, also=[homes[1]])
    for home in homes[:2]:
        (entry,) = ladder.view(home).entries
        assert (entry.title, "Contract: C-12" in entry.lines) == ("Default notice opened", True)
    assert ladder.draft(heather, "default_notice").others == {}

    # All of it or nothing: the second setting has it open already.
    ladder.end(heather, "default_notice", "met", "Counts are made")
    with pytest.raises(Refused, match="already open"):
        ladder.open(heather, "default_notice", notice, also=[homes[1]])
    assert ladder.view(heather).open_steps() == []


def test_a_step_on_anothers_authority_names_the_minute(services: Services, heather: str) -> None:
    become(services, "max")
    ladder = services.escalations
    assert ladder.draft(heather, "termination").on_authority_of == "a director"
    end = Opening(reason="Nothing helped", skip_reason="People are at risk")
    with pytest.raises(Refused, match="on the authority of a director"):
        ladder.open(heather, "termination", end)
    view = ladder.open(heather, "termination", replace(end, authority="Minute 12, 20 November"))
    assert "Authority: Minute 12, 20 November" in view.entries[0].lines
