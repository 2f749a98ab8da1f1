"""Folders of forms, and the forms that ship."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from msgspec.structs import replace

from forms.catalogue.catalogue import FormSummary, Library, shipped
from forms.catalogue.read import digest
from forms.catalogue.sources import PUBLISHED, Folder, FormText, summary_of
from forms.format.check import check_form
from forms.format.source import read_text
from forms.model import Form
from forms.rating.plan import make_plan
from tests.support.forms.small_forms import area, question, text
from visitapp.errors import BadFile, NotFound, Refused

SMALL = text(area("a", question("p")))


def store(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def version(number: str) -> str:
    return SMALL.replace('version: "1"', f'version: "{number}"')


def test_the_newest_version_is_given_unless_one_is_named(tmp_path: Path) -> None:
    for number in ("2026.10", "2026.2", "2025.12"):
        store(tmp_path, f"visits/{number}.yaml", version(number))
    library = Library(tmp_path)
    assert [s.version for s in library.summaries()] == ["2025.12", "2026.2", "2026.10"]
    assert library.form("small").version == "2026.10"
    assert library.form("small", "2026.2").version == "2026.2"


def test_a_form_is_read_once(tmp_path: Path) -> None:
    store(tmp_path, "small.yaml", SMALL)
    library = Library(tmp_path)
    assert library.form("small") is library.form("small", "1")


def built() -> int:
    """How many forms there are in memory."""
    return sum(isinstance(one, Form) for one in gc.get_objects())


def test_only_the_form_that_is_asked_for_is_built() -> None:
    gc.collect()
    library, before = shipped(), built()
    assert len(library.summaries()) > 10
    assert library.versions("kent-ten")
    assert built() == before
    assert library.form("kent-ten")
    assert built() == before + 1


def test_several_folders_are_one_library(tmp_path: Path) -> None:
    store(tmp_path / "one", "a.yaml", SMALL)
    store(tmp_path / "two", "b.yaml", SMALL.replace("id: small", "id: other"))
    library = Library(tmp_path / "one", tmp_path / "two", tmp_path / "none")
    assert [s.id for s in library.summaries()] == ["other", "small"]


def test_a_form_that_is_not_there_is_named(tmp_path: Path) -> None:
    store(tmp_path, "small.yaml", SMALL)
    with pytest.raises(NotFound, match="no form tiny on"):
        Library(tmp_path).form("tiny")
    with pytest.raises(NotFound, match="no form small, version 7 on"):
        Library(tmp_path).form("small", "7")


def test_a_faulty_form_is_listed_and_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    store(tmp_path, "small.yaml", SMALL.replace("from: 80", "from: 60"))
    library = Library(tmp_path)
    assert len(library.summaries()) == 1
    with pytest.raises(BadFile, match=r"small\.yaml, line 12"):
        library.form("small")


def test_files_that_are_not_forms_are_left_out(tmp_path: Path) -> None:
    store(tmp_path, "small.yaml", SMALL)
    store(tmp_path, "empty.yaml", "")
    store(tmp_path, "list.yaml", "- a")
    store(tmp_path, "broken.yaml", "id: [")
    store(tmp_path, "notes.txt", SMALL)
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    assert len(Library(tmp_path).summaries()) == 1


def test_a_summary_needs_only_the_head_wherever_its_keys_stand(tmp_path: Path) -> None:
    lines = SMALL.splitlines()
    store(tmp_path, "late.yaml", "\n".join([*lines[4:], *lines[:4]]))
    (summary,) = Library(tmp_path).summaries()
    assert (summary.id, summary.title, summary.applies_to) == ("small", "Small", ())


SHIPPED = shipped().summaries()


@pytest.mark.parametrize("summary", SHIPPED, ids=lambda s: f"{s.id} {s.version}")
def test_shipped_forms_are_good(summary: FormSummary) -> None:
    path = summary.path
    assert check_form(read_text(path), str(path)) == []


@pytest.mark.parametrize("summary", SHIPPED, ids=lambda s: f"{s.id} {s.version}")
def test_shipped_forms_are_read_and_planned(summary: FormSummary) -> None:
    form_id, number = summary.id, summary.version
    form = shipped().form(form_id, number)
    assert (form.id, form.version) == (form_id, number)
    assert len(make_plan(form).questions) == len(form.questions) > 0


def test_every_shipped_form_has_an_id_and_version_of_its_own() -> None:
    named = [(summary.id, summary.version) for summary in SHIPPED]
    assert len(named) == len(set(named)) > 0


def test_the_first_shelf_stands_where_two_hold_one_version(tmp_path: Path) -> None:
    store(tmp_path / "one", "a.yaml", SMALL.replace("title: Small", "title: First"))
    store(tmp_path / "two", "b.yaml", SMALL)
    store(tmp_path / "two", "c.yaml", version("2"))
    base = Library(tmp_path / "two")
    both = base.beside(Folder(tmp_path / "one"))
    assert [(s.version, s.title) for s in both.summaries()] == [("1", "First"), ("2", "Small")]
    assert (both.form("small", "1").title, base.form("small", "1").title) == ("First", "Small")
    assert both.form("small", "2") is base.form("small", "2"), "one text is built once"
    assert "title: First" in both.text("small", "1")


def test_what_a_shelf_receives_later_is_there_at_once(tmp_path: Path) -> None:
    class Growing:
        source = PUBLISHED

        def __init__(self) -> None:
            self.texts: dict[str, str] = {}

        def summaries(self) -> list[FormSummary]:
            return [found for one in self.texts.values() if (found := summary_of(one))]

        def text(self, form_id: str, number: str) -> FormText | None:
            found = self.texts.get(number)
            return found and FormText(found, f"{form_id} {number}", digest(found))

    store(tmp_path, "small.yaml", SMALL)
    shelf = Growing()
    library = Library(tmp_path).beside(shelf)
    assert library.form("small").version == "1"
    shelf.texts["2"] = version("2")
    assert library.versions("small") == ["1", "2"]
    assert library.form("small").version == "2"
    shelf.texts["3"] = version("3").replace("from: 80", "from: eighty")
    with pytest.raises(Refused, match="needs a newer version of Visitapp"):
        library.form("small")


class Published:
    """A shelf of published forms, whose list says little about each of them."""

    source = PUBLISHED

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def summaries(self) -> list[FormSummary]:
        found = [one for text in self._texts if (one := summary_of(text))]
        return [replace(one, source=PUBLISHED, sets_rating="") for one in found]

    def text(self, form_id: str, number: str) -> FormText | None:
        for held in self._texts:
            one = summary_of(held)
            if one is not None and (one.id, one.version) == (form_id, number):
                return FormText(held, f"{form_id} {number}", digest(held))
        return None


def test_the_newest_version_says_which_rating_a_form_sets(tmp_path: Path) -> None:
    quality = SMALL.replace("kind: visit", "kind: visit\nsets_rating: quality")
    store(tmp_path, "a.yaml", quality)
    assert Library(tmp_path).rating_forms("quality") == {"small"}
    assert Library(tmp_path).rating_forms("contract") == frozenset()
    store(tmp_path, "b.yaml", version("2"))
    assert Library(tmp_path).rating_forms("quality") == frozenset()


def test_a_published_version_says_which_rating_it_sets(tmp_path: Path) -> None:
    quality = SMALL.replace("kind: visit", "kind: visit\nsets_rating: quality")
    newer = quality.replace('version: "1"', 'version: "3"')
    store(tmp_path, "a.yaml", version("2"))
    library = Library(tmp_path).beside(Published(newer))
    assert library.rating_forms("quality") == {"small"}
    broken = newer.replace("from: 80", "from: eighty").replace('"3"', '"4"')
    assert Library(tmp_path).beside(Published(newer, broken)).rating_forms("quality") == frozenset()


def test_the_forms_that_ship_and_set_a_rating() -> None:
    """A themed audit, checkers and an intervention visit set none."""
    assert shipped().rating_forms("contract") == {"contract-review"}
    assert shipped().rating_forms("quality") == {
        "residential-quality",
        "home-care-quality",
        "supported-living-quality",
        "day-service-quality",
        "shared-lives-quality",
        "mental-health-recovery-quality",
        "four-level",
        "joint-assurance",
        "out-of-county-desktop",
    }
