"""The provider's spreadsheet, saved again by LibreOffice: the same file in other bytes."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk.desks import START
from tests.support.plans.filled import filled
from visitapp.reports.plans.save import save_for_provider
from visitapp.services.services import Services

OFFICE = shutil.which("soffice")
TODAY = START.date()


def saved_again(path: Path, folder: Path) -> Path:
    """The file as LibreOffice writes it, in another folder."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    how = ["--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run([OFFICE, *how], check=True, timeout=300, stdout=subprocess.DEVNULL)
    return folder / path.name


@pytest.mark.timeout(900)
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_all_that_is_compared(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    due = TODAY + timedelta(days=20)
    services.actions.add(None, homes[0], "=SUM(A1) of the round", due, target=29)
    services.actions.add(None, homes[0], "@Night: two carers", due, owner_side="council")
    draft = services.plans.draft(homes[0], "-Safe- rounds", TODAY, TODAY + timedelta(days=90))
    plan = services.plans.agree(draft.id, "The registered manager")
    files = save_for_provider(services, plan.id, tmp_path)
    sent = next(one for one in files if one.suffix == ".xlsx")
    again = tmp_path / "again"
    untouched = services.provider_files.preview(plan.id, saved_again(sent, again))
    assert (untouched.rows, untouched.changes, untouched.faults) == (2, [], [])
    given = {1: {"Number done now": 12, "Done on": TODAY, "What was done": "Twelve rounds"}}
    found = services.provider_files.preview(plan.id, saved_again(filled(sent, given), again))
    (change,) = found.changes
    assert (change.number, change.progress, change.done_on) == (1, 12, TODAY)
    assert found.faults == []
