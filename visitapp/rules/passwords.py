"""The one rule for secrets that people choose: passphrases of devices and rescue files, passwords.

Length and a list of common choices, and no demand for digits or signs, as NCSC's password guidance
and NIST SP 800-63B section 5.1.1.2 advise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from visitapp.errors import Code, Refused
from visitapp.language import Message, message

PASSWORD, PASSPHRASE = message("password"), message("passphrase")
RESCUE_PASSPHRASE, PIN = message("passphrase of a rescue file"), message("PIN")

SHORTEST = 12
"""Characters, counted after NFKC."""
LONGEST = 1_000
"""Characters; more would only cost time and memory."""

_FEWEST_DIFFERENT = 5
_LOOKALIKES = str.maketrans("0134578@$!", "oleastbasi")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "01234567890123456789",
)
_COMMON_TEXT = """
password passphrase passcode secret admin administrator root user guest test testing login welcome
hello letmein changeme default temp temporary access master computer internet windows microsoft
google samsung dell laptop office work company iloveyou loveyou love sunshine princess prince
monkey dragon shadow superman batman spiderman pokemon starwars football baseball cricket rugby
golf summer winter autumn spring flower butterfly chocolate cheese banana orange purple yellow
silver golden diamond ginger cookie pepper buster bailey charlie thomas george daniel jessica
ashley michelle jordan michael liverpool chelsea arsenal everton tottenham manchester
manchesterunited manunited celtic rangers newcastle london england scotland wales ireland britain
trustno blink freedom whatever monday tuesday wednesday thursday friday saturday sunday january
february march april may june july august september october november december christmas easter
birthday holiday visitapp visits visit council carehome care social quality monitoring monitor
officer inspector inspection safeguarding contract contracts commissioning
"""
_COMMON = frozenset(_COMMON_TEXT.split())


class Weakness(StrEnum):
    """Why a secret is not taken."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    COMMON = "common"
    NAME = "name"


def weakness(secret: str, names: Iterable[str] = (), shortest: int = SHORTEST) -> Weakness | None:
    """The first reason against a secret; None when it may be used.

    names: of the person and their account, which do not make a secret. shortest: fewest characters,
    where a council asks for more. Digits and signs around or between, capitals, a word said twice
    and letters written as digits change nothing.
    """
    plain = unicodedata.normalize("NFKC", secret).strip()
    if len(plain) < shortest:
        return Weakness.TOO_SHORT
    if len(plain) > LONGEST:
        return Weakness.TOO_LONG
    folded = plain.casefold()
    if len(set(folded)) < _FEWEST_DIFFERENT or _is_run(folded):
        return Weakness.COMMON
    own = {word for name in names for word in (_letters(name), *map(_letters, name.split()))}
    for letters in _readings(folded):
        for word in _said(letters):
            if word in own and word:
                return Weakness.NAME
            if word in _COMMON or _is_run(word):
                return Weakness.COMMON
    return None


_WEAK = {
    Weakness.TOO_SHORT: message(
        "The {secret} must have at least {shortest} characters. Nothing was changed."
    ),
    Weakness.TOO_LONG: message(
        "The {secret} can have at most {longest} characters. Nothing was changed."
    ),
    Weakness.COMMON: message("This {secret} is too easy to guess. Nothing was changed."),
    Weakness.NAME: message("The {secret} must not be made from your name. Nothing was changed."),
}


def require_strong(
    secret: str, called: Message, names: Iterable[str] = (), shortest: int = SHORTEST
) -> None:
    """Raise Refused BAD_VALUE with the reason when a secret is weak.

    called: `PASSPHRASE` or `PASSWORD`, as its owner knows it. names, shortest: as in
    `weakness`.
    """
    found = weakness(secret, names, shortest)
    if found is None:
        return
    raise Refused(
        Code.BAD_VALUE,
        _WEAK[found].filled(secret=called, shortest=shortest, longest=f"{LONGEST:,}"),
        message("Use three or four unrelated words: they are easy to remember and hard to guess."),
    )


SHORTEST_PIN = 6
_FEWEST_DIFFERENT_PIN = 4


def pin_weakness(pin: str) -> Weakness | None:
    """The reason against a PIN; None when it may be used. It may be figures alone: it opens a
    window on a computer whose user signed in, not the data."""
    plain = unicodedata.normalize("NFKC", pin).strip().casefold()
    if len(plain) < SHORTEST_PIN:
        return Weakness.TOO_SHORT
    if len(plain) > LONGEST:
        return Weakness.TOO_LONG
    if len(set(plain)) < _FEWEST_DIFFERENT_PIN or _is_run(plain) or plain in _COMMON:
        return Weakness.COMMON
    return None


def require_strong_pin(pin: str) -> None:
    """Raise Refused BAD_VALUE with the reason when a PIN is weak."""
    found = pin_weakness(pin)
    if found is not None:
        raise Refused(
            Code.BAD_VALUE,
            _WEAK[found].filled(secret=PIN, shortest=SHORTEST_PIN, longest=f"{LONGEST:,}"),
            message("Use figures or letters that do not follow each other."),
        )


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def _readings(folded: str) -> set[str]:
    """The letters alone, and with figures and signs read as letters: inside the text, where some
    stand at its ends for themselves, and throughout."""
    inner = _ENDS.sub("", folded)
    return {_letters(folded), *(_letters(one.translate(_LOOKALIKES)) for one in (folded, inner))}


def _said(letters: str) -> set[str]:
    """The letters, and the word they repeat when they repeat one."""
    # A text that stands inside itself doubled, before its own end, repeats its beginning.
    period = (letters + letters).find(letters, 1)
    return {letters, letters[:period]}


def _is_run(text: str) -> bool:
    """Whether it goes along the alphabet, the figures or the keys, either way, and round again."""
    return any(text in row * 3 or text[::-1] in row * 3 for row in _RUNS)
