"""The demonstration does what its summary says, by its databases, its paper and its pictures."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import ColumnElement, func, select

from visitapp.bootstrap import open_services
from visitapp.demo.build import Demo, Scale
from visitapp.demo.council.register import CONTRACTS, SETTINGS
from visitapp.demo.summary import Summary
from visitapp.demo.work.device import PASSPHRASE
from visitapp.demo.work.workers import Looks
from visitapp.records import Answer, Counter, Purpose, Step, User, Visit
from visitapp.services.services import Services
from visitapp.storage.database import Database, open_server
from visitapp.ui.shell.pages import PAGES as LISTED

pytestmark = pytest.mark.timeout(900)

SMALL = Scale(settings=4, officers=1, looks=Looks(sizes=1, themes=("light",)))
PAGES = {*LISTED, "setting", "visit"}
MORE = {
    *("assessment", "results", "start", "assess", "sign"),
    *("plan", "intervention", "escalation"),
}
"""Risk assessments, and dialogs."""


class Built(NamedTuple):
    """A finished demonstration; its server has stopped."""

    out: Path
    summary: Summary
    said: list[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("demo") / "out"
    said: list[str] = []
    with Demo(out, open_services, SMALL, said.append).built():
        pass
    written = msgspec.json.decode((out / "summary.json").read_bytes(), type=Summary)
    return Built(out, written, said)


@pytest.fixture
def server(built: Built) -> Iterator[Database]:
    database = open_server(f"sqlite:///{(built.out / 'server' / 'server.db').as_posix()}")
    yield database
    database.close()


@pytest.fixture
def officer(built: Built) -> Iterator[Services]:
    services = open_services(built.out / next(iter(built.summary.devices.values())), PASSPHRASE)
    yield services
    services.close()


def paper(built: Built, name: str) -> str:
    with pypdfium2.PdfDocument(built.out / name) as document:
        return " ".join(
            " ".join(document[page].get_textpage().get_text_bounded().split())
            for page in range(len(document))
        )


def homes_apart(built: Built) -> set[str]:
    """The settings whose records are counted in no other figure."""
    summary = built.summary
    stories = {summary.plan_story.setting_id, summary.kept_open.setting_id}
    return {case.setting_id for case in summary.ratings} | stories


def test_the_server_holds_what_the_summary_counts(built: Built, server: Database) -> None:
    past, journey = built.summary.past, built.summary.journey
    made = (journey.visit, journey.repeat_visit, journey.draft_visit, journey.graded_visit)
    cases = homes_apart(built)

    with server.reading() as session:

        def count(record: type, *kinds: ColumnElement[bool]) -> int:
            return session.scalar(select(func.count()).select_from(record).where(*kinds)) or 0

        others = Visit.setting_id.not_in(cases)
        assessed = Visit.purpose == Purpose.RISK_ASSESSMENT
        assert count(Visit, ~assessed, others) == past.visits + len(made)
        assert count(Visit, assessed) == past.assessments + 2 > 2
        of_visits = Answer.visit_id.in_(select(Visit.id).where(~assessed, others))
        assert count(Answer, of_visits) == past.answers + sum(visit.answers for visit in made)
        reviews = past.approved + past.returned + 1
        assert (
            count(Step, Step.after.in_(("approved", "returned")), Step.setting_id.not_in(cases))
            == reviews
        )
        managers = 1
        staff = built.summary.council.officers + built.summary.council.leads
        assert count(User) == staff + managers
        assert session.scalar(select(Counter.revision)) >= built.summary.server_revision


def test_the_officers_device_sees_the_approval(built: Built, officer: Services) -> None:
    journey = built.summary.journey
    view = officer.visits.view(journey.visit.visit_id)

    assert view.summary.status == journey.officer_sees == "approved"
    assert view.reviews[0].by == journey.approved_by == journey.lead
    assert view.outcome.overall == journey.visit.overall == "red"
    assert view.outcome.percent == journey.visit.percent
    assert len(view.answers) == journey.visit.answers
    assert len(view.actions) == journey.visit.actions > 0
    assert officer.visits.view(journey.draft_visit.visit_id).summary.status == "draft"
    assert officer.connection.state().waiting == 0


def test_the_visit_was_made_offline_and_sent_whole(built: Built) -> None:
    journey = built.summary.journey
    assert "could not be reached" in journey.said_offline
    assert journey.officer_sync.sent == journey.officer_sync.accepted
    assert journey.officer_sync.sent > journey.visit.answers + journey.repeat_visit.answers
    assert journey.officer_sync.refused == []
    assert journey.lead_sync.received >= journey.visit.answers


def test_the_outcome_moved_with_the_answers(built: Built) -> None:
    moves = built.summary.journey.visit.outcome_moves
    assert moves[0].overall == "green"
    assert moves[-1].overall == "red"
    assert [move.after for move in moves] == sorted(move.after for move in moves)


def test_the_contracts_of_the_past_are_reviewed(officer: Services) -> None:
    today = officer.desk.today()
    reviews = [one.due for one in officer.planning.due() if one.due.purpose == "contract_review"]
    late = [one for one in reviews if one.due_on < today]
    assert len(late) < len(reviews)
    assert {one.of for one in reviews} >= {"last_visit"}


def test_the_conflict_is_kept_for_a_person(built: Built, officer: Services) -> None:
    found = officer.conflicts.list()
    conflict = built.summary.journey.conflict
    assert [(one.field, one.about) for one in found] == [(conflict.field, conflict.about)]
    assert conflict.server_value != conflict.other_value


def test_the_past_is_lived_and_rated(built: Built, officer: Services) -> None:
    cases = homes_apart(built)
    rows = [row for row in officer.portfolio.rows() if row.setting_id not in cases]
    assert len(rows) == built.summary.council.settings + 1
    assert all(row.rag in {"red", "amber", "green"} for row in rows)
    assert sum(built.summary.past.ratings.values()) == built.summary.council.settings
    view = officer.visits.view(built.summary.journey.repeat_visit.visit_id)
    assert view.previous_visit_on is not None
    assert view.last_time


RATINGS = {
    "themed": ["unrated", "red", "red", "red"],
    "late": ["unrated", "red", "red", "red"],
    "provisional": ["unrated", "red", "red", "red"],
    "worse": ["unrated", "green", "red"],
    "better": ["unrated", "red", "red, green proposed", "green"],
    "first-green": ["unrated", "unrated, green proposed", "green"],
    "returned": ["unrated", "red", "red, green proposed", "green", "red"],
    "contract": ["unrated", "green", "green, contract red"],
    "never-visited": ["unrated"],
}
"""What stands at the home of each rule after each step: docs/architecture.md, Ratings."""


def test_each_rule_of_ratings_is_shown_at_a_home_of_its_own(built: Built) -> None:
    shown = {
        case.case: [
            step.quality
            + (f", {step.proposed} proposed" if step.proposed else "")
            + (f", contract {step.contract}" if step.contract != "unrated" else "")
            for step in case.steps
        ]
        for case in built.summary.ratings
    }
    assert shown == RATINGS
    last = {case.case: case.steps[-1].placements for case in built.summary.ratings}
    assert last["never-visited"] == "Not yet assessed"
    assert last["contract"] == "Open", "a contract rating closes no home"
    assert last["returned"] == "Closed to new"


def test_two_homes_were_in_intervention(built: Built, officer: Services) -> None:
    ended = officer.interventions.view(built.summary.plan_story.intervention_id)
    held = officer.interventions.view(built.summary.kept_open.intervention_id)
    assert (len(ended.visits), len(held.visits)) == (14, 7)
    assert (ended.status, held.status) == ("closed", "sustaining")
    assert (held.before.regulator, held.after.regulator) == ("Inadequate", "Good")
    assert (held.before.rag, held.after.rag, held.after.percent) == ("red", "green", 100)
    assert held.holding == len(held.criteria) == 3
    assert len(held.planned) == 2
    (line,) = officer.interventions.list(open_only=True)
    assert (line.id, line.next_visit) == (held.id, held.planned[0].planned_on)


def test_the_paper_tells_the_visit(built: Built, officer: Services) -> None:
    journey = built.summary.journey
    text = paper(built, "visit-report.pdf")

    for said in (
        journey.visit.setting,
        f"Score {journey.visit.percent}%",
        "Red",
        "The unwitnessed fall of 2 October was referred on 9 October.",
        "Sample: 3 of 5 (60%) met the standard",
        "6 people who use the service, 3 relatives or friends, 5 members of staff",
        f"Signed off by {journey.officer}",
        f"Approved by {journey.lead}",
        f"version {journey.visit.form_version}",
        officer.visits.form(journey.visit.visit_id).digest,
    ):
        assert said in text
    for action in officer.actions.list(visit_id=journey.visit.visit_id):
        assert action.title in text
    assert "DRAFT" not in text
    assert "Approved by" not in paper(built, "visit-report-on-site.pdf")
    assert "DRAFT" in paper(built, "draft-report.pdf")
    assert "Since last time" in paper(built, "repeat-visit-report.pdf")


def test_the_pages_have_something_to_show(built: Built, officer: Services) -> None:
    journey = built.summary.journey
    risk = officer.risk.view(journey.assessment_id)
    assert [one.question for one in risk.overridden] == ["regulator_overall"]
    assert risk.status == "signed_off"
    opened = officer.risk.list(risk.setting_id)[1]
    assert [result.title for result in opened.results] == ["Quality risk", "Contract risk"]
    draft = officer.visits.view(journey.draft_visit.visit_id)
    assert officer.joint_visits.names(draft.summary.id) == [journey.lead]
    assert len(draft.not_checked_last_time) > 0
    assert any("Check that one fact is not counted twice." in one for one in draft.warnings)
    photos = [one for one in draft.evidence if one.sha256]
    assert [officer.evidence.open(one.id)[:3] for one in photos] == [b"\xff\xd8\xff"]
    assert officer.visits.view(journey.graded_visit.visit_id).summary.level
    for said in ("Overridden. The records say", "A higher score is a lower risk."):
        assert said in paper(built, "risk-report.pdf")


def test_there_is_a_picture_of_every_page_and_none_is_blank(built: Built) -> None:
    names = {Path(picture).stem.split("-")[1] for picture in built.summary.pictures}
    roles = {Path(picture).stem.split("-")[0] for picture in built.summary.pictures}
    assert names == PAGES | MORE | {"rating"}
    cases = {case.case for case in built.summary.ratings}
    assert {
        one for one in cases if any(f"rating-{one}-" in p for p in built.summary.pictures)
    } == cases
    assert roles == {"officer", "lead"}
    for name in built.summary.pictures:
        with Image.open(built.out / name) as picture:
            assert picture.width >= (1280 if Path(name).stem.split("-")[1] in PAGES else 400)
            colours = picture.convert("RGB").resize((320, 200)).getcolors(1 << 16)
        assert colours is not None
        assert len(colours) > 50, name


def test_a_second_council_was_set_up_from_nothing(built: Built) -> None:
    nothing = built.summary.from_nothing
    assert (nothing.contracts, nothing.settings) == (CONTRACTS, SETTINGS)
    assert nothing.held == nothing.covered == SETTINGS / 2
    assert [Path(picture).stem for picture in nothing.pictures] == [
        *("register-columns", "register-contracts", "register-difference")
    ]
    for name in nothing.pictures:
        with Image.open(built.out / name) as picture:
            assert len(picture.convert("RGB").resize((320, 200)).getcolors(1 << 16) or ()) > 50


def test_every_path_is_relative_and_there(built: Built) -> None:
    summary = built.summary
    for name in [*summary.papers, *summary.pictures, *summary.devices.values()]:
        assert not Path(name).is_absolute()
        assert (built.out / name).exists()
    assert len(summary.papers) == 6
    assert [step.what for step in summary.steps] == [one.removesuffix(" …") for one in built.said]


def test_somebody_elses_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", encoding="utf-8")
    command = [sys.executable, "-m", "visitapp.bootstrap", "--data-dir", str(tmp_path / "data")]
    done = subprocess.run(
        [*command, "demo", "--headless", "--out", str(out)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "has files that the demo did not create" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert (out / "thesis.txt").read_text(encoding="utf-8") == "years of work"
