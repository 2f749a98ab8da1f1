"""A photo that is being marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk.pictures import jpeg
from visitapp.errors import BadFile
from visitapp.services.evidence.given import Given
from visitapp.services.evidence.marker import open_marker
from visitapp.services.services import Services
from visitapp.storage.evidence.marking import Mark, MarkKind

QUESTION = "registered_manager"
CROP = Mark(MarkKind.CROP, 0, 0, 200, 100)
BLUR = Mark(MarkKind.BLUR, 0, 0, 100, 100)


def test_marks_are_made_and_taken_back() -> None:
    marker = open_marker(Given("IMG_1.jpg", data=jpeg(400, 300)))
    unmarked = marker.seen()
    assert marker.add(CROP)
    assert marker.add(BLUR)
    assert (marker.size, marker.marks) == ((200, 100), [CROP, BLUR])
    assert (marker.undo(), marker.undo(), marker.undo()) == (BLUR, CROP, None)
    assert marker.seen() == unmarked


def test_a_mark_that_changes_nothing_is_none() -> None:
    marker = open_marker(Given("IMG_1.jpg", data=jpeg(400, 300)))
    assert not marker.add(Mark(MarkKind.BLUR, 900, 900, 950, 950))
    assert marker.marks == []


def test_a_photo_is_opened_again_with_its_marks() -> None:
    marker = open_marker(Given("IMG_1.jpg", data=jpeg(400, 300), marks=(CROP,)))
    assert marker.size == (200, 100)
    assert marker.undo() == CROP
    assert marker.size == (400, 300)


def test_what_is_no_photo_cannot_be_marked() -> None:
    with pytest.raises(BadFile):
        open_marker(Given("rota.txt", data=b"Two on at night."))


def test_only_the_marked_picture_is_kept(services: Services, visit_id: str, tmp_path: Path) -> None:
    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(jpeg(400, 300))
    given = Given(file.name, file, marks=(CROP, BLUR))
    added = services.evidence.add_all(visit_id, QUESTION, [given])
    again = open_marker(Given("kept", data=services.evidence.open(added.pieces[0].id)))
    assert again.size == (200, 100)
    kept = [one for one in (tmp_path / "desk" / "evidence").rglob("*") if one.is_file()]
    assert len(kept) == 1, "and no unmarked one beside it"
