"""The configuration of the desktop and of the server, each declared once.

A value comes from the environment, else from a TOML file, else from its default here. The commands
of the server may override it for one run. An entry point reads it once and passes it on; nothing
else in the program reads the environment. `docs/configuration.md` lists every key. Every start
waits for this module, so what few starts need is imported where it is used.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from visitapp.configuration.keys import ClientConfiguration, ServerConfiguration
from visitapp.errors import Code, Refused
from visitapp.given_files import read_given
from visitapp.language import Message, choose_language, either, languages, message

__all__ = [
    "FILE_VARIABLE",
    "PREFIX",
    "ClientConfiguration",
    "Configuration",
    "Key",
    "Row",
    "ServerConfiguration",
    "has_display",
    "keys_of",
    "operating_account",
    "read_configuration",
    "speak",
    "unknown_variables",
]

PREFIX = "VISITAPP_"
FILE_VARIABLE = "VISITAPP_CONFIG"
"""Names the TOML file, in place of the usual one."""

_LARGEST = 1_000_000
_OTHERS = frozenset({FILE_VARIABLE})
_URL_PASSWORDS = re.compile(r"(?<=://)([^:/@]*:).*(?=@)|([?&]password=)[^&]*")


T = TypeVar("T", bound=Struct)


class Key(Struct, frozen=True, kw_only=True):
    """One key of a configuration, as its declaration says."""

    name: str
    type: Any
    default: Any
    description: str
    is_secret: bool
    least: int | None
    most: int | None

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that it may have; empty where others may be given."""
        is_choice = isinstance(self.type, msgspec.inspect.LiteralType)
        return tuple(map(str, self.type.values)) if is_choice else ()


class Row(Struct, frozen=True, kw_only=True):
    """A value as it is shown to an administrator, never with a secret."""

    key: str
    value: str
    source: str


class Configuration(Generic[T]):
    """The values of one program and where each came from.

    values: as declared. file: the TOML file that was read; None when there was none.
    """

    def __init__(self, values: T, sources: Mapping[str, str], file: Path | None) -> None:
        self.values, self.file = values, file
        self._sources = sources

    def rows(self) -> list[Row]:
        """Every key with its value and source, for printing."""
        return [
            Row(key=key.name, value=_shown(key, getattr(self.values, key.name)),
                source=self._sources.get(key.name, "default"))
            for key in keys_of(type(self.values))
        ]  # fmt: skip


def read_configuration(
    kind: type[T], environment: Mapping[str, str] | None = None, *, usual: Path | None = None
) -> Configuration[T]:
    """Read the configuration of one program.

    environment: this process's own when it is None. usual: the TOML file that is read when it is
    there and VISITAPP_CONFIG names no other. Raises Refused BAD_VALUE with the key at fault.
    """
    given = os.environ if environment is None else environment
    named = given.get(FILE_VARIABLE)
    file = Path(named) if named else usual if usual is not None and usual.is_file() else None
    values: dict[str, Any] = {} if file is None else _read_file(kind, file)
    sources = {name: str(file) for name in values}
    for key in keys_of(kind):
        if given.get(key.variable):
            values[key.name] = given[key.variable]
            sources[key.name] = key.variable
    try:
        converted = msgspec.convert(values, kind, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise _bad_value(kind, str(error), sources) from None
    return Configuration(converted, sources, file)


def unknown_variables(
    kind: type[Struct], environment: Mapping[str, str] | None = None
) -> list[str]:
    """Variables that begin with VISITAPP_ and that no key has: likely misspelt."""
    known = {key.variable for key in keys_of(kind)} | _OTHERS
    given = os.environ if environment is None else environment
    return sorted(name for name in given if name.startswith(PREFIX) and name not in known)


def keys_of(kind: type[Struct]) -> list[Key]:
    """The keys of a configuration, in the order of their declaration."""
    declared = msgspec.inspect.type_info(kind)
    assert isinstance(declared, msgspec.inspect.StructType)
    return [_key(field) for field in declared.fields]


def has_display(environment: Mapping[str, str] | None = None) -> bool:
    """Whether a window would be seen: not offscreen, and on Linux a display server is named."""
    given = os.environ if environment is None else environment
    if given.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(given.get("DISPLAY") or given.get("WAYLAND_DISPLAY"))


def _key(field: msgspec.inspect.Field) -> Key:
    described, extra, kind = "", {}, field.type
    if isinstance(kind, msgspec.inspect.Metadata):
        described = (kind.extra_json_schema or {}).get("description", "")
        extra, kind = kind.extra or {}, kind.type
    return Key(
        name=field.name,
        type=kind,
        default=field.default,
        description=described,
        is_secret=bool(extra.get("secret")),
        least=getattr(kind, "ge", None),
        most=getattr(kind, "le", None),
    )


def _read_file(kind: type[Struct], file: Path) -> dict[str, Any]:
    import tomllib

    try:
        text = read_given(file, _LARGEST).decode("utf-8-sig")
        found = tomllib.loads(text)
    except OSError as error:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "The configuration file {file} cannot be read: {reason}.",
                file=file,
                reason=error.strerror or error,
            ),
            message("Check the file that {variable} names.", variable=FILE_VARIABLE),
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "The configuration file {file} is not valid TOML: {reason}.",
                file=file,
                reason=error,
            ),
        ) from None
    names = [key.name for key in keys_of(kind)]
    for name in found:
        if name not in names:
            from difflib import get_close_matches

            near = get_close_matches(name, names, 1)
            hint = message("The keys are {names}.", names=", ".join(names))
            if near:
                hint = message("Did you mean {name}?", name=near[0])
            raise Refused(
                Code.BAD_VALUE,
                message("{file} has an unknown key, {name}.", file=file, name=name),
                hint,
            )
    return found


def _path(kind: Any, given: Any) -> Any:
    if kind is Path and isinstance(given, str):
        return Path(given)
    raise NotImplementedError


def _bad_value(kind: type[Struct], error: str, sources: Mapping[str, str]) -> Refused:
    name = error.partition(" - at `$.")[2].rstrip("`")
    key = next(key for key in keys_of(kind) if key.name == name)
    place: object = key.variable
    if sources[name] != key.variable:
        place = message("{name} in {file}", name=name, file=sources[name])
    return Refused(
        Code.BAD_VALUE, message("{place} must be {expected}.", place=place, expected=_expected(key))
    )


def _expected(key: Key) -> Message:
    if key.choices:
        return either(key.choices)
    if key.least is not None:
        return message("a whole number from {least} to {most}", least=key.least, most=key.most)
    return message("text")


def _shown(key: Key, value: Any) -> str:
    if key.is_secret:
        return "set" if value else "not set"
    return "" if value is None else _URL_PASSWORDS.sub(r"\1\2***", str(value))


def operating_account() -> str:
    """The account that started this program: that of whoever used sudo, where somebody did; empty
    when the operating system knows no name for it."""
    import getpass

    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (OSError, KeyError):
        return ""


def speak(language: str) -> None:
    """Choose the language of the configuration. Raises Refused BAD_VALUE when it is not there."""
    try:
        choose_language(language)
    except LookupError:
        raise Refused(
            Code.BAD_VALUE,
            message("There is no language {language}.", language=language),
            message("Set language to one of: {known}.", known=", ".join(languages())),
        ) from None
