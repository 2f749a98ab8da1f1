"""The Welsh catalogue: a draft that says so, with every place and every form of its plurals."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from visitapp.dates import long_day, weekday
from visitapp.language import (
    both,
    choose_language,
    language_names,
    language_tag,
    plural,
    translate,
)

FILE = Path(__file__).parents[1] / "resources/locale/cy/LC_MESSAGES/visitapp.po"
FORMS = 6
"""Zero, one, two, three, six and the others, as the CLDR has them for Welsh."""
_CODE = re.compile(r"`[^`]*`")
_PLACE = re.compile(r"\{[^{}]*\}")
"""Of the program and of libraries, which may have a conversion."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with FILE.open("rb") as given:
        return read_po(given, locale="cy")


@pytest.fixture
def welsh() -> Iterator[None]:
    choose_language("cy")
    yield
    choose_language("en")


def translated(catalog: Catalog) -> list[Message]:
    return [one for one in catalog if one.id and any(_forms(one.string))]


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text, or each form of a counted one."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_every_translation_keeps_the_places_of_the_english(catalog: Catalog) -> None:
    def wrong(one: Message) -> bool:
        allowed = [sorted(_PLACE.findall(text)) for text in _forms(one.id)]
        return any(sorted(_PLACE.findall(form)) not in allowed for form in _forms(one.string))

    assert [one.id for one in translated(catalog) if wrong(one)] == []


def test_what_is_typed_as_it_stands_is_not_translated(catalog: Catalog) -> None:
    def code(text: str) -> list[str]:
        return sorted(_CODE.findall(text))

    single = [one for one in translated(catalog) if len(_forms(one.id)) == 1]
    assert [one.id for one in single if code(str(one.id)) != code(str(one.string))] == []


def test_every_counted_text_has_each_form(catalog: Catalog) -> None:
    assert catalog.num_plurals == FORMS
    counted = [one for one in translated(catalog) if not isinstance(one.id, str)]
    assert counted
    forms = {one.id: _forms(one.string) for one in counted}
    assert [text for text, all_ in forms.items() if len(all_) != FORMS or not all(all_)] == []


def test_spaces_at_the_ends_are_kept(catalog: Catalog) -> None:
    def ends(text: str) -> tuple[int, int]:
        return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())

    wrong = [
        one.id
        for one in translated(catalog)
        if any(ends(form) != ends(_forms(one.id)[0]) for form in _forms(one.string))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_file(catalog: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    assert FILE.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_it_is_marked_as_a_draft(catalog: Catalog) -> None:
    assert "DRAFT" in catalog.header_comment
    assert language_names() == {"en": "English", "cy": "Cymraeg (drafft)"}


@pytest.mark.usefixtures("welsh")
def test_a_number_changes_the_word_that_follows() -> None:
    said = [plural("{n} action", "{n} actions", n) for n in (0, 1, 2, 3, 4, 6, 12)]
    assert said == [
        "0 cam gweithredu",
        "1 cam gweithredu",
        "2 gam gweithredu",
        "3 cham gweithredu",
        "4 cam gweithredu",
        "6 cham gweithredu",
        "12 cam gweithredu",
    ]
    feminine = [plural("{n} document", "{n} documents", n) for n in (1, 2, 3)]
    assert feminine == ["1 ddogfen", "2 ddogfen", "3 dogfen"]


@pytest.mark.usefixtures("welsh")
def test_and_is_written_by_the_sound_that_follows() -> None:
    assert str(both(["Ann", "Bob"])) == "Ann a Bob"
    assert str(both(["Ann", "Bob", "Elin"])) == "Ann, Bob ac Elin"


@pytest.mark.usefixtures("welsh")
def test_days_and_the_name_of_the_language_are_welsh() -> None:
    assert long_day(date(2026, 3, 3)) == "3 Mawrth 2026"
    assert weekday(date(2026, 3, 3)) == "Dydd Mawrth"
    assert translate("Today") == "Heddiw"
    assert language_tag() == "cy"
