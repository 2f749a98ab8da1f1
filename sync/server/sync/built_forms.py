"""Forms that were built for one setting: taken only when the server builds the same."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection

from forms.catalogue.catalogue import Library
from forms.model import Form
from forms.tailored.build import read_built
from forms.tailored.verify import base_versions, difference
from sync.server.records.workspace import Workspace
from visitapp.errors import BadFile, Code, NotFound
from visitapp.language import message
from visitapp.standing.tailored_forms import action_questions, earlier_form_texts


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
        questions = action_questions(self._connection, setting_id)
        lasts = list(earlier_form_texts(self._connection, self._library, setting_id))
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
