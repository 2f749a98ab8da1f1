"""Shows, on the officer's and the lead's laptops, how a rating comes to stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from forms.model import Form
from forms.rating.answer_values import set_aside_values
from visitapp.demo.council.answers import Answers
from visitapp.demo.council.cases import CASES, CONTRACT, FIRM
from visitapp.demo.council.council import Place
from visitapp.demo.council.story import findings
from visitapp.demo.summary import RatingCaseFacts, RatingStep
from visitapp.demo.work.device import Device
from visitapp.demo.work.leading import decide_as_prompted
from visitapp.demo.work.seeding import HOME_FORM, complete, facts_of, setting_of
from visitapp.demo.work.timeline import RED
from visitapp.records import Contract, ContractSetting, Setting, ids

AUDIT, REVIEW = "medicines-audit", "contract-review"
BACK = "Which records were sampled? Please say so, then sign off again."
_BARELY = 12
"""Questions answered on the provisional visit; the rest was not checked."""

_HELD = 230
"""Days for which the officer has held the homes."""

_LEFT = {"value": "not_checked", "reason": "The fire alarm ended the visit early."}


class RatingCases:
    """The visits, approvals and returns of every case, in the order in which they happen."""

    def __init__(self, officer: Device, lead: Device, homes: Mapping[str, Place]) -> None:
        self._officer, self._lead, self._homes = officer, lead, homes
        self._today = officer.services.desk.today()
        self._steps: dict[str, list[RatingStep]] = {key: [] for key in homes}
        self._last: dict[str, str] = {}
        self._signed: dict[str, date] = {}

    def show(self, public_file: Path) -> list[RatingCaseFacts]:
        """Carry every case out; `public_file` lists the homes."""
        services = self._officer.services
        services.directory.import_file(public_file)
        with self._officer.clock.at(self._today - timedelta(days=_HELD), 9):
            for place in self._homes.values():
                services.settings.add(place.location_id)
        self._note("Added to the portfolio", *self._homes)
        self._first_visits()
        self._second_visits()
        self._returns()
        return [self._facts(case.key, case.rule) for case in CASES]

    def _first_visits(self) -> None:
        """A rating to start from, agreed by the lead."""
        for key in ("themed", "late", "provisional", "better", "returned"):
            self._visit(key, 20 if key == "late" else 200, RED)
        self._note("Red visit signed off", *self._last)
        for key in ("worse", "contract"):
            self._visit(key, 200)
        self._approve(*self._last)
        for key in ("worse", "contract"):
            decide_as_prompted(self._lead.services, setting_of(self._homes[key]), "green")
        self._contract()
        self._note("Green visit approved", "worse", "contract")

    def _second_visits(self) -> None:
        """The visit that shows the rule: at sign-off, then after the lead's approval."""
        self._visit("themed", 10, form=AUDIT)
        self._visit("late", 150)
        self._visit("provisional", 10, barely=True)
        self._visit("worse", 5, RED)
        for key in ("better", "first-green", "returned"):
            self._visit(key, 10)
        self._visit("contract", 10, form=REVIEW, poor=True)
        self._note("Green themed audit signed off", "themed")
        self._note("Green visit of an earlier day signed off", "late")
        self._note("Provisional Green visit signed off", "provisional")
        self._note("Red visit signed off", "worse")
        self._note("Green visit signed off", "better", "first-green", "returned")
        self._note("Red contract review signed off", "contract")
        approved = ("themed", "late", "provisional", "better", "first-green", "returned")
        self._approve(*approved)
        self._note("Approved", *approved)

    def _returns(self) -> None:
        self._lead.services.reviews.return_(self._last["returned"], BACK)
        self._meet()
        self._note("Reopened by the lead", "returned")

    def _visit(
        self,
        key: str,
        ago: int,
        story: Answers | None = None,
        form: str = HOME_FORM,
        *,
        barely: bool = False,
        poor: bool = False,
    ) -> None:
        """A visit some days ago, answered well but for `story`. It is signed off on its day; the
        second of the case `late` months later."""
        visits, place = self._officer.services.visits, self._homes[key]
        day = self._today - timedelta(days=ago)
        late = key == "late" and key in self._last
        signed = self._today - timedelta(days=2) if late else day
        with self._officer.clock.at(signed, 9):
            started = visits.start(setting_of(place), form, visited_on=day)
            asked = visits.form(started.id)
            level = 0.0 if poor else 1.0
            answers = findings(asked, facts_of(place), level, f"case {key} {ago}", story)
            if barely:
                answers = _barely(asked, answers)
            whole, seen = complete(asked, answers, facts_of(place))
            visits.answer_all(started.id, whole)
            for question, kind in seen:
                visits.add_evidence(started.id, question, kind, "Seen on the day")
        with self._officer.clock.at(signed, 15):
            visits.sign_off(started.id)
        self._last[key], self._signed[key] = started.id, signed

    def _approve(self, *keys: str) -> None:
        """The lead decides on the day after each visit was signed off."""
        self._meet()
        for key in keys:
            with self._lead.clock.at(self._signed[key] + timedelta(days=1), 10):
                self._lead.services.reviews.approve(self._last[key], at_once=True)
        self._meet()

    def _contract(self) -> None:
        """The lead puts one home under a contract, which its contract review rates."""
        with self._lead.services.desk.transaction() as session:
            setting = session.get_one(Setting, setting_of(self._homes["contract"]))
            contract = Contract(
                provider_id=ids.provider_id("cqc", FIRM.number),
                number=CONTRACT,
                title=f"Care with {FIRM.name}",
                officer_id=setting.officer_id,
            )
            session.add(contract)
            session.flush()
            link = ids.contract_setting_id(contract.id, setting.id, None)
            session.add(ContractSetting(id=link, contract_id=contract.id, setting_id=setting.id))
        self._meet()

    def _meet(self) -> None:
        """The officer sends, the lead receives and sends, the officer receives."""
        self._officer.sync_whole()
        self._lead.sync_whole()
        self._officer.sync_whole()

    def _note(self, what: str, *keys: str) -> None:
        """What stands at these homes now, as the officer's laptop shows it."""
        for key in keys:
            view = self._officer.services.settings.view(setting_of(self._homes[key]))
            step = RatingStep(
                what=what,
                quality=view.rating.rag,
                proposed=view.rating.proposed,
                contract=view.contract_rating.rag,
                placements=str(view.row.placements),
            )
            self._steps[key].append(step)

    def _facts(self, key: str, rule: str) -> RatingCaseFacts:
        place = self._homes[key]
        return RatingCaseFacts(
            case=key,
            rule=rule,
            setting=place.name,
            setting_id=setting_of(place),
            steps=self._steps[key],
        )


def _barely(form: Form, answers: Answers) -> Answers:
    """The same with no more than the first questions rated."""
    rated = [
        name
        for name in answers
        if any(value.value == _LEFT["value"] for value in set_aside_values(form.questions[name]))
    ]
    return answers | {name: dict(_LEFT) for name in rated[_BARELY:]}
