"""Publishing policies: who may, what is refused, and which version a decision is taken under."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from forms.catalogue.read import digest
from sync.client.policies import publish_policy
from sync.server.audit.log import AuditEvent
from sync.wire import NewPassword, PolicyPublished
from tests.support.policies.texts import months_of_red, policy_text, red_within
from tests.support.sync.council import DAY, PASSWORD, Council, Device
from visitapp.errors import Code, LinkProblem, NotAllowed, Refused
from visitapp.records import AuditEntry, PublishedPolicy, Rating, Role
from visitapp.records.ids import published_policy_id
from visitapp.rules.policy.check import FaultyPolicy
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import shipped_policy
from visitapp.storage.database import Database
from visitapp.storage.policy_shelf import PolicyShelf

AT_SIGN_OFF = ("better_at: approval", "better_at: sign_off")
GREEN_AT_SIGN_OFF = ("first_green_at: approval", "first_green_at: sign_off")
NEXT_DAY = DAY + timedelta(days=1)
GOOD = {"plans": "met", "calls": "met"}
POOR = {"plans": "not_met", "calls": "not_met"}


def publish(device: Device, text: str) -> PolicyPublished:
    return publish_policy(device.database, device.transport, text)


def in_force(at: Device | Council, day: date = DAY) -> Policy:
    database: Database = at.database
    with database.reading() as session:
        return PolicyShelf(shipped_policy()).in_force(session.connection(), day)


def signed(device: Device, council: Council, setting: str, **answers: str) -> str:
    visit = device.visit(setting, on=DAY, **answers)
    device.sign_off(visit, council.library)
    assert device.sync().refused == []
    return visit


def ratings(council: Council) -> list[tuple[str, str, str]]:
    return [(row.rag, row.state, row.policy_version) for row in council.all(Rating)]


def test_a_published_policy_reaches_every_device(every_council: Council) -> None:
    lee, ann = every_council.lead("lee"), every_council.officer("ann", team="West")
    ann.sync()
    text = policy_text("2027.1", DAY, red_within(2))
    told = publish(lee, text)
    assert (told.version, told.in_force_from, told.digest) == ("2027.1", DAY, digest(text))
    for device in (lee, ann):
        assert in_force(device).version == "2026.1"
        device.sync()
        assert in_force(device) == in_force(every_council)
        assert months_of_red(in_force(device)) == 2
        assert device.outbox() == []


def test_a_viewer_gets_no_policy(council: Council) -> None:
    lee = council.lead("lee")
    council.user("vic", Role.VIEWER)
    vic = council.device("vic")
    publish(lee, policy_text("2027.1", DAY))
    vic.sync()
    assert vic.all(PublishedPolicy) == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INTERVENTION, Role.MANAGER, Role.VIEWER])
def test_other_roles_may_not_publish(council: Council, role: Role) -> None:
    council.user("pat", role)
    with pytest.raises(NotAllowed, match="team lead"):
        publish(council.device("pat"), policy_text("2027.1", DAY))
    assert council.all(PublishedPolicy) == []


def test_every_fault_is_told(every_council: Council) -> None:
    lee = every_council.lead("lee")
    faulty = policy_text("2027.1", DAY, red_within(0), ("id: falls", "id: medicines"))
    with pytest.raises(FaultyPolicy) as refused:
        publish(lee, faulty)
    assert refused.value.code == Code.POLICY_FAULTS
    assert len(refused.value.faults) == 2
    assert every_council.all(PublishedPolicy) == []


def test_the_same_text_again_is_answered_alike(any_council: Council) -> None:
    lee, kim = any_council.lead("lee"), any_council.lead("kim")
    text = policy_text("2027.1", DAY)
    first = publish(lee, text)
    any_council.clock.now += timedelta(days=40)
    kim.connect("kim")
    assert publish(kim, text.replace("\n", "\r\n")) == first
    (kept,) = any_council.all(PublishedPolicy)
    assert (kept.text, kept.created_by) == (text, lee.user_id)


def test_a_lost_answer_is_asked_for_again(council: Council) -> None:
    lee = council.lead("lee")
    lee.transport.lose_next = 1
    with pytest.raises(LinkProblem):
        publish(lee, policy_text("2027.1", DAY))
    assert publish(lee, policy_text("2027.1", DAY)).version == "2027.1"
    assert len(council.all(PublishedPolicy)) == 1


def test_a_version_never_changes(any_council: Council) -> None:
    lee = any_council.lead("lee")
    publish(lee, policy_text("2027.1", DAY))
    with pytest.raises(Refused, match=r"Version 2027\.1 of the policy was published") as refused:
        publish(lee, policy_text("2027.1", DAY, AT_SIGN_OFF))
    assert refused.value.code == Code.ALREADY_THERE
    (kept,) = any_council.all(PublishedPolicy)
    assert kept.text == policy_text("2027.1", DAY)


@pytest.mark.parametrize("version", ["2027.9", "2026.9", "2027.010"])
def test_a_version_that_is_not_newer_is_refused(any_council: Council, version: str) -> None:
    lee = any_council.lead("lee")
    publish(lee, policy_text("2027.10", DAY))
    with pytest.raises(Refused, match=r"not newer than 2027\.10") as refused:
        publish(lee, policy_text(version, DAY))
    assert refused.value.code == Code.POLICY_OLDER
    assert len(any_council.all(PublishedPolicy)) == 1


def test_a_day_that_has_passed_is_refused(any_council: Council) -> None:
    lee = any_council.lead("lee")
    with pytest.raises(Refused, match="has passed") as refused:
        publish(lee, policy_text("2027.1", DAY - timedelta(days=1)))
    assert refused.value.code == Code.BAD_VALUE
    assert any_council.all(PublishedPolicy) == []


def test_the_version_that_ships_is_published_only_as_it_is(council: Council) -> None:
    lee = council.lead("lee")
    with pytest.raises(Refused, match="comes with the program") as refused:
        publish(lee, policy_text("2026.1", DAY))
    assert refused.value.code == Code.ALREADY_THERE


def test_publishing_is_in_the_audit_log_once(council: Council) -> None:
    lee = council.lead("lee")
    told = publish(lee, policy_text("2027.1", DAY))
    publish(lee, policy_text("2027.1", DAY))
    with council.database.reading() as session:
        published = select(AuditEntry).where(AuditEntry.what == AuditEvent.PUBLISHED)
        (entry,) = session.scalars(published).all()
    assert entry.user_id == lee.user_id
    assert told.digest in entry.detail


@pytest.mark.parametrize("made_by", ["officer", "lead"])
def test_a_policy_sent_as_a_record_is_refused(any_council: Council, made_by: str) -> None:
    device = any_council.officer("ann") if made_by == "officer" else any_council.lead("lee")
    text = policy_text("2027.1", DAY)
    slipped = PublishedPolicy(
        id=published_policy_id("2027.1"),
        version="2027.1",
        in_force_from=DAY,
        digest=digest(text),
        text=text,
    )
    device.add(slipped)
    (refused,) = device.sync().refused
    assert (refused.kind, refused.code) == ("published_policy", Code.NOT_ALLOWED)
    assert any_council.all(PublishedPolicy) == []


def test_the_server_applies_the_version_in_force_on_receipt(any_council: Council) -> None:
    """Signed under one policy, offline, and received under the next: the rating is made, and
    stored, under the one that was in force at the server."""
    lee, ann = any_council.lead("lee"), any_council.officer("ann")
    home = ann.setting()
    signed(ann, any_council, home, **POOR)
    offline = ann.visit(home, on=DAY, **GOOD)
    ann.sign_off(offline, any_council.library)
    publish(lee, policy_text("2027.1", DAY, AT_SIGN_OFF))
    assert ann.sync().refused == []
    assert ratings(any_council) == [
        ("red", "stands", "2026.1"),
        ("green", "stands", "2027.1"),
    ]
    ann.sync()
    assert {(row.rag, row.policy_version) for row in ann.all(Rating)} == {
        ("red", "2026.1"),
        ("green", "2027.1"),
    }


def test_a_version_applies_from_its_day_and_the_newest_one_wins(any_council: Council) -> None:
    lee, ann = any_council.lead("lee"), any_council.officer("ann")
    publish(lee, policy_text("2027.1", NEXT_DAY, GREEN_AT_SIGN_OFF))
    signed(ann, any_council, ann.setting(), **GOOD)
    any_council.clock.now += timedelta(days=1)
    for device in (lee, ann):
        assert device.user is not None
        device.connect(device.user.name)
    signed(ann, any_council, ann.setting("Beech House"), **GOOD)
    publish(lee, policy_text("2027.2", NEXT_DAY))
    signed(ann, any_council, ann.setting("Cedar House"), **GOOD)
    assert ratings(any_council) == [
        ("green", "proposed", "2026.1"),
        ("green", "stands", "2027.1"),
        ("green", "proposed", "2027.2"),
    ]


def test_a_review_is_decided_under_the_policy_of_its_day(any_council: Council) -> None:
    lee, ann = any_council.lead("lee"), any_council.officer("ann")
    visit = signed(ann, any_council, ann.setting(), **GOOD)
    publish(lee, policy_text("2027.1", DAY))
    lee.sync()
    lee.review(visit, "approved")
    assert lee.sync().refused == []
    assert ratings(any_council) == [
        ("green", "proposed", "2026.1"),
        ("green", "stands", "2027.1"),
    ]


def test_the_days_ahead_are_those_in_force(any_council: Council) -> None:
    lee, ann = any_council.lead("lee"), any_council.officer("ann")
    publish(lee, policy_text("2027.1", DAY, ("days_ahead: 1", "days_ahead: 0")))
    visit = ann.visit(ann.setting(), on=NEXT_DAY, **GOOD)
    ann.sign_off(visit, any_council.library)
    (refused,) = ann.sync().refused
    assert refused.code == Code.BAD_VALUE
    assert "before its date" in str(refused.text)


def test_a_new_password_is_as_long_as_the_policy_asks(any_council: Council) -> None:
    lee = any_council.lead("lee")
    publish(lee, policy_text("2027.1", DAY, ("shortest: 12", "shortest: 20")))
    asked = NewPassword(
        name="lee", password=PASSWORD, device_id="laptop", new_password="seven purple owls"
    )
    with pytest.raises(Refused, match="at least 20 characters"):
        any_council.server.accounts.change_password(asked)
    with pytest.raises(Refused, match="at least 20 characters"):
        any_council.admin.add_user("kim", Role.OFFICER, "East", "", "seven purple owls")


def test_two_devices_work_offline_under_what_they_last_received(any_council: Council) -> None:
    """Each by its own copy; both decisions are then those of the server's policy."""
    lee, ann, bob = any_council.lead("lee"), any_council.officer("ann"), any_council.officer("bob")
    homes = {device.name: device.setting() for device in (ann, bob)}
    for device in (ann, bob):
        device.sync()
    publish(lee, policy_text("2027.1", DAY, GREEN_AT_SIGN_OFF))
    ann.sync()
    assert (in_force(ann).version, in_force(bob).version) == ("2027.1", "2026.1")
    for device in (ann, bob):
        visit = device.visit(homes[device.name], on=DAY, **GOOD)
        device.sign_off(visit, any_council.library)
    for device in (bob, ann):
        assert device.sync().refused == []
    assert ratings(any_council) == [("green", "stands", "2027.1")] * 2
    assert in_force(bob).version == "2027.1"


def test_an_altered_policy_is_passed_over_and_named(
    council: Council, caplog: pytest.LogCaptureFixture
) -> None:
    lee = council.lead("lee")
    publish(lee, policy_text("2027.1", DAY, red_within(2)))
    publish(lee, policy_text("2027.2", DAY, red_within(1)))
    altered = update(PublishedPolicy).where(PublishedPolicy.version == "2027.2")
    with council.database.applying() as session:
        session.execute(altered.values(text=policy_text("2027.2", DAY)))
    assert in_force(council).version == "2027.1"
    assert any(record.message == "policy-unusable" for record in caplog.records)
    with council.database.reading() as session, pytest.raises(Refused) as refused:
        PolicyShelf(shipped_policy()).text(session.connection(), "2027.2")
    assert refused.value.code == Code.POLICY_ALTERED


def test_a_policy_is_used_as_soon_as_its_text_is_right_again(
    council: Council, caplog: pytest.LogCaptureFixture
) -> None:
    publish(council.lead("lee"), policy_text("2027.1", DAY, red_within(2)))
    shelf = PolicyShelf(shipped_policy())
    versions = []
    for text in (
        policy_text("2027.1", DAY),
        None,
        policy_text("2027.1", DAY, red_within(2)),
    ):
        with council.database.applying() as session:
            if text is not None:
                session.execute(update(PublishedPolicy).values(text=text))
            versions.append(shelf.in_force(session.connection(), DAY).version)
    shipped = shipped_policy().version
    assert versions == [shipped, shipped, "2027.1"]
    assert [record.message for record in caplog.records].count("policy-unusable") == 1
