"""Snippets: kept on the device, by a name that is one word, and never twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from visitapp.errors import Refused
from visitapp.records import Outbox
from visitapp.services.services import Services
from visitapp.services.snippets import LONGEST_TEXT, MOST, Snippet


def test_one_is_kept_changed_and_forgotten(services: Services) -> None:
    snippets = services.snippets
    snippets.keep(";falls", "  Read the falls log.  ")
    snippets.keep("Cwympiadau", "Darllenwyd y log cwympiadau.")
    assert snippets.all() == [
        Snippet("Cwympiadau", "Darllenwyd y log cwympiadau."),
        Snippet("falls", "Read the falls log."),
    ]
    snippets.keep("log", "Read the log.", instead_of="falls")
    assert [one.name for one in snippets.all()] == ["Cwympiadau", "log"]
    assert snippets.remove("log") == Snippet("log", "Read the log.")
    assert snippets.remove("log") is None
    with services.desk.reading() as session:
        assert session.scalar(select(func.count()).select_from(Outbox)) == 0


def test_what_is_typed_names_one(services: Services) -> None:
    snippets = services.snippets
    snippets.keep("falls", "Read the falls log.")
    assert snippets.asked_for("As agreed ;Falls") == (6, "Read the falls log.")
    for text in ("", "falls", ";other", ";falls ", ";falls.", "; falls"):
        assert snippets.asked_for(text) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "Text"),
        ("two words", "Text"),
        ("a" * 31, "Text"),
        ("a;b", "Text"),
        ("empty", "   "),
        ("long", "x" * (LONGEST_TEXT + 1)),
        ("bad", "a\x00b"),
        ("FALLS", "Text"),
    ],
)
def test_what_cannot_be_one_is_refused_and_nothing_changes(
    services: Services, name: str, text: str
) -> None:
    services.snippets.keep("falls", "Read the falls log.")
    before = services.snippets.all()
    with pytest.raises(Refused):
        services.snippets.keep(name, text)
    assert services.snippets.all() == before


def test_there_is_a_most(services: Services) -> None:
    with services.desk.database.applying() as session:
        full = {f"s{number}": "Text" for number in range(MOST)}
        services.desk.states.set(session, "snippets", full)
    with pytest.raises(Refused, match="the most"):
        services.snippets.keep("more", "Text")
    services.snippets.keep("other", "Text", instead_of="s0")
    assert len(services.snippets.all()) == MOST
