"""A new version arrives by sync: a draft keeps its own, a new visit takes the newest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.format.faults import FaultyForm
from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.answers import best_answers
from tests.support.forms.versions import CURRENT, NEWER, library_with, newer_text
from tests.support.storage.statements import asked_of
from tests.support.terminal.commands import Council
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.records import PublishedForm
from visitapp.services.services import Services

A, B, C = CURRENT, NEWER, "2099.2"
KINDER = newer_text(FORM, ("score: 0.5,", "score: 0.9,"))
"""Version B: what is partly met counts for more."""
LATER = KINDER.replace(B, C)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    council = Council(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}")
    council.add_user("ann", "officer", "East")
    council.add_user("lee", "lead", "East")
    with council.serving() as url:
        yield url


@pytest.fixture
def lee(tmp_path: Path, clock: Clock, server: str) -> Iterator[Services]:
    """The team lead's laptop."""
    with open_desk(tmp_path / "lee", clock, MemoryKeyring()) as opened:
        opened.connection.connect(server, "lee", "lee")
        yield opened


def partly(services: Services, visit_id: str) -> None:
    """Answer everything as well as can be, and one question partly."""
    answers = best_answers(services.visits.form(visit_id))
    services.visits.answer_all(visit_id, answers)
    services.visits.answer(visit_id, "provider_oversight", value="partly", note="One visit.")


def test_a_draft_keeps_its_version_and_a_new_visit_takes_the_newest(
    services: Services, homes: list[str], lee: Services, server: str
) -> None:
    services.connection.connect(server, "ann", "ann")
    draft = services.visits.start(homes[0], FORM)
    partly(services, draft.id)
    before = services.visits.outcome(draft.id)
    lee.form_publishing.publish(KINDER, "kinder.yaml")
    services.connection.sync()
    versions = services.desk.library.versions(FORM)
    assert (A in versions, B in versions) == (True, True)
    assert services.visits.form(draft.id).version == A
    assert services.visits.outcome(draft.id) == before
    started = services.visits.start(homes[1], FORM)
    assert started.form_version == versions[-1] != A
    partly(services, started.id)
    assert services.visits.sign_off(started.id).summary.status == "signed_off"
    assert services.visits.sign_off(draft.id).outcome == before
    assert services.connection.sync().refused == []


def test_a_draft_is_moved_on_purpose(
    services: Services, homes: list[str], lee: Services, server: str
) -> None:
    services.connection.connect(server, "ann", "ann")
    draft = services.visits.start(homes[0], FORM)
    partly(services, draft.id)
    lee.form_publishing.publish(LATER, "later.yaml")
    services.connection.sync()
    told = services.visits.version_changes(draft.id)
    assert (told.from_version, told.to_version) == (A, C)
    assert told.after.areas[0].percent > (told.before.areas[0].percent or 0)
    moved = services.visits.move_to_version(draft.id)
    assert moved.outcome.areas == told.after.areas
    assert services.visits.sign_off(draft.id).summary.form_version == C
    assert services.connection.sync().refused == []


def test_older_versions_stay_open_beside_the_newest(
    lee: Services,
) -> None:
    lee.form_publishing.publish(KINDER, "kinder.yaml")
    lee.form_publishing.publish(LATER, "later.yaml")
    lee.connection.sync()
    assert [lee.desk.library.form(FORM, version).version for version in (A, B, C)] == [A, B, C]
    assert lee.desk.library.form(FORM).version == C
    assert lee.desk.library.text(FORM, B) == KINDER


def test_a_visit_on_a_form_that_is_not_here_says_so_and_breaks_nothing(
    tmp_path: Path, services: Services, homes: list[str], server: str, clock: Clock
) -> None:
    """A colleague's laptop has a later program."""
    services.connection.connect(server, "ann", "ann")
    services.connection.sync()
    later = library_with(tmp_path / "later", newer_text(FORM).replace(B, "2199.9"))
    with open_desk(tmp_path / "other", clock, MemoryKeyring(), later) as other:
        other.connection.connect(server, "ann", "ann")
        other.connection.sync()
        visit = other.visits.start(homes[0], FORM)
        assert visit.form_version == "2199.9"
        other.visits.answer(visit.id, "referrals", value="met")
        other.connection.sync()
    services.connection.sync()
    assert visit.id in {one.id for one in services.visits.list()}
    assert services.portfolio.rows()
    assert services.settings.view(homes[0]).visits
    with pytest.raises(NotFound) as missing:
        services.visits.view(visit.id)
    assert str(missing.value) == (
        f"There is no form {FORM}, version 2199.9 on this device. Sync. If the form is still"
        " missing, update Visitapp. Your recorded work is safe."
    )
    with pytest.raises(NotFound):
        services.visits.answer(visit.id, "referrals", value="not_met")
    with pytest.raises(NotFound):
        services.visits.sign_off(visit.id)


def test_an_altered_form_is_not_used_and_the_visit_is_untouched(
    services: Services,
    homes: list[str],
    lee: Services,
    server: str,
    clock: Clock,
    keyring: MemoryKeyring,
) -> None:
    services.connection.connect(server, "ann", "ann")
    lee.form_publishing.publish(KINDER, "kinder.yaml")
    services.connection.sync()
    visit = services.visits.start(homes[0], FORM)
    services.visits.answer(visit.id, "referrals", value="met")
    with services.desk.database.applying() as session:
        kept = session.query(PublishedForm).filter_by(version=visit.form_version).one()
        kept.text = kept.text.replace("score: 0.9,", "score: 1,", 1)
    with open_desk(services.directory.path.parent, clock, keyring) as again:
        with pytest.raises(Refused) as altered:
            again.visits.view(visit.id)
        assert altered.value.code == Code.FORM_ALTERED
        assert visit.id in {one.id for one in again.visits.list()}
        assert again.visits.list(status="draft")


def test_an_officer_is_told_before_anything_is_sent(services: Services, server: str) -> None:
    services.connection.connect(server, "ann", "ann")
    with pytest.raises(NotAllowed, match="team lead"):
        services.form_publishing.publish(KINDER, "kinder.yaml")


def test_faults_are_told_before_anything_is_asked(services: Services) -> None:
    faulty = KINDER.replace("kind: visit", "kind: audit").replace("from: 80", "from: eighty")
    with pytest.raises(FaultyForm) as refused:
        services.form_publishing.publish(faulty, "kinder.yaml")
    assert len(refused.value.faults) >= 2
    assert str(refused.value).startswith("kinder.yaml, line ")
    with pytest.raises(Refused) as unconnected:
        services.form_publishing.publish(KINDER, "kinder.yaml")
    assert unconnected.value.code == Code.NOT_CONNECTED


def test_answering_does_not_read_the_form_again(
    services: Services, homes: list[str], lee: Services, server: str
) -> None:
    services.connection.connect(server, "ann", "ann")
    lee.form_publishing.publish(KINDER, "kinder.yaml")
    services.connection.sync()
    visit = services.visits.start(homes[0], FORM)
    assert visit.form_version != A
    services.visits.answer(visit.id, "referrals", value="met")
    with asked_of(services.desk.database) as asked:
        services.visits.answer(visit.id, "referrals", value="not_met")
    assert asked
    assert [one for one in asked if "published_form" in one] == []


def test_an_older_version_is_not_published_unasked(services: Services) -> None:
    older = KINDER.replace(B, "0.9")
    with pytest.raises(Refused, match=r"Version 0\.9 is older than") as refused:
        services.form_publishing.publish(older, "older.yaml")
    assert refused.value.code == Code.FORM_OLDER
    with pytest.raises(Refused) as asked:
        services.form_publishing.publish(older, "older.yaml", older=True)
    assert asked.value.code == Code.NOT_CONNECTED
