"""A record that leaves out a part of its declaration cannot be imported."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from visitapp import vocabulary
from visitapp.records import KINDS, SYNCED, ActionStatus, Answer, Evidence, Priority, Setting
from visitapp.records.base import Synced, choice, foreign_key, free_text, parent
from visitapp.records.codec import columns
from visitapp.records.declared import fields_with, judged_fields, parents
from visitapp.rules.kinds import AfterEnd, Kind

WHOLE: dict[str, Any] = {
    **{name: getattr(Evidence.__kind__, name) for name in Kind.__struct_fields__},
    "fixed": frozenset(),
}


@pytest.fixture
def apart() -> type[DeclarativeBase]:
    """A base whose tables are not among the program's."""

    class Apart(DeclarativeBase):
        pass

    return Apart


@pytest.mark.parametrize("part", Kind.__struct_fields__)
def test_no_part_of_a_declaration_may_be_left_out(part: str) -> None:
    with pytest.raises(TypeError, match=f"'{part}'"):
        Kind(**{name: value for name, value in WHOLE.items() if name != part})


def test_a_record_without_a_declaration_is_refused(apart: Any) -> None:
    with pytest.raises(TypeError, match="Concern has no __kind__"):

        class Concern(Synced, apart):
            __tablename__ = "concern"


def test_a_text_without_a_declared_use_is_refused(apart: Any) -> None:
    with pytest.raises(TypeError, match=r"Concern\.severity is not"):

        class Concern(Synced, apart):
            __tablename__ = "concern"
            __kind__ = Kind(**WHOLE)
            setting_id: Mapped[str] = mapped_column(foreign_key("setting.id"), info={"holds": "x"})
            severity: Mapped[str] = mapped_column(String(20))


def test_a_record_of_a_setting_must_name_it(apart: Any) -> None:
    with pytest.raises(TypeError, match="no setting_id"):

        class Concern(Synced, apart):
            __tablename__ = "concern"
            __kind__ = Kind(**WHOLE)
            title: Mapped[str] = free_text(80)


def test_a_status_needs_a_lifecycle_of_the_same_states(apart: Any) -> None:
    with pytest.raises(TypeError, match="lifecycle"):

        class Concern(Synced, apart):
            __tablename__ = "concern"
            __kind__ = Kind(**WHOLE)
            setting_id: Mapped[str] = parent("setting.id", same_setting=False)
            status: Mapped[str] = choice(ActionStatus)


@pytest.mark.parametrize("part", ["fixed", "judged"])
def test_a_declared_field_must_be_there(apart: Any, part: str) -> None:
    with pytest.raises(TypeError, match="no_such"):

        class Concern(Synced, apart):
            __tablename__ = "concern"
            __kind__ = Kind(**{**WHOLE, part: frozenset({"no_such"})})
            setting_id: Mapped[str] = parent("setting.id", same_setting=False)


def test_marks_are_read_off_the_columns() -> None:
    assert fields_with(Evidence, "same_setting") == {"visit_id", "action_id", "concern_id"}
    assert fields_with(Evidence, "freezes") == {"visit_id"}
    assert fields_with(Answer, "own_name") == frozenset()
    assert judged_fields(Setting) >= {"team", "officer_id", "service_type", "provider_id"}


def test_what_belongs_to_something_that_ends_says_what_becomes_of_it() -> None:
    found = {
        (name, parent): columns(kind)[field].info.get("after_end")
        for name, kind in KINDS.items()
        for field, parent in parents(kind).items()
        if (life := KINDS[parent].__kind__.lifecycle) is not None and life.ends
    }
    assert found == {
        ("exit_criterion", "intervention"): AfterEnd.REFUSED,
        ("accuracy_point", "improvement_plan"): AfterEnd.UNTIL_THEN,
        ("action", "improvement_plan"): AfterEnd.TAKEN,
    }
    for name, ends in found:
        assert "ended_on" in columns(KINDS[ends]), name


@pytest.mark.parametrize("kind", SYNCED, ids=lambda kind: str(kind.__tablename__))
def test_every_kind_has_its_words(kind: type[Synced]) -> None:
    vocabulary.require_words(kind)


def test_choices_have_words_in_their_own_order() -> None:
    assert vocabulary.choice_words(Priority) == {
        "immediate": "Immediate",
        "high": "High",
        "medium": "Medium",
        "low": "Low",
    }
    assert vocabulary.choice_word(Priority, "of a newer program") == "of a newer program"
    assert vocabulary.visit_word("themed") == "Themed audit"
    assert vocabulary.field_word("due_on") == "due date"
