"""Forms that a command names: a file, or one that is on this device."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.cli.program import Terminal
from visitapp.errors import BadFile, Code
from visitapp.language import translate, verbatim

if TYPE_CHECKING:
    from forms.catalogue.catalogue import Library
    from forms.format.faults import Fault
    from forms.model import Form


def has_records(terminal: Terminal) -> bool:
    """Whether the data folder holds records; where it does not, none are made."""
    from visitapp.storage.database import FILE_NAME

    return (terminal.data_dir / FILE_NAME).exists()


def library_of(terminal: Terminal) -> Library:
    """The forms on this device: those that ship and, where there are records, the published."""
    from forms.catalogue.catalogue import shipped

    return terminal.services.desk.library if has_records(terminal) else shipped()


def find_form(terminal: Terminal, name: str) -> Form:
    """A form by its file, its id, or `id@version`. Raises NotFound or BadFile."""
    from forms.catalogue.read import read_form
    from forms.format.source import read_text

    path = file_named(name)
    if path is not None:
        return read_form(read_text(path), str(path))
    form_id, _, version = name.partition("@")
    return library_of(terminal).form(form_id, version or None)


def find_text(terminal: Terminal, name: str) -> str:
    """The text of the same form, as it was written."""
    from forms.format.source import read_text

    path = file_named(name)
    if path is not None:
        return read_text(path)
    form = find_form(terminal, name)
    return library_of(terminal).text(form.id, form.version)


def report(file: str, faults: Sequence[Fault]) -> list[str]:
    """A line for each fault of a file, or that it is good."""
    if not faults:
        return [translate("{file}: no faults", file=file)]
    return [f"{fault.file}:{fault.line}: {fault.what} {fault.remedy}" for fault in faults]


def first_fault(code: Code, faults: Sequence[Fault]) -> BadFile:
    """The refusal of files with faults: the first one, and how many more there are."""
    from forms.format.faults import first_remedy

    first, remedy = faults[0], first_remedy(faults)
    return BadFile(code, verbatim(first.what), remedy, file=first.file, row=first.line)


def file_named(name: str) -> Path | None:
    """The file that the name is of; None for a form's id."""
    path = Path(name)
    named_so = path.suffix.lower() in {".yaml", ".yml"} or len(path.parts) > 1
    return path if named_so or path.exists() else None
