"""Notices: made from what stands before and after a batch, sent once, tried again, held."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import delete, select

from sync.server.audit.log import AuditEvent
from sync.server.audit.query import verify
from sync.server.notices.digest import weekly_digest
from sync.server.notices.sending import TRIES, NoticeSending
from sync.server.operations.holds import lapse_holds
from tests.support.server.mail import Letterbox, mail_server
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.decisions import decide
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code, EnvironmentProblem
from visitapp.records import (
    AuditEntry,
    Notice,
    NoticeContact,
    NoticeEvent,
    NoticeState,
    OutgoingMail,
    Rating,
    Role,
    new_id,
)

GOOD = {"plans": "met", "calls": "met"}
FAIR = {"plans": "met", "calls": "partly"}
POOR = {"plans": "not_met", "calls": "not_met"}
AUDIENCES = {"brokerage", "social_work", "health"}
"""Who hears of a changed rating, by the policy that ships."""
EVERYBODY = AUDIENCES | {"safeguarding", "placing_councils"}
"""Who hears of a changed placement position."""


@pytest.fixture
def post() -> Iterator[Letterbox]:
    with mail_server() as letterbox:
        yield letterbox


class Dying:
    """Hands a message over, and dies before it is noted."""

    def __init__(self, mailer: smtplib.SMTP) -> None:
        self._mailer = mailer

    def send_message(self, msg: EmailMessage) -> None:
        self._mailer.send_message(msg)
        raise KeyboardInterrupt


def contact(lead: Device, audience: str = "brokerage", **more: str) -> str:
    given = {"name": "Duty desk", "email": "duty@council.example", **more}
    id_ = new_id()
    lead.add(NoticeContact(id=id_, contact_id=id_, audience=audience, **given))
    assert lead.sync().refused == []
    return id_


def signed(device: Device, council: Council, setting: str, day: date, **answers: str) -> str:
    visit = device.visit(setting, on=day, **answers)
    device.sign_off(visit, council.library)
    return visit


def mails(council: Council, state: str | None = None) -> list[OutgoingMail]:
    with council.database.reading() as session:
        found = list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.address)))
    return [mail for mail in found if state in (None, mail.state)]


def send(council: Council, post: Letterbox) -> tuple[int, int, int]:
    sending = NoticeSending(council.database, council.clock)
    with post.server().connected() as mailer:
        done = sending.send(mailer, "visitapp@council.example")
    return done.sent, done.failed, done.waiting


def test_a_changed_rating_is_told_to_the_audiences_of_the_policy(every_council: Council) -> None:
    lee, ann = every_council.lead("lee"), every_council.officer("ann")
    contact(lee)
    setting = ann.setting("Alder House")
    signed(ann, every_council, setting, DAY, **POOR)
    assert ann.sync().refused == []
    made = every_council.all(Notice)
    assert {notice.audience for notice in made} == EVERYBODY
    told = {notice.audience: notice for notice in made}
    closed, moved = told["brokerage"].text.splitlines()
    assert closed.startswith("No new placements at Alder House from 22 November 2026.")
    assert closed.endswith("Review 20 December 2026. Any exception: ask a senior manager.")
    assert moved == (
        "Alder House moved from Not rated to Red on 22 November 2026. Position: Closed to new."
    )
    assert told["safeguarding"].text == closed
    assert told["brokerage"].event == NoticeEvent.POSITION_CLOSED
    assert [n.audience for n in made if n.state == NoticeState.WAITING] == ["brokerage"]
    assert all(n.state == NoticeState.UNADDRESSED for n in made if n.audience != "brokerage")
    (mail,) = mails(every_council)
    assert (mail.address, mail.body) == ("duty@council.example", told["brokerage"].text)
    lee.sync()
    assert {n.id for n in lee.all(Notice)} == {n.id for n in made}
    with every_council.database.reading() as session:
        events = [entry.what for entry in session.scalars(select(AuditEntry))]
    assert events.count("notice_made") == 1


def test_three_late_visits_of_one_round_make_one_notice_for_each_audience(
    council: Council,
) -> None:
    ann = council.officer("ann")
    setting = ann.setting()
    signed(ann, council, setting, DAY - timedelta(days=20), **FAIR)
    assert ann.sync().refused == []
    before = len(council.all(Notice))
    for days, answers in ((9, POOR), (8, FAIR), (7, POOR)):
        signed(ann, council, setting, DAY - timedelta(days=days), **answers)
    assert ann.sync().refused == []
    made = council.all(Notice)[before:]
    assert {notice.audience for notice in made} == EVERYBODY
    assert len(made) == len(EVERYBODY)
    assert all(
        "moved from Amber to Red" in notice.text for notice in made if notice.audience in AUDIENCES
    )


def test_what_ends_where_it_began_tells_nobody(council: Council) -> None:
    ann = council.officer("ann")
    setting = ann.setting()
    signed(ann, council, setting, DAY - timedelta(days=20), **POOR)
    assert ann.sync().refused == []
    before = len(council.all(Notice))
    signed(ann, council, setting, DAY - timedelta(days=10), **POOR)
    assert ann.sync().refused == []
    assert len(council.all(Rating)) == 2
    assert len(council.all(Notice)) == before


def test_an_improvement_is_told_when_it_is_approved(council: Council) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    setting = ann.setting()
    signed(ann, council, setting, DAY - timedelta(days=20), **POOR)
    ann.sync()
    before = len(council.all(Notice))
    visit = signed(ann, council, setting, DAY, **GOOD)
    ann.sync()
    assert len(council.all(Notice)) == before
    lee.sync()
    lee.review(visit, "approved")
    assert lee.sync().refused == []
    made = council.all(Notice)[before:]
    assert {notice.audience for notice in made} == AUDIENCES
    assert all("moved from Red to Green" in notice.text for notice in made)


def test_nobody_makes_or_changes_a_notice_from_a_device(council: Council) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    setting = ann.setting()
    signed(ann, council, setting, DAY, **POOR)
    ann.sync()
    notice = council.all(Notice)[0]
    made = create(
        lee, "notice", setting_id=setting, event="rating_changed", audience="brokerage",
        text="All is well.", policy_version="1",
    )  # fmt: skip
    results = push(lee, made, update("notice", notice.id, text="All is well."))
    assert [result.status for result in results] == ["refused", "refused"]
    assert council.get(Notice, notice.id).text == notice.text
    assert len(council.all(Notice)) == len(EVERYBODY)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INTERVENTION, Role.MANAGER, Role.VIEWER])
def test_only_those_who_review_choose_who_receives_notices(council: Council, role: Role) -> None:
    council.user("max", role)
    max_ = council.device("max")
    (result,) = push(
        max_, create(max_, "notice_contact", contact_id=new_id(), audience="brokerage", name="Me")
    )
    assert (result.status, result.code) == ("refused", Code.NOT_ALLOWED)


def test_a_viewer_receives_no_notice(council: Council) -> None:
    council.user("vic", Role.VIEWER)
    vic, ann = council.device("vic"), council.officer("ann")
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    vic.sync()
    assert len(vic.all(Rating)) == 1
    assert vic.all(Notice) == []


def test_messages_are_sent_once_and_the_notice_says_so(
    any_council: Council, post: Letterbox
) -> None:
    council = any_council
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee)
    contact(lee, email="second@council.example")
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    assert send(council, post) == (2, 0, 0)
    assert send(council, post) == (0, 0, 0)
    assert sorted(post.addresses) == ["duty@council.example", "second@council.example"]
    message = post.received[0]
    assert message["Message-ID"] == mails(council)[0].message_id
    assert message["Subject"] == "Alder House: change to rating or placements"
    assert message.get_content().splitlines() == mails(council)[0].body.splitlines()
    lee.sync()
    (notice,) = [n for n in lee.all(Notice) if n.audience == "brokerage"]
    assert (notice.state, notice.recipients) == (NoticeState.SENT, 2)
    assert notice.sent_at is not None


def test_a_refused_address_fails_and_the_others_are_sent(council: Council, post: Letterbox) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee)
    contact(lee, email="gone@council.example")
    post.refuse["gone@council.example"] = "550 No such box"
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    assert send(council, post) == (1, 1, 0)
    lee.sync()
    (notice,) = [n for n in lee.all(Notice) if n.audience == "brokerage"]
    assert (notice.state, notice.error) == (NoticeState.FAILED, "550 No such box")
    post.refuse.clear()
    assert NoticeSending(council.database, council.clock).release() == 1
    assert send(council, post) == (1, 0, 0)
    lee.sync()
    (notice,) = [n for n in lee.all(Notice) if n.audience == "brokerage"]
    assert (notice.state, notice.error) == (NoticeState.SENT, "")
    with council.database.reading() as session:
        found = session.scalars(select(AuditEntry.what).order_by(AuditEntry.number))
        told = [what for what in found if what.startswith("notice")]
        assert verify(session.connection()).bad is None
    made, sent = AuditEvent.NOTICE_MADE, AuditEvent.NOTICE_SENT
    failed, released = AuditEvent.NOTICE_FAILED, AuditEvent.NOTICES_RELEASED
    assert told == [made, sent, failed, released, sent]


def test_a_busy_server_is_tried_again_later_and_given_up_in_the_end(
    council: Council, post: Letterbox
) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee)
    post.refuse["duty@council.example"] = "450 Try again later"
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    for attempt in range(1, TRIES):
        assert send(council, post) == (0, 0, 1), attempt
        assert not NoticeSending(council.database, council.clock).due()
        council.clock.now += timedelta(days=1, minutes=1)
    assert send(council, post) == (0, 1, 0)
    assert mails(council)[0].error == "450 Try again later"


def test_no_mail_server_loses_nothing(council: Council, post: Letterbox) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee)
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    with mail_server() as gone:
        port = gone.port
    with pytest.raises(EnvironmentProblem) as why, post.server(port).connected():
        pass
    assert why.value.code == Code.MAIL_UNREACHABLE
    assert send(council, post) == (1, 0, 0)


def test_a_crash_while_sending_repeats_the_same_message_id(
    council: Council, post: Letterbox
) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee)
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    sending = NoticeSending(council.database, council.clock)
    with post.server().connected() as mailer, pytest.raises(KeyboardInterrupt):
        sending.send(Dying(mailer), "visitapp@council.example")
    assert send(council, post) == (0, 0, 1), "another run leaves what is claimed alone"
    council.clock.now += timedelta(minutes=11)
    assert send(council, post) == (1, 0, 0)
    assert len({message["Message-ID"] for message in post.received}) == 1
    assert len(post.received) == 2


def test_a_district_receives_only_its_own(council: Council) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee, district="North")
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    assert mails(council) == []


def test_the_digest_is_made_once_on_its_day(council: Council, post: Letterbox) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee, "directors", email="directors@council.example")
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    assert weekly_digest(council.database, council.clock) == [], "22 November 2026 is a Sunday"
    council.clock.now += timedelta(days=1)
    assert weekly_digest(council.database, council.clock) == ["Weekly digest: 1 message made."]
    assert weekly_digest(council.database, council.clock) == ["Weekly digest: 0 messages made."]
    assert send(council, post) == (1, 0, 0)
    (message,) = post.received
    assert message["Subject"] == "Care quality: changes in the week to 23 November 2026"
    assert message.get_content().count("moved from Not rated to Red") == 1


def test_a_contact_that_was_removed_receives_nothing(council: Council) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    id_ = contact(lee)
    ended = {"name": "Duty desk", "email": "duty@council.example", "active": False}
    lee.add(NoticeContact(contact_id=id_, audience="brokerage", **ended))
    assert lee.sync().refused == []
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    assert mails(council) == []


def test_a_notice_that_is_gone_from_the_list_does_not_stop_the_sending(
    council: Council, post: Letterbox
) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    contact(lee)
    signed(ann, council, ann.setting(), DAY, **POOR)
    ann.sync()
    with council.database.storing() as connection:
        connection.execute(delete(Notice))
    assert send(council, post) == (1, 0, 0)


def test_a_decision_on_placements_is_told_with_its_condition(council: Council) -> None:
    council.user("max", Role.MANAGER)
    ann, max_ = council.officer("ann"), council.device("max")
    setting = ann.setting("Alder House")
    signed(ann, council, setting, DAY, **POOR)
    ann.sync()
    max_.sync()
    before = len(council.all(Notice))
    decide(max_, setting, "closed")
    assert max_.sync().refused == []
    assert len(council.all(Notice)) == before, "a confirmation says nothing new"
    decide(max_, setting, "conditional", condition="Two nurses on each shift")
    assert max_.sync().refused == []
    made = council.all(Notice)[before:]
    assert {notice.audience for notice in made} == EVERYBODY
    assert {notice.text for notice in made} == {
        "Placements at Alder House continue on one condition: Two nurses on each shift. "
        "Review 20 December 2026."
    }
    decide(max_, setting, "open")
    assert max_.sync().refused == []
    assert {n.event for n in council.all(Notice)[-len(EVERYBODY) :]} == {NoticeEvent.POSITION_OPEN}


def test_a_hold_that_lapses_is_told(council: Council) -> None:
    council.user("max", Role.MANAGER)
    max_, lee, ann = council.device("max"), council.lead("lee"), council.officer("ann")
    setting = ann.setting("Alder House")
    for device in (ann, max_):
        device.sync()
    decide(max_, setting, "open", from_on=DAY - timedelta(days=9))
    for device in (max_, lee):
        assert device.sync().refused == []
    held = {"interim": True, "source": "embargo", "lapses_on": DAY + timedelta(days=3)}
    decide(lee, setting, "closed", **held)
    assert lee.sync().refused == []
    before = len(council.all(Notice))
    council.clock.now += timedelta(days=6)
    assert lapse_holds(council.database, council.clock) == ["Emergency holds that lapsed: 1."]
    made = council.all(Notice)[before:]
    assert {notice.audience for notice in made} == EVERYBODY
    assert {notice.text for notice in made} == {
        "Placements at Alder House are open again from 28 November 2026."
    }
