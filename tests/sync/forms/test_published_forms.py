"""Publishing forms: who may, what is refused, how a version reaches devices and the re-rating."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select, update

from forms.catalogue.catalogue import Library
from forms.catalogue.read import digest
from forms.catalogue.sources import PUBLISHED
from forms.format.faults import FaultyForm
from sync.client.account import connect
from sync.client.forms import publish_form
from sync.client.link.transport import HttpTransport
from sync.server.audit.log import AuditEvent
from sync.server.http.app import Server
from sync.wire import FormPublished
from tests.support.server.http_server import http_server
from tests.support.sync.council import FORM, PASSWORD, Council, Device
from visitapp.errors import Code, LinkProblem, NotAllowed, Refused
from visitapp.records import AuditEntry, Outbox, PublishedForm, Role, Step, Visit, VisitStatus
from visitapp.records.ids import published_form_id
from visitapp.storage.form_shelf import FormShelf

NEWER = FORM.replace('version: "1"', 'version: "2"')
KINDER = NEWER.replace("score: 0.5", "score: 0.75")


def publish(device: Device, text: str) -> FormPublished:
    return publish_form(device.database, device.transport, text)


def library(device: Device) -> Library:
    """The library of a device that ships no form."""
    return Library().beside(FormShelf.of(device.database))


def pin(device: Device, visit: str, version: str) -> None:
    device.edit(Visit, visit, form_version=version)


def test_a_published_form_reaches_every_device(every_council: Council) -> None:
    lee, ann = every_council.lead("lee"), every_council.officer("ann", team="West")
    ann.sync()
    told = publish(lee, NEWER)
    assert (told.form_id, told.version, told.kind) == ("short", "2", "visit")
    assert told.digest == digest(NEWER)
    for device in (lee, ann):
        device.sync()
        (summary,) = library(device).summaries()
        assert (summary.id, summary.version, summary.title) == ("short", "2", told.title)
        assert (summary.source, summary.published_at) == (PUBLISHED, told.published_at)
        assert summary.applies_to == ("residential",)
        assert library(device).form("short", "2").digest == told.digest
        assert device.outbox() == []


def test_a_viewer_has_no_visits_and_gets_no_forms(council: Council) -> None:
    lee = council.lead("lee")
    council.user("vic", Role.VIEWER)
    vic = council.device("vic")
    publish(lee, NEWER)
    vic.sync()
    assert vic.all(PublishedForm) == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INTERVENTION, Role.MANAGER, Role.VIEWER])
def test_other_roles_may_not_publish(council: Council, role: Role) -> None:
    council.user("pat", role)
    with pytest.raises(NotAllowed, match="team lead"):
        publish(council.device("pat"), NEWER)
    assert council.all(PublishedForm) == []


def test_an_administrator_may_publish(council: Council) -> None:
    council.user("kim", Role.ADMIN)
    assert publish(council.device("kim"), NEWER).version == "2"


def test_a_stranger_may_not(council: Council) -> None:
    with pytest.raises(NotAllowed) as refused:
        council.server.forms.publish("nobody's token", NEWER)
    assert refused.value.code == Code.SIGN_IN_AGAIN


def test_every_fault_is_told(council: Council) -> None:
    lee = council.lead("lee")
    faulty = NEWER.replace("from: 80", "from: eighty").replace("kind: visit", "kind: audit")
    with pytest.raises(FaultyForm) as refused:
        publish(lee, faulty)
    assert refused.value.code == Code.FORM_FAULTS
    assert len(refused.value.faults) >= 2
    assert {fault.line for fault in refused.value.faults} >= {3, 14}
    assert all(fault.remedy for fault in refused.value.faults)
    assert council.all(PublishedForm) == []


def test_the_same_text_again_is_answered_alike(any_council: Council) -> None:
    lee, kim = any_council.lead("lee"), any_council.lead("kim")
    first = publish(lee, NEWER)
    assert publish(lee, NEWER) == first
    assert publish(kim, NEWER.replace("\n", "\r\n")) == first
    (kept,) = any_council.all(PublishedForm)
    assert (kept.text, kept.created_by) == (NEWER, lee.user_id)


def test_publishing_is_in_the_audit_log_once(council: Council) -> None:
    lee = council.lead("lee")
    told = publish(lee, NEWER)
    publish(lee, NEWER)
    with council.database.reading() as session:
        published = select(AuditEntry).where(AuditEntry.what == AuditEvent.PUBLISHED)
        (entry,) = session.scalars(published).all()
    assert entry.user_id == lee.user_id
    assert told.digest in entry.detail


def test_a_version_never_changes(every_council: Council) -> None:
    lee = every_council.lead("lee")
    publish(lee, NEWER)
    with pytest.raises(Refused, match="Version 2 of the form short was published") as refused:
        publish(lee, KINDER)
    assert refused.value.code == Code.ALREADY_THERE
    (kept,) = every_council.all(PublishedForm)
    assert kept.text == NEWER


def test_a_version_that_ships_is_published_only_as_it_is(council: Council) -> None:
    lee = council.lead("lee")
    with pytest.raises(Refused, match="comes with the program") as refused:
        publish(lee, FORM.replace("score: 0.5", "score: 0.75"))
    assert refused.value.code == Code.ALREADY_THERE
    assert publish(lee, FORM).version == "1"


def test_a_lost_answer_is_asked_for_again(council: Council) -> None:
    lee = council.lead("lee")
    lee.transport.lose_next = 1
    with pytest.raises(LinkProblem):
        publish(lee, NEWER)
    assert publish(lee, NEWER).version == "2"
    assert len(council.all(PublishedForm)) == 1


def test_an_ended_sign_in_is_renewed_once(council: Council) -> None:
    lee = council.lead("lee")
    council.clock.now = council.clock.now.replace(hour=12)
    assert publish(lee, NEWER).version == "2"


def slipped_in() -> PublishedForm:
    """Version 2 as a record like any other, past the publishing."""
    return PublishedForm(
        id=published_form_id("short", "2"),
        form_id="short",
        version="2",
        kind="visit",
        title="Mine",
        digest=digest(KINDER),
        text=KINDER,
    )


@pytest.mark.parametrize("made_by", ["officer", "lead"])
def test_a_form_sent_as_a_record_is_refused(council: Council, made_by: str) -> None:
    device = council.officer("ann") if made_by == "officer" else council.lead("lee")
    device.add(slipped_in())
    (refused,) = device.sync().refused
    assert (refused.kind, refused.code) == ("published_form", Code.NOT_ALLOWED)
    assert council.all(PublishedForm) == []


def test_a_record_of_another_text_never_replaces_one(council: Council) -> None:
    lee = council.lead("lee")
    publish(lee, NEWER)
    lee.add(slipped_in())
    (refused,) = lee.sync().refused
    assert refused.code == Code.ALREADY_THERE
    (kept,) = council.all(PublishedForm)
    assert kept.text == NEWER


def test_of_two_that_publish_one_version_exactly_one_wins(any_council: Council) -> None:
    texts = [NEWER.replace("short form", f"form of lead {number}") for number in range(6)]
    leads = [any_council.lead(f"lead {number}") for number in range(6)]
    together = threading.Barrier(len(leads))
    outcomes: list[str] = []

    def attempt(device: Device, text: str) -> None:
        together.wait()
        try:
            outcomes.append(publish(device, text).digest)
        except Refused as refused:
            outcomes.append(refused.code)

    threads = [
        threading.Thread(target=attempt, args=pair) for pair in zip(leads, texts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = any_council.all(PublishedForm)
    assert sorted(outcomes) == sorted([kept.digest, *[Code.ALREADY_THERE] * 5])


def test_a_signed_off_visit_is_rated_again_on_a_published_form(every_council: Council) -> None:
    lee, ann = every_council.lead("lee"), every_council.officer("ann")
    publish(lee, KINDER)
    ann.sync()
    visits = [ann.visit(ann.setting(), plans="partly", calls="met") for _ in range(2)]
    for visit, lie in zip(visits, ({}, {"percent": 74}), strict=True):
        pin(ann, visit, "2")
        ann.sync()
        ann.sign_off(visit, library(ann), **lie)
    assert ann.get(Visit, visits[0]).outcome["percent"] == 87
    (refused,) = ann.sync().refused
    refused_step = ann.get(Step, refused.id)
    assert (refused_step.record_id, refused.code) == (visits[1], Code.OUTCOME_DIFFERS)
    assert every_council.get(Visit, visits[0]).status == VisitStatus.SIGNED_OFF
    assert every_council.get(Visit, visits[1]).status == VisitStatus.DRAFT


def test_a_worker_rates_on_a_form_that_another_worker_published(any_council: Council) -> None:
    """Each has a library of its own and has looked at it before."""
    lee, ann = any_council.lead("lee"), any_council.officer("ann")
    visit = ann.visit(ann.setting(), plans="partly", calls="met")
    pin(ann, visit, "2")
    ann.sign_off(visit, Library(_folder(any_council, KINDER)))
    (refused,) = ann.sync().refused
    assert refused.code == Code.NOT_FOUND
    other = Server(any_council.database, Library(), any_council.clock, evidence_key=bytes(32))
    token = lee.state("access_token")
    other.forms.publish(token, KINDER)
    ann.edit(Visit, visit, announced=False)
    with ann.database.applying() as session:
        session.execute(update(Outbox).values(refused_code=None, refused_text=None))
    assert ann.sync().refused == []
    assert any_council.get(Visit, visit).status == VisitStatus.SIGNED_OFF


def _folder(council: Council, text: str) -> Path:
    folder = council.folder / "theirs"
    folder.mkdir()
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    return folder


def test_an_altered_form_is_refused_by_device_and_server(council: Council) -> None:
    lee, ann = council.lead("lee"), council.officer("ann")
    publish(lee, NEWER)
    ann.sync()
    visit = ann.visit(ann.setting(), plans="partly", calls="met")
    pin(ann, visit, "2")
    ann.sync()
    ann.sign_off(visit, library(ann))
    for database in (council.database, ann.database):
        with database.applying() as session:
            session.execute(update(PublishedForm).values(text=KINDER))
    with pytest.raises(Refused) as altered:
        library(ann).form("short", "2")
    assert altered.value.code == Code.FORM_ALTERED
    (refused,) = ann.sync().refused
    assert refused.code == Code.FORM_ALTERED
    assert council.get(Visit, visit).status == VisitStatus.DRAFT
    assert ann.get(Visit, visit).status == VisitStatus.SIGNED_OFF


def test_a_form_of_a_newer_format_says_to_update(council: Council) -> None:
    ann = council.officer("ann")
    strange = NEWER.replace("kind: visit", "kind: visit\nlatest_idea: yes")
    with ann.database.applying() as session:
        session.add(
            PublishedForm(
                id=published_form_id("short", "2"),
                created_at=ann.clock(),
                created_by="lee",
                form_id="short",
                version="2",
                kind="visit",
                title="Short",
                digest=digest(strange),
                text=strange,
            )
        )
    with pytest.raises(Refused, match="newer version of Visitapp"):
        library(ann).form("short")


def test_no_form_is_built_to_list_them(council: Council) -> None:
    lee = council.lead("lee")
    publish(lee, NEWER)
    lee.sync()
    with lee.database.applying() as session:
        session.execute(update(PublishedForm).values(text="not a form"))
    assert [s.version for s in library(lee).summaries()] == ["2"]


def test_over_http_the_limits_hold(council: Council) -> None:
    council.lead("lee")
    with http_server(council.server) as url:
        link = HttpTransport(url)
        kim = Device(council.folder / "kim", link, council.clock, "kim")
        council.user("kim", Role.LEAD)
        connect(kim.database, link, url, "kim", PASSWORD, "kim")
        with pytest.raises(Refused) as large:
            publish(kim, NEWER + "#" * 1_000_000)
        assert large.value.code == Code.BAD_REQUEST
        with pytest.raises(Refused) as empty:
            publish(kim, "")
        assert empty.value.code == Code.BAD_REQUEST
        with pytest.raises(FaultyForm):
            publish(kim, "a: [" * 1000)
        kim.close()
        link.close()
    assert council.all(PublishedForm) == []
