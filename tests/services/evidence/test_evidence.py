"""Photos and documents as a person keeps them."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.support.desk.desks import Clock, signed_off_visit
from tests.support.desk.pictures import jpeg, png
from visitapp.errors import BadFile, Code, EnvironmentProblem, NotFound, Refused
from visitapp.records import Evidence
from visitapp.services.evidence.given import Given, pixels
from visitapp.services.evidence.states import EvidenceState
from visitapp.services.services import Services
from visitapp.services.sync.prefetch import needed_soon

PHOTO = jpeg(3000, 1000, gps=True)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "Medicine_room.jpeg"
    file.write_bytes(PHOTO)
    return file


def question_of(services: Services, visit_id: str) -> str:
    return next(iter(services.visits.form(visit_id).questions))


def add(services: Services, visit_id: str, file: Path, title: str = "") -> str:
    return services.evidence.add(visit_id, question_of(services, visit_id), file, title).id


def test_a_photo_is_kept_encrypted_and_waits(
    services: Services, visit_id: str, photo: Path, tmp_path: Path
) -> None:
    question = question_of(services, visit_id)
    piece = services.evidence.add(visit_id, question, photo)
    assert (piece.kind, piece.title, piece.state) == (
        "photo",
        "Medicine room",
        EvidenceState.WAITING,
    )
    picture = Image.open(io.BytesIO(services.evidence.open(piece.id)))
    assert (picture.size, dict(picture.getexif())) == ((2048, 683), {})
    assert services.evidence.of_visit(visit_id) == [piece]
    assert services.visits.view(visit_id).evidence == [piece]
    state = services.connection.state()
    assert (state.photos_waiting, state.photos_total, state.photos_refused) == (1, 1, 0)
    for path in (tmp_path / "desk").rglob("*"):
        assert not path.is_file() or b"\xff\xd8\xff\xe0" not in path.read_bytes()


def test_it_answers_a_question_that_asks_for_a_photo_or_document(
    services: Services, visit_id: str, photo: Path
) -> None:
    add(services, visit_id, photo, "The medicine room")
    with services.desk.reading() as session:
        (piece,) = session.query(Evidence).all()
    assert (piece.setting_id, piece.visit_id) == (
        services.visits.view(visit_id).summary.setting_id,
        visit_id,
    )


def test_a_refused_file_changes_nothing(services: Services, visit_id: str, tmp_path: Path) -> None:
    bad = tmp_path / "photo.jpg"
    bad.write_bytes(PHOTO[: len(PHOTO) // 2])
    with pytest.raises(BadFile):
        add(services, visit_id, bad)
    with pytest.raises(BadFile) as missing:
        add(services, visit_id, tmp_path / "nowhere.jpg")
    assert missing.value.code == Code.FILE_MISSING
    assert services.evidence.of_visit(visit_id) == []
    assert not (tmp_path / "desk" / "evidence").exists()
    assert services.connection.state().photos_waiting == 0


def test_of_several_each_that_can_be_is_added(
    services: Services, visit_id: str, photo: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "IMG_2.jpg"
    bad.write_bytes(PHOTO[: len(PHOTO) // 2])
    given = [
        Given(photo.name, photo, title="The lock"),
        Given(bad.name, bad),
        Given("IMG_3.jpg", tmp_path / "IMG_3.jpg"),
        Given("Pasted picture", data=png(300, 200)),
        Given(photo.name, photo, title="x" * 300),
    ]
    told: list[tuple[int, int]] = []
    question = question_of(services, visit_id)
    added = services.evidence.add_all(visit_id, question, given, lambda *far: told.append(far))
    assert [piece.title for piece in added.pieces] == ["The lock", "Pasted picture"]
    assert services.evidence.of_visit(visit_id) == added.pieces
    assert {place: problem.code for place, problem in added.refused.items()} == {
        1: Code.FILE_UNREADABLE,
        2: Code.FILE_MISSING,
        4: Code.BAD_VALUE,
    }
    assert told == [(n, 5) for n in range(5)]


def test_several_for_a_signed_off_visit_are_all_refused(
    services: Services, homes: list[str], photo: Path
) -> None:
    view = signed_off_visit(services, homes[0])
    before = services.evidence.of_visit(view.summary.id)
    question = question_of(services, view.summary.id)
    given = [Given(photo.name, photo), Given(photo.name, photo)]
    added = services.evidence.add_all(view.summary.id, question, given)
    assert [problem.code for problem in added.refused.values()] == 2 * [Code.VISIT_FROZEN]
    assert services.evidence.of_visit(view.summary.id) == before


def test_a_preview_is_upright_and_small(tmp_path: Path) -> None:
    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(jpeg(400, 200, orientation=6))
    seen = pixels(Given(file.name, file), 100)
    assert (seen.width, seen.height, len(seen.rgba)) == (50, 100, 4 * 50 * 100)
    with pytest.raises(BadFile) as refused:
        pixels(Given("rota.txt", data=b"Two on at night."), 100)
    assert refused.value.code == Code.FILE_UNKNOWN


def test_a_signed_off_visit_takes_and_gives_up_nothing(
    services: Services, homes: list[str], photo: Path
) -> None:
    view = signed_off_visit(services, homes[0])
    with pytest.raises(Refused) as refused:
        add(services, view.summary.id, photo)
    assert refused.value.code == Code.VISIT_FROZEN
    for piece in services.evidence.of_visit(view.summary.id):
        with pytest.raises(Refused):
            services.evidence.remove(piece.id)


def test_removed_evidence_is_not_listed_and_its_bytes_wait(
    services: Services, visit_id: str, photo: Path
) -> None:
    piece = add(services, visit_id, photo)
    services.evidence.remove(piece)
    assert services.evidence.of_visit(visit_id) == []
    assert services.connection.state().photos_waiting == 1
    with pytest.raises(NotFound):
        services.evidence.open(piece)


def test_an_action_has_evidence_of_its_own(
    services: Services, homes: list[str], photo: Path
) -> None:
    action = services.actions.add(None, homes[0], "Mend the cupboard", services.desk.today())
    piece = services.evidence.add_to_action(action.id, photo, "The new lock")
    assert services.evidence.of_action(action.id) == [piece]
    services.evidence.remove(piece.id)
    assert services.evidence.of_action(action.id) == []


def test_it_is_put_where_the_person_chose(
    services: Services, visit_id: str, photo: Path, tmp_path: Path
) -> None:
    piece = add(services, visit_id, photo, "Room 3: the lock / new")
    folder = tmp_path / "out"
    folder.mkdir()
    out = services.evidence.export(piece, folder)
    assert out == folder / "Room 3- the lock - new.jpg"
    assert out.read_bytes() == services.evidence.open(piece)
    assert list(folder.iterdir()) == [out]
    with pytest.raises(EnvironmentProblem):
        services.evidence.export(piece, tmp_path / "no" / "such" / "photo.jpg")


def test_a_note_has_no_bytes(services: Services, visit_id: str) -> None:
    note = services.visits.add_evidence(
        visit_id, question_of(services, visit_id), "document", "Rota of November"
    )
    assert note.state == EvidenceState.NOTED
    with pytest.raises(Refused) as refused:
        services.evidence.open(note.id)
    assert refused.value.code == Code.BAD_VALUE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_in_another_encoding_becomes_a_title_that_can_be_stored(
    services: Services, visit_id: str, tmp_path: Path
) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9_\x07plan.txt")
    file.write_text("Seen on the day.", encoding="utf-8")
    piece = services.evidence.view(add(services, visit_id, file))
    assert (piece.title, piece.kind, piece.media_type) == ("caf? plan", "document", "text/plain")


def test_a_title_that_cannot_be_stored_is_refused(
    services: Services, visit_id: str, photo: Path
) -> None:
    with pytest.raises(Refused) as refused:
        add(services, visit_id, photo, "a\x00b")
    assert refused.value.code == Code.BAD_VALUE
    assert services.evidence.of_visit(visit_id) == []


def test_what_the_next_seven_days_need(
    services: Services, visit_id: str, photo: Path, clock: Clock
) -> None:
    """A draft's own evidence is needed on its day; a month later nobody goes there any more."""
    piece = services.evidence.view(add(services, visit_id, photo))
    assert needed_soon(services.desk) == [(piece.sha256, piece.size)]
    services.visits.set_details(visit_id, visited_on=services.desk.today() + timedelta(days=7))
    assert needed_soon(services.desk) == [(piece.sha256, piece.size)]
    services.visits.set_details(visit_id, visited_on=services.desk.today() + timedelta(days=8))
    assert needed_soon(services.desk) == []


def test_the_evidence_of_the_last_visit_and_of_open_actions_is_needed(
    services: Services, homes: list[str], photo: Path, tmp_path: Path, clock: Clock
) -> None:
    visit = services.visits.start(homes[0], "residential-quality")
    seen = services.evidence.view(add(services, visit.id, photo))
    services.evidence.remove(seen.id)
    again = services.evidence.view(add(services, visit.id, photo))
    action = services.actions.add(None, homes[0], "Mend the cupboard", services.desk.today())
    file = tmp_path / "lock.txt"
    file.write_text("The lock was ordered.", encoding="utf-8")
    lock = services.evidence.add_to_action(action.id, file)
    needed = needed_soon(services.desk)
    assert needed == sorted([(again.sha256, again.size), (lock.sha256, lock.size)])
    services.actions.update(action.id, status="done")
    assert needed_soon(services.desk) == [(again.sha256, again.size)]
