"""The type column in all its spellings."""

from __future__ import annotations

import pytest

from forms.xlsform.survey.types import Kind, parse_type
from tests.support.rows import rows


@rows(
    ("text", "kind"),
    [
        ("begin group", Kind.BEGIN),
        ("begin_group", Kind.BEGIN),
        ("Begin Repeat", Kind.BEGIN),
        ("begin_repeat", Kind.BEGIN),
        ("begin loop over toilet_type", Kind.BEGIN),
        ("begin a group", Kind.BEGIN),
        ("end group", Kind.END),
        ("end_repeat", Kind.END),
        ("endgroup", Kind.END),
        ("int", Kind.WHOLE),
        ("Integer", Kind.WHOLE),
        ("add integer prompt", Kind.WHOLE),
        ("decimal", Kind.NUMBER),
        ("range", Kind.NUMBER),
        ("text", Kind.TEXT),
        ("string", Kind.TEXT),
        ("phone number", Kind.TEXT),
        ("geopoint", Kind.TEXT),
        ("gps", Kind.TEXT),
        ("dateTime", Kind.TEXT),
        ("date_time", Kind.TEXT),
        ("image", Kind.TEXT),
        ("select_one_from_file wards.csv", Kind.TEXT),
        ("osm c1", Kind.TEXT),
        ("date", Kind.DATE),
        ("note", Kind.NOTE),
        ("acknowledge", Kind.ACKNOWLEDGE),
        ("trigger", Kind.ACKNOWLEDGE),
        ("calculate", Kind.CALCULATE),
        ("hidden", Kind.CALCULATE),
        ("start", Kind.RECORDED),
        ("end", Kind.RECORDED),
        ("today", Kind.RECORDED),
        ("get today", Kind.RECORDED),
        ("deviceid", Kind.RECORDED),
        ("get device id", Kind.RECORDED),
        ("uri:deviceid", Kind.RECORDED),
        ("phonenumber", Kind.RECORDED),
        ("include", Kind.ELSEWHERE),
        ("set form title", Kind.SETTING),
        ("rank things", Kind.RANK),
        ("dance", Kind.UNKNOWN),
    ],
)
def test_a_type_is_of_a_kind(text: str, kind: Kind) -> None:
    assert parse_type(text).kind is kind


@pytest.mark.parametrize(
    ("text", "kind", "list_name", "or_other"),
    [
        ("select_one yes_no", Kind.ONE, "yes_no", False),
        ("select one yes_no", Kind.ONE, "yes_no", False),
        ("select one from Yes_No", Kind.ONE, "Yes_No", False),
        ("select1 yes_no", Kind.ONE, "yes_no", False),
        ("add select one prompt using yes_no", Kind.ONE, "yes_no", False),
        ("select_one  yes_no  or_other", Kind.ONE, "yes_no", True),
        ("select one from sexes or specify other", Kind.ONE, "sexes", True),
        ("select_multiple a", Kind.MANY, "a", False),
        ("select all that apply from a", Kind.MANY, "a", False),
        ("select all that apply from a or specify other", Kind.MANY, "a", True),
        ("add select multiple prompt using a", Kind.MANY, "a", False),
        ("select_one", Kind.ONE, "", False),
    ],
)
def test_a_select_names_its_list(text: str, kind: Kind, list_name: str, or_other: bool) -> None:
    found = parse_type(text)
    assert (found.kind, found.list_name, found.or_other) == (kind, list_name, or_other)


def test_repeats_and_loops_are_told_from_groups() -> None:
    assert parse_type("begin repeat").repeats
    assert parse_type("begin loop over x").repeats
    assert not parse_type("begin group").repeats
