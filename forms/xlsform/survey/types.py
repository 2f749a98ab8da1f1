"""The type column: the many spellings of XLSForm's question types brought to a few kinds.

The spellings follow the XLSForm reference tables and the older prompts that pyxform still reads.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from visitapp.language import Message, message


class Kind(StrEnum):
    """The kinds of survey rows."""

    BEGIN = "begin"
    END = "end"
    ONE = "one"
    MANY = "many"
    RANK = "rank"
    NUMBER = "number"
    WHOLE = "whole"
    TEXT = "text"
    DATE = "date"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    RECORDED = "recorded"
    ELSEWHERE = "elsewhere"
    SETTING = "setting"
    UNKNOWN = "unknown"


class Type(Struct, frozen=True, kw_only=True):
    """A type cell, read. `about` says in a few words what is lost."""

    kind: Kind
    word: str
    list_name: str = ""
    or_other: bool = False
    repeats: bool = False
    about: Message | None = None


_BLOCK = re.compile(
    r"(begin|end) ?(?:an? )?(?:looped )?(group|repeat|loop|score|rank|kobomatrix)(?: over (\S+))?"
)
_TOGETHER = ("score", "rank", "kobomatrix")
"""KoboToolbox's blocks whose rows share one list of answers."""
_OTHER = re.compile(r" (?:or_other|or other|or specify other|or_specify_other)$")
_SELECT = re.compile(
    r"(select_one_from_file|select_multiple_from_file|select_one_external|select_multiple_external"
    r"|(?:add )?select[ _]one(?: prompt)?(?: using| from)?|select1"
    r"|select all that apply(?: from)?|(?:add )?select[ _]multiple(?: prompt)?(?: using| from)?"
    r"|select_all|select_many|rank|osm)(?: (\S.*))?"
)
_FREE_TEXT = {
    "barcode": message("The barcode is typed as text."),
    "geopoint": message("The position is typed as text."),
    "gps": message("The position is typed as text."),
    "location": message("The position is typed as text."),
    "geotrace": message("The path is described as text."),
    "geoshape": message("The area is described as text."),
    "time": message("The time is typed as text."),
    "datetime": message("The date and time are typed as text."),
    "image": message("The photo is added to the answer as evidence."),
    "photo": message("The photo is added to the answer as evidence."),
    "audio": message("The recording is kept outside; the answer is a text."),
    "video": message("The recording is kept outside; the answer is a text."),
    "file": message("The file is added to the answer as evidence."),
    "csv": message("The file is added to the answer as evidence."),
    "excel": message("The file is added to the answer as evidence."),
}
KEPT_APART = ("image", "photo", "audio", "video", "file", "csv", "excel")
"""Types whose answer is a file: it becomes evidence or stays outside, and no words stand for it."""
_SAME_AS_TEXT = (
    *("string", "text", "phone number", "phone", "tel", "uri", "url", "email", "textarea"),
)
_NUMBERS = ("decimal", "range", "number", "float", "double", "money")
_RECORDED = (
    *("start", "end", "today", "deviceid", "device id", "subscriberid", "simserial", "sim id"),
    *("phonenumber", "username", "instanceid", "instance id", "audit", "start-geopoint"),
    *("start time", "end time", "simid", "subscriber id", "get phone number", "imei"),
    *("background-audio", "background-geopoint", "last-saved", "survey", "odkid"),
    *("caseid", "comments", "devicephonenum", "text audit", "audio audit", "enumerator"),
)
_MEASURED = ("sensor statistic", "sensor stream", "speed violations")
"""SurveyCTO's records of how an interview went; the words after them say what is measured."""
_ELSEWHERE = ("include", "xml-external", "csv-external", "entity")


def parse_type(text: str) -> Type:
    """Reads a type cell. A word that nobody knows gives the kind UNKNOWN."""
    text = " ".join(text.split())
    if text.count("_") == 1 and text.lower().startswith(("begin_", "end_")):
        text = text.replace("_", " ")
    words = text.lower()
    block = _BLOCK.fullmatch(words)
    if block:
        kind = Kind.BEGIN if block[1] == "begin" else Kind.END
        together = message("Its rows are answered together; here each is asked by itself.")
        return Type(
            kind=kind,
            word=block[2],
            list_name=block[3] or "",
            repeats=block[2] in ("repeat", "loop"),
            about=together if block[2] in _TOGETHER else None,
        )
    return _select(text) or _plain(words)


def _select(text: str) -> Type | None:
    or_other = _OTHER.search(text.lower())
    if or_other:
        text = text[: or_other.start()]
    found = _SELECT.fullmatch(text.lower())
    if found is None:
        return None
    word = found[1]
    list_name = text[found.start(2) :] if found[2] else ""
    if "file" in word or "external" in word or word == "osm":
        about = message(
            "Its choices lie outside the choices sheet, so the answer is typed as text."
        )
        return Type(kind=Kind.TEXT, word=word, about=about)
    if word == "rank":
        return Type(kind=Kind.RANK, word=word, list_name=list_name)
    many = "multiple" in word or "all" in word or "many" in word
    kind = Kind.MANY if many else Kind.ONE
    return Type(kind=kind, word=word, list_name=list_name, or_other=bool(or_other))


def _plain(words: str) -> Type:
    bare = re.sub(r"^(?:add|get|q) | (?:prompt|widget)$", "", words)
    spaced = bare.replace("_", " ")
    if words.startswith("uri:") or words in ("get phone number",):
        return Type(kind=Kind.RECORDED, word=words)
    if words in ("set form title", "set form id"):
        return Type(kind=Kind.SETTING, word=words.removeprefix("set ").replace(" ", "_"))
    if spaced in ("int", "integer", "whole number"):
        return Type(kind=Kind.WHOLE, word=bare)
    if spaced in _NUMBERS or spaced.startswith("range "):
        return Type(kind=Kind.NUMBER, word=bare)
    if spaced in ("percent", "percentage"):
        return Type(kind=Kind.NUMBER, word=bare)
    if words not in _RECORDED and spaced in _SAME_AS_TEXT:
        return Type(kind=Kind.TEXT, word=bare)
    if spaced.replace(" ", "") in _FREE_TEXT:
        return Type(kind=Kind.TEXT, word=bare, about=_FREE_TEXT[spaced.replace(" ", "")])
    if spaced == "date":
        return Type(kind=Kind.DATE, word=bare)
    if spaced == "note":
        return Type(kind=Kind.NOTE, word=bare)
    if spaced in ("acknowledge", "trigger"):
        return Type(kind=Kind.ACKNOWLEDGE, word=bare)
    if spaced in ("calculate", "calculation", "calculate here", "hidden"):
        return Type(kind=Kind.CALCULATE, word=bare)
    if bare in _RECORDED or spaced in _RECORDED or spaced.startswith(_MEASURED):
        return Type(kind=Kind.RECORDED, word=bare)
    if spaced.split(" ")[0] in _ELSEWHERE:
        return Type(kind=Kind.ELSEWHERE, word=bare)
    return Type(kind=Kind.UNKNOWN, word=words)
