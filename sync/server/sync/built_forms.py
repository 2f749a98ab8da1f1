"""Forms that were built for one setting: taken only when the server builds the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, select

from forms.catalogue.catalogue import Library
from forms.model import Form
from forms.tailored.build import question_of, read_built
from forms.tailored.verify import base_versions, difference
from sync.server.records.workspace import Workspace
from sync.tables import table_of
from visitapp.errors import BadFile, Code, NotFound
from visitapp.language import message
from visitapp.records import Action, Visit


class BuiltForms:
    """Reads the built forms of visits, inside one transaction."""

    def __init__(self, connection: Connection, workspace: Workspace, library: Library) -> None:
        self._connection = connection
        self._workspace = workspace
        self._library = library
        self._read: dict[tuple[str, str, str], Form] = {}

    def form(self, visit: Mapping[str, Any]) -> Form:
        """The form that was built for a visit. Raises NotFound when the server has not its base,
        BadFile (FORM_FAULTS) when the text is not what the base and the setting's records give."""
        form_id, version, text = visit["form_id"], visit["form_version"], visit["form_text"]
        named = (visit["setting_id"], form_id, version)
        if named not in self._read:
            versions = self._library.versions(form_id)
            if not versions:
                raise NotFound(message("This server does not have the form {form}.", form=form_id))
            form = read_built(text, form_id, version)
            self._require_same(visit, text, versions)
            self._read[named] = form
        return self._read[named]

    def _require_same(self, visit: Mapping[str, Any], text: str, versions: list[str]) -> None:
        form_id, setting_id = visit["form_id"], visit["setting_id"]
        bases = base_versions(visit["form_version"], versions)
        if not bases:
            raise NotFound(
                message("This server does not have that version of the form {form}.", form=form_id)
            )
        self._workspace.flush()
        questions, lasts = self._questions(setting_id), list(self._lasts(setting_id))
        found = (
            difference(text, self._library.text(form_id, base), questions, lasts)
            for base in reversed(bases)
        )
        reasons = list(takewhile(bool, found))
        if len(reasons) == len(bases):
            raise BadFile(
                Code.FORM_FAULTS,
                message(
                    "The form that was built for this visit is not accepted. {reason}",
                    reason=reasons[0],
                ),
                file=f"the form built for this visit ({form_id})",
            )

    def _questions(self, setting_id: str) -> set[str]:
        """The questions that ask about the actions of the setting."""
        table = table_of(Action)
        of_setting = select(table.c.id).where(table.c.setting_id == setting_id)
        return set(map(question_of, self._connection.execute(of_setting).scalars()))

    def _lasts(self, setting_id: str) -> Iterator[str]:
        """The texts of the forms of the setting's signed visits, the latest visit's first, each
        once."""
        table = table_of(Visit)
        named = (table.c.form_id, table.c.form_version, table.c.form_text)
        signed = select(*named).where(
            table.c.setting_id == setting_id, table.c.outcome.is_not(None)
        )
        seen: set[tuple[str, str]] = set()
        for form_id, version, text in self._connection.execute(
            signed.order_by(table.c.visited_on.desc(), table.c.id.desc())
        ):
            if (form_id, version) in seen:
                continue
            seen.add((form_id, version))
            try:
                yield text or self._library.text(form_id, version)
            except NotFound:
                continue
