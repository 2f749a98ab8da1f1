"""`visitapp demo`: build the demonstration, then show it or say where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from visitapp.configuration import ClientConfiguration
from visitapp.demo.build import PICTURES, SUMMARY, Demo, Scale
from visitapp.demo.summary import Summary
from visitapp.demo.work.device import PASSPHRASE, OpenServices
from visitapp.services.services import Services


def run_demo(
    out: Path,
    open_services: OpenServices,
    configuration: ClientConfiguration,
    *,
    shows_window: bool,
) -> int:
    """Build the fictional council in `out` and run the journey; gives the exit status.

    With `shows_window` the officer's window then opens on the result while the
    demo's server runs. Raises EnvironmentProblem when the folder is not a demo's.
    """
    demo = Demo(out, open_services, Scale(), click.echo)
    with demo.built() as summary:
        click.echo("\n".join(_words(out, summary)))
        if shows_window:
            return _show(demo, open_services, configuration)
    return 0


def _show(demo: Demo, open_services: OpenServices, configuration: ClientConfiguration) -> int:
    from visitapp.demo.sample import open_sample
    from visitapp.ui.shell.app import run
    from visitapp.ui.shell.start.openers import Openers

    def sample(folder: Path, progress: Callable[[int, int], None]) -> Services:
        return open_sample(folder, open_services, progress)

    click.echo("The officer's window is open. Close it to end the demo and its server.")
    own = msgspec.structs.replace(configuration, passphrase=PASSPHRASE)
    return run(demo.officer.folder, Openers(open_services, sample), own)


def _words(out: Path, summary: Summary) -> list[str]:
    journey, past, nothing = summary.journey, summary.past, summary.from_nothing
    visit = journey.visit
    officer = next(iter(summary.devices.values()))
    return [
        "",
        f"{summary.council.name} is invented: {summary.council.settings} settings, "
        f"{past.visits} past visits, {past.answers} answers, {past.actions} actions.",
        f"{journey.officer} visited {visit.setting} with no network: {visit.overall.capitalize()}, "
        f"{visit.percent}%. Each answer was saved and rated in {visit.answer_ms_median} ms.",
        f"{journey.approved_by} approved it; the officer's device says {journey.officer_sees}.",
        f"{len(summary.ratings)} homes show how ratings come to stand:",
        *(f"  {case.setting}: {case.rule}." for case in summary.ratings),
        f"A second council began with a spreadsheet of {nothing.contracts} contracts: "
        f"one officer holds {nothing.held} settings and covers {nothing.covered}.",
        "",
        f"  Report      {out / 'visit-report.pdf'}",
        f"  Pictures    {out / PICTURES} ({len(summary.pictures)})",
        f"  Summary     {out / SUMMARY}",
        f"  Officer     visitapp --data-dir {out / officer}  (passphrase: {PASSPHRASE})",
        "",
        f"Done in {summary.seconds:.0f} seconds.",
    ]
