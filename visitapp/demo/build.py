"""Builds the whole demonstration in its folder, step by step, and measures each step."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from visitapp.demo.council.council import Place, make_council
from visitapp.demo.council.public_file import write_public_file
from visitapp.demo.facts import council_facts
from visitapp.demo.folder import claim
from visitapp.demo.server import DemoServer
from visitapp.demo.summary import (
    ConflictFacts,
    FromNothingFacts,
    JourneyFacts,
    KeptOpenFacts,
    PastFacts,
    PlanStoryFacts,
    RatingCaseFacts,
    Step,
    Summary,
)
from visitapp.demo.work.device import OpenServices
from visitapp.demo.work.from_nothing import set_up
from visitapp.demo.work.journey import Journey, Offline, Online
from visitapp.demo.work.stories import (
    Staff,
    live_kept_open,
    live_plan_story,
    opened,
    show_ratings,
)
from visitapp.demo.work.two_years import TwoYears
from visitapp.demo.work.workers import Laptop, Looks, picture

SUMMARY = "summary.json"
PICTURES = "screenshots"
_AT_ONCE = 2
_SHOWN_QUESTION = "plans_reviewed"


class Scale(Struct, frozen=True, kw_only=True):
    """How large the council is (4 to 100 settings, 1 to 6 officers), and how many pictures."""

    settings: int = 50
    officers: int = 6
    looks: Looks = Looks()


class Demo:
    """The demonstration, from an empty folder to its summary."""

    def __init__(
        self,
        out: Path,
        open_services: OpenServices,
        scale: Scale,
        say: Callable[[str], None],
    ) -> None:
        """`out` is the demo's own folder; `say` is told each step as it begins."""
        self.out = out
        self._say = say
        self._today = date.today()
        self._scale = scale
        self._council = make_council(scale.settings, self._today, scale.officers)
        self._server = DemoServer(out / "server")
        self._public_file = out / "public-ratings.csv"
        self._laptops = {
            one.name: Laptop(
                owner=one, folder=out / "devices" / one.name, open_services=open_services
            )
            for one in self._council.colleagues
        }
        self._open_services = open_services
        self._seconds = 0.0
        self._steps: list[Step] = []

    @property
    def officer(self) -> Laptop:
        """The laptop of the journey's officer, who holds the first setting."""
        return self._laptops[self._council.places[0].officer]

    @property
    def lead(self) -> Laptop:
        """The laptop of the officer's team lead."""
        team = self.officer.owner.team
        return next(self._laptops[one.name] for one in self._council.leads() if one.team == team)

    @contextmanager
    def built(self) -> Iterator[Summary]:
        """Build everything; the server runs on while the caller looks at the result."""
        started = time.perf_counter()
        claim(self.out)
        write_public_file(self._council, self._public_file)
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(_AT_ONCE, mp_context=spawn) as pool:
            with self._step("Set up the server and its users"):
                self._server.set_up(self._council.colleagues)
            with self._server.running() as url:
                lives = (self._council, self._laptops, self._public_file, self._today)
                past = TwoYears(pool, url, *lives).lived(self._step)
            with self._step("Carry out three visits with no network"):
                offline = self._offline()
            with self._server.running(urlsplit(url).port or 0):
                with self._step("Sync, review, approve, sync"):
                    online, conflict = self._online(offline)
                with self._step("Show how ratings come to stand"):
                    ratings = show_ratings(self._staff(), self.out)
                with self._step("Follow an improvement plan to its end"):
                    story = live_plan_story(self._staff(), self.out)
                with self._step("Keep a home open that was to be closed"):
                    kept_open = live_kept_open(self._staff(), self.out)
                with self._step("Take pictures of every page"):
                    self._picture(pool, offline, ratings, story)
                with self._step("Set a second council up from nothing"):
                    job = pool.submit(set_up, self.out, self._open_services, self._today)
                    nothing = job.result()
                journey = self._journey(offline, online, conflict)
                self._seconds = time.perf_counter() - started
                yield self._summary(past, journey, ratings, story, kept_open, nothing)

    def _offline(self) -> Offline:
        with self._at_work() as journey:
            return journey.offline(
                self._public_file, self._council.newcomer, self._known_homes(), self._colleague()
            )

    def _online(self, offline: Offline) -> tuple[Online, ConflictFacts]:
        with self._at_work() as journey:
            return journey.online(offline.visit.visit_id), journey.disagree(offline.visit.visit_id)

    def _staff(self) -> Staff:
        return Staff(self._council, self._laptops, self.officer, self.lead, self._today)

    @contextmanager
    def _at_work(self) -> Iterator[Journey]:
        with opened(self.officer, self.lead) as (officer, lead):
            yield Journey(officer, lead, self.out)

    def _known_homes(self) -> list[Place]:
        """A home that slips, and two others of the same officer."""
        held = self._council.held_by(self.officer.owner.name)
        return [place for place in held if place.care_home][:3]

    def _colleague(self) -> str:
        """Somebody else of the officer's team, by sign-in name; the lead where there is nobody."""
        me = self.officer.owner
        team = (*self._council.officers(), *self._council.leads())
        return next(one.name for one in team if one.team == me.team and one != me)

    def _picture(
        self,
        pool: Executor,
        offline: Offline,
        ratings: list[RatingCaseFacts],
        story: PlanStoryFacts,
    ) -> None:
        """The officer's pages on the draft, with the home of each rule of ratings, and the lead's
        on the visit that waits for review."""
        cases = {f"rating-{one.case}": one.setting_id for one in ratings}
        cases |= dict.fromkeys(("plan", "intervention", "escalation"), story.setting_id)
        folder = self.out / PICTURES
        draft, waiting = offline.draft, offline.repeat
        looks, fewer = self._scale.looks, Looks(sizes=1, themes=self._scale.looks.themes)
        jobs = [
            pool.submit(
                picture,
                laptop,
                folder,
                (visit.setting_id, visit.visit_id, _SHOWN_QUESTION),
                wanted,
                more,
            )
            for laptop, visit, wanted, more in (
                (self.officer, draft, looks, cases),
                (self.lead, waiting, fewer, {}),
            )
        ]
        for job in jobs:
            job.result()

    def _journey(self, offline: Offline, online: Online, conflict: ConflictFacts) -> JourneyFacts:
        return JourneyFacts(
            officer=self.officer.owner.title,
            lead=self.lead.owner.title,
            imported=offline.imported,
            said_offline=offline.said,
            visit=offline.visit,
            repeat_visit=offline.repeat,
            draft_visit=offline.draft,
            graded_visit=offline.graded,
            assessment_id=offline.assessed,
            officer_sync=online.officer_sync,
            lead_sync=online.lead_sync,
            approval_sync=online.approval_sync,
            officer_sees=online.officer_sees,
            approved_by=online.approved_by,
            policy=online.policy,
            conflict=conflict,
        )

    def _summary(
        self,
        past: PastFacts,
        journey: JourneyFacts,
        ratings: list[RatingCaseFacts],
        plan_story: PlanStoryFacts,
        kept_open: KeptOpenFacts,
        from_nothing: FromNothingFacts,
    ) -> Summary:
        """The summary, written to the folder as well."""
        summary = Summary(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            council=council_facts(self._council),
            past=past,
            journey=journey,
            ratings=ratings,
            plan_story=plan_story,
            kept_open=kept_open,
            from_nothing=from_nothing,
            server_revision=journey.approval_sync.revision,
            papers=self._found("*.pdf"),
            pictures=self._found(f"{PICTURES}/*.png"),
            devices={name: f"devices/{name}" for name in self._laptops},
            steps=self._steps,
            seconds=round(self._seconds, 1),
        )
        (self.out / SUMMARY).write_bytes(msgspec.json.format(msgspec.json.encode(summary)) + b"\n")
        return summary

    def _found(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.out).as_posix() for path in self.out.glob(pattern))

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        self._say(f"{what} \u2026")
        started = time.perf_counter()
        yield
        self._steps.append(Step(what, round(time.perf_counter() - started, 1)))
