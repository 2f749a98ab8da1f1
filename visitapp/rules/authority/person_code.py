"""Codes that stand for a person, so that no record holds who they are."""

from __future__ import annotations

import re

from visitapp.language import Message, message

LONGEST_CODE = 20

_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]*")
_NATIONAL_INSURANCE = re.compile(r"[A-Za-z]{2}\d{6}[A-Za-z]")
_BIRTHDAY = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}")
_NHS_DIGITS = 10
_MOST_LETTERS = 4
"""Letters in a row: more of them are a name."""


def person_code_fault(code: str) -> Message | None:
    """Why a text is no code for a person, in a sentence; None when it is one.

    A case number such as P31 or LAS-204417. A name, an NHS or National Insurance number and a date
    of birth all say who somebody is.
    """
    if not code.strip():
        return message("Give the person's code, such as P31.")
    bare = re.sub(r"[ /-]", "", code)
    if bare.isdigit() and len(bare) == _NHS_DIGITS:
        return message("This looks like an NHS number. Use a code, such as P31.")
    if _NATIONAL_INSURANCE.fullmatch(bare):
        return message("This looks like a National Insurance number. Use a code, such as P31.")
    if _BIRTHDAY.fullmatch(code) or (bare.isdigit() and len(bare) == len("31121940")):
        return message("This looks like a date of birth. Use a code, such as P31.")
    if not any(sign.isdigit() for sign in code) or _longest_word(code) > _MOST_LETTERS:
        return message("This looks like a name. Use a code, such as P31.")
    if not _SHAPE.fullmatch(code) or len(code) > LONGEST_CODE:
        return message(
            "A person's code has at most {longest} letters, digits, hyphens and slashes, and no "
            "spaces, such as P31.",
            longest=LONGEST_CODE,
        )
    return None


def _longest_word(code: str) -> int:
    return max((len(word) for word in re.findall(r"[^\W\d_]+", code)), default=0)
