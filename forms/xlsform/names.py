"""Names of an XLSForm turned into ids of ours: letters, digits and underscores, each used once."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = frozenset(
    (
        *("as", "break", "const", "continue", "else", "false", "for", "function", "if", "import"),
        *("in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void"),
        *("while", "answers", "setting", "has", "size"),
    )
)
"""Words that mean something else in a condition."""
_LONGEST = 60


def slug(text: str) -> str:
    """A snake_case id without accents: "Safe & well-led" gives `safe_well_led`; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain)
    return re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_")[:_LONGEST].rstrip("_")


class Names:
    """Hands out ids that differ from each other."""

    def __init__(self, otherwise: str) -> None:
        """`otherwise` is the id of a thing whose name has no letter we can keep."""
        self._otherwise = otherwise
        self._taken: set[str] = set()

    def question(self, name: str) -> str:
        """An id that can stand in a condition: it begins with a letter and is no word of CEL."""
        found = slug(name)
        if not found or found[0].isdigit() or found in _RESERVED:
            found = f"{self._otherwise}_{found}".rstrip("_")
        return self._unique(found)

    def any(self, name: str) -> str:
        """An id that may begin with a digit."""
        return self._unique(slug(name) or self._otherwise)

    def _unique(self, found: str) -> str:
        unique, number = found, 1
        while unique in self._taken:
            number += 1
            unique = f"{found}_{number}"
        self._taken.add(unique)
        return unique


def value_ids(names: list[str]) -> list[str]:
    """An id for each choice of a list. A name that is an id already stays as it is."""
    ids: list[str] = []
    taken = {name for name in names if _is_value(name)}
    used: set[str] = set()
    for name in names:
        found = name if _is_value(name) else slug(name) or "choice"
        unique, number = found, 1
        while unique in used or (unique in taken and unique != name):
            number += 1
            unique = f"{found[:70]}_{number}"
        used.add(unique)
        ids.append(unique)
    return ids


def _is_value(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", name) is not None
