"""Which photos in the photos folder are new on a visit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.desk.pictures import jpeg
from visitapp.errors import Refused
from visitapp.services.evidence.given import Given
from visitapp.services.evidence.photo_folder import MOST_OFFERED, PhotoFolder
from visitapp.services.services import Services

QUESTION = "registered_manager"
LONG_AGO = 1_000_000_000


@pytest.fixture
def dcim(tmp_path: Path) -> Path:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(services: Services, dcim: Path) -> PhotoFolder:
    services.photo_folder.choose(str(dcim))
    return services.photo_folder


def put(folder: Path, name: str, side: int = 100, *, old: bool = False) -> Path:
    """A photo in a folder; an old one was there before any visit."""
    file = folder / name
    file.write_bytes(jpeg(side, 80))
    if old:
        os.utime(file, (LONG_AGO, LONG_AGO))
    return file


def test_without_a_folder_nothing_is_looked_at(services: Services, visit_id: str) -> None:
    assert services.photo_folder.folder() is None
    offered = services.photo_folder.look(visit_id)
    assert (offered.photos, offered.problem) == ((), None)


def test_what_comes_after_the_first_look_is_new_also_with_the_time_it_was_taken_at(
    folder: PhotoFolder, dcim: Path, visit_id: str
) -> None:
    put(dcim, "IMG_1.jpg", old=True)
    assert folder.look(visit_id).photos == ()
    copied = put(dcim, "IMG_2.JPG", 101, old=True)
    (dcim / "list.txt").write_text("no photo")
    offered = folder.look(visit_id)
    assert (offered.name, offered.photos) == ("DCIM", (copied,))


def test_what_was_taken_during_the_visit_is_new_at_the_first_look_too(
    folder: PhotoFolder, dcim: Path, visit_id: str
) -> None:
    put(dcim, "IMG_1.jpg", old=True)
    taken = put(dcim, "IMG_2.jpg", 101)
    assert folder.look(visit_id).photos == (taken,)


def test_a_camera_s_folder_in_the_folder_is_looked_into(
    folder: PhotoFolder, dcim: Path, visit_id: str
) -> None:
    folder.look(visit_id)
    inside = dcim / "100CANON"
    inside.mkdir()
    taken = put(inside, "IMG_2.heic")
    deeper = inside / "deeper"
    deeper.mkdir()
    put(deeper, "IMG_3.jpg")
    offered = folder.look(visit_id)
    assert offered.photos == (taken,)
    assert offered.folders == (dcim, inside)


def test_a_photo_that_was_added_is_not_offered_again_under_any_name_nor_on_any_visit(
    services: Services, folder: PhotoFolder, dcim: Path, visit_id: str, homes: list[str]
) -> None:
    taken, other = put(dcim, "IMG_1.jpg"), put(dcim, "IMG_2.jpg", 101)
    services.evidence.add_all(visit_id, QUESTION, [Given(taken.name, taken)])
    (dcim / "IMG_1 copy.jpg").write_bytes(taken.read_bytes())
    assert folder.look(visit_id).photos == (other,)
    elsewhere = services.visits.start(homes[1], services.visits.form(visit_id).id).id
    again = PhotoFolder(services.desk)
    assert again.look(elsewhere).photos == (other,), "also after a new start"


def test_what_was_put_aside_is_not_offered_again(
    folder: PhotoFolder, dcim: Path, visit_id: str
) -> None:
    put(dcim, "IMG_1.jpg")
    folder.put_aside(folder.look(visit_id).photos)
    assert folder.look(visit_id).photos == ()


def test_a_folder_that_went_is_named_and_looked_into_again_when_it_is_back(
    folder: PhotoFolder, dcim: Path, visit_id: str
) -> None:
    assert folder.look(visit_id).problem is None
    gone = dcim.rename(dcim.with_name("away"))
    offered = folder.look(visit_id)
    assert (str(offered.problem), offered.photos) == ("The photos folder DCIM is not there.", ())
    gone.rename(dcim)
    taken = put(dcim, "IMG_1.jpg", old=True)
    assert folder.look(visit_id).photos == (taken,)


def test_a_folder_that_is_none_is_refused_and_the_one_before_stays(
    folder: PhotoFolder, dcim: Path, tmp_path: Path
) -> None:
    file = put(tmp_path, "IMG_1.jpg")
    for typed in (str(tmp_path / "nowhere"), "DCIM", str(file), "a\0b"):
        with pytest.raises(Refused):
            folder.choose(typed)
    assert folder.folder() == dcim
    folder.choose(f'  "{tmp_path}" ')
    assert folder.folder() == tmp_path, "as a file manager copies a path"
    folder.choose("")
    assert folder.folder() is None


def test_the_newest_are_offered_of_very_many(
    folder: PhotoFolder, dcim: Path, visit_id: str
) -> None:
    for n in range(MOST_OFFERED + 3):
        (dcim / f"IMG_{n:03}.jpg").write_bytes(b"photo %d" % n)
        os.utime(dcim / f"IMG_{n:03}.jpg", (4_000_000_000 + n,) * 2)
    offered = folder.look(visit_id).photos
    assert len(offered) == MOST_OFFERED
    assert offered[0].name == "IMG_003.jpg"
