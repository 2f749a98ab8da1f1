"""A change that the server refused is given up in a dialog that says what goes and what stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.support.window.windows import Desktop, texts
from visitapp.errors import Code
from visitapp.records import Action, History, Outbox
from visitapp.services.services import Services
from visitapp.ui.dialogs.sync.discard_change import DiscardDialog
from visitapp.ui.shell.routes import Route


@pytest.fixture
def refused_action(services: Services, heather: str) -> str:
    """An action made here that the server did not take."""
    made = services.actions.add(None, heather, "Mend the roof", services.desk.today()).id
    with services.desk.database.applying() as session:
        session.execute(
            update(Outbox)
            .where(Outbox.record_id == made)
            .values(refused_code=Code.NOT_ALLOWED, refused_text="This setting is not yours.")
        )
    return made


def asked(desktop: Desktop) -> DiscardDialog:
    desktop.window.go(Route("sync"))
    [discard] = [name for name in desktop.sync.buttons if name.startswith("Discard: ")]
    desktop.sync.click(discard)
    return desktop.dialog(DiscardDialog)


def test_a_record_that_the_server_never_had_leaves_the_pages_and_stays_in_history(
    desktop: Desktop, services: Services, refused_action: str
) -> None:
    (change,) = services.connection.refused()
    assert change.theirs == ""
    dialog = asked(desktop)
    said = "\n".join(texts(dialog))
    assert "This setting is not yours." in said
    assert "The server never had this record." in said
    assert "stays in the history" not in said
    desktop.click(dialog.primary)
    assert services.connection.refused() == []
    assert services.actions.list() == []
    with services.desk.reading() as session:
        action = session.get_one(Action, refused_action)
        kept = session.scalars(select(History).where(History.record_id == refused_action)).all()
        waiting = session.scalars(select(Outbox).where(Outbox.record_id == refused_action)).all()
    assert (action.deleted, action.title) == (True, "Mend the roof")
    assert [(one.field, one.old, one.new) for one in kept if one.field == "deleted"] == [
        ("deleted", False, True)
    ]
    assert waiting == []


def test_cancel_changes_nothing(desktop: Desktop, services: Services, refused_action: str) -> None:
    desktop.click(asked(desktop).cancel)
    assert [one.id for one in services.connection.refused()] == [refused_action]
    assert [one.id for one in services.actions.list()] == [refused_action]
