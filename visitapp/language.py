"""The language that the program speaks: one gettext catalogue for every interface.

The English text is the key of each message. Parameters stand in `{named}` places, which translators
may move. `translate` and `plural` give text in the language chosen at start. A text that is made
before it is shown, or is made in one place and worded in another, is a `Message`.

`docs/translating.md` says how a language is added.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

DOMAIN = "visitapp"
SOURCE = "en"
"""The language of the message keys; it needs no catalogue."""
PSEUDO = "qps"
"""A made-up language for tests of the interface: every message accented, bracketed and longer."""

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ANY_PLACE = re.compile(r"(\{[^{}]*\})")
"""Places of libraries as well, which may have a conversion."""
_ACCENTED = str.maketrans("AEINOUYaceinouy", "ÀÊÎÑÖÛÝàçéîñöûý")
_PADDING = " àñd möré"
_BY_SOUND = re.compile(r"(\w+)\|(\w+)(?= \{(\w+)\})")
"""Two forms of a word before a place: `a|ac {name}` in Welsh. The second stands before a vowel."""
_VOWELS = tuple("aeiouwyàáâäèéêëìíîïòóôöùúûüŵŷ")


_ENGLISH = gettext.NullTranslations()


@dataclass(frozen=True)
class Message:
    """A text that is worded in the current language each time it is shown, by `str`.

    A parameter may be a message itself. `many` is the English plural, used unless `count` is 1;
    other languages choose their form by their own rules. `small` words stand within a sentence, in
    lower case.
    """

    template: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    many: str = ""
    count: int | None = None
    small: bool = False

    def __str__(self) -> str:
        return self._worded(_language.chosen, str)

    def english(self) -> str:
        """The text in English whatever language is chosen, for logs and for other programs."""
        return self._worded(_ENGLISH, english)

    def filled(self, **parameters: object) -> Message:
        """The same message with a value for each place, where it was made without."""
        return replace(self, parameters=parameters)

    def lower(self) -> Message:
        """The same word within a sentence."""
        return Message(self.template, self.parameters, self.many, self.count, small=True)

    def _worded(self, language: gettext.NullTranslations, value: Callable[[object], str]) -> str:
        if self.count is None and not self.parameters and not self.small:
            return language.gettext(self.template) if self.template else ""
        places = {name: value(one) for name, one in self.parameters.items()}
        if self.count is None:
            found = language.gettext(self.template) if self.template else ""
        else:
            found = language.ngettext(self.template, self.many, self.count)
            places.setdefault("n", str(self.count))
        worded = fill(by_sound(found, places), places) if places else found
        return worded.lower() if self.small else worded


def message(template: str, /, **parameters: object) -> Message:
    """A message with a value for each place of its template."""
    return Message(template, parameters)


def counted(one: str, many: str, n: int, /, **parameters: object) -> Message:
    """A message about `n` things; `{n}` is their number."""
    return Message(one, parameters, many, n)


def verbatim(text: str) -> Message:
    """A text that is data, such as what another program said, where a message is wanted."""
    return Message("{text}", {"text": text})


def either(choices: Sequence[object]) -> Message:
    """`a, b or c`. Raises ValueError when there is nothing to choose."""
    *others, last = choices
    if not others:
        return message("{last}", last=last)
    return message("{others} or {last}", others=listed(others), last=last)


def both(things: Sequence[object]) -> Message:
    """`a, b and c`. Raises ValueError when there is nothing to name."""
    *others, last = things
    if not others:
        return message("{last}", last=last)
    return message("{others} and {last}", others=listed(others), last=last)


def listed(things: Sequence[object]) -> Message:
    """`a, b, c`. Raises ValueError when there is nothing to name."""
    if not things:
        raise ValueError("nothing to name")
    if len(things) == 1:
        return message("{first}", first=things[0])
    # Halved, so that messages within messages stay few however long the list is.
    half = len(things) // 2
    return message("{first}, {next}", first=listed(things[:half]), next=listed(things[half:]))


def english(value: object) -> str:
    """A message in English whatever language is chosen; any other value as it is written."""
    return value.english() if isinstance(value, Message) else str(value)


def translate(text: str, /, **parameters: object) -> str:
    """The text in the current language, with the parameters in their places."""
    found = _language.chosen.gettext(text) if text else ""
    return fill(by_sound(found, parameters), parameters) if parameters else found


def translate_in(context: str, text: str, /) -> str:
    """A text whose English says several things: `context` tells translators which is meant. The
    same text without one is another entry of the catalogue."""
    return _language.chosen.pgettext(context, text)


def plural(one: str, many: str, n: int, /, **parameters: object) -> str:
    """The form of a text for `n` things, with `n` and the parameters in their places."""
    return str(counted(one, many, n, **parameters))


def by_sound(template: str, parameters: Mapping[str, object]) -> str:
    """A template with each pair of forms, such as `a|ac {name}`, settled by the next sound."""
    if "|" not in template:
        return template

    def settled(pair: re.Match[str]) -> str:
        following = str(parameters.get(pair[3], "")).lower()
        return pair[2] if following.startswith(_VOWELS) else pair[1]

    return _BY_SOUND.sub(settled, template)


def translate_foreign(one: str, many: str = "", n: int = 1) -> str:
    """A text of a library in the current language, its places left for the library to fill; with
    `many` the form for `n` things."""
    return _language.chosen.ngettext(one, many, n) if many else _language.chosen.gettext(one)


def fill(template: str, parameters: Mapping[str, object]) -> str:
    """Put the parameters into the `{named}` places of a template.

    Safe for a template from another program: a place without a parameter stays as it is, and no
    place reaches an attribute or an item of a value.
    """

    parts = _parts(template)
    return "".join(
        [
            text if not name else str(parameters[name]) if name in parameters else f"{{{name}}}"
            for text, name in parts
        ]
    )


@lru_cache(maxsize=2048)
def _parts(template: str) -> list[tuple[str, str]]:
    """Texts with no name, and names of places with no text, in turn. Kept: a rating fills a dozen
    templates at each answer."""
    split = enumerate(_PLACE.split(template))
    return [("", part) if at % 2 else (part, "") for at, part in split if part]


def places(template: str) -> list[str]:
    """The names of the places in a template, each as often as it stands there."""
    return _PLACE.findall(template)


def languages(folder: Path | None = None) -> list[str]:
    """The codes of the languages that can be chosen, English first."""
    compiled = (folder or _usual_folder()).glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return [SOURCE, *sorted(file.parts[-3] for file in compiled), PSEUDO]


def language_names() -> dict[str, str]:
    """The name of each language that people can choose, in that language, by its code.

    A catalogue names itself: it translates `English` with its own name, and a draft says so there.
    """
    names = {}
    for code in languages():
        if code not in (SOURCE, PSEUDO):
            names[code] = gettext.translation(DOMAIN, _usual_folder(), [code]).gettext(ENGLISH)
    return {SOURCE: ENGLISH, **names}


def language_tag() -> str:
    """The language now spoken, as a document names it: `en-GB`, `cy`."""
    return _language.code if _language.code not in (SOURCE, PSEUDO) else "en-GB"


def language_code() -> str:
    """The code of the language now spoken."""
    return _language.code


def choose_language(code: str, folder: Path | None = None) -> None:
    """Speak this language from now on. Raises LookupError when there is no such language.

    folder: holds `<code>/LC_MESSAGES/visitapp.mo`; the program's own when it is None.
    """
    if code not in languages(folder):
        raise LookupError(code)
    if code == SOURCE:
        _language.chosen = gettext.NullTranslations()
    elif code == PSEUDO:
        _language.chosen = _Pseudo()
    else:
        _language.chosen = gettext.translation(DOMAIN, folder or _usual_folder(), [code])
    _language.code = code


def pseudo(text: str) -> str:
    """A message in the pseudo-language: at least 40 % longer, its places kept."""
    parts = _ANY_PLACE.split(text)
    accented = [part if at % 2 else part.translate(_ACCENTED) for at, part in enumerate(parts)]
    short = max(0, -(-len(text) * 2 // 5) - 2)
    padding = (_PADDING * (short // len(_PADDING) + 1))[:short]
    return f"[{''.join(accented)}{padding}]"


class _Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return pseudo(message)


class _Language:
    """The one choice of this process; its interfaces all speak the same language."""

    chosen: gettext.NullTranslations = gettext.NullTranslations()
    code = SOURCE


_language = _Language()
ENGLISH = message("English").template


def _usual_folder() -> Path:
    return Path(__file__).parents[1] / "resources" / "locale"
