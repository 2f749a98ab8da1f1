"""The team leads' two years: contracts, and decisions on what their officers signed off."""

from __future__ import annotations

from datetime import date, timedelta

from visitapp.demo.council.council import Council, Firm, Place
from visitapp.demo.work.device import Device
from visitapp.demo.work.seeding import setting_of
from visitapp.records import Contract, ContractSetting, Position, Purpose, Rag, Setting, ids
from visitapp.rules.placement import PROMPTED
from visitapp.services.services import Services
from visitapp.services.visits.sign_off.queue import chosen

CONDITION = "Nobody who needs two carers at night, until the action on staffing is verified."
DECIDED = "Read with the latest visit and its open actions."
RETURN_COMMENT = "Which five plans were sampled? Please give their codes, then sign off again."
TERM = (date(2024, 4, 1), date(2027, 3, 31))
"""From when to when contracts run."""

_COST_OF_A_SETTING = 240_000
_LEFT_WAITING = 2


class Leading:
    """One lead's part of the past, on the lead's own laptop."""

    def __init__(self, device: Device, council: Council) -> None:
        self._services = device.services
        self._clock = device.clock
        officers = {one.name for one in council.officers() if one.team == device.owner.team}
        self._firms = council.firms
        self._places = [place for place in council.places if place.officer in officers]
        self.contracts = 0
        self.approved = 0
        self.returned = 0

    def contract(self) -> None:
        """Put each provider's settings of the team under one contract, in one transaction."""
        for number, firm in enumerate(self._firms, 1):
            places = [place for place in self._places if place.firm == firm]
            if places:
                contract_with(self._services, firm, places, f"CARE-{number:04d}")
                self.contracts += 1
        self._register()

    def _register(self) -> None:
        """What is known of the first home, whom to call, and a day centre that closed."""
        first, today = self._places[0], self._services.desk.today()
        managers = (("Maud Ferrier", 900, 500), ("Edwin Tallis", 120, 90))
        for name, since, known in managers:
            self._services.setting_facts.add(
                setting_of(first),
                "manager",
                name,
                "Telephone call",
                starts_on=today - timedelta(days=since),
                as_of=today - timedelta(days=known),
            )
        provider = ids.provider_id("cqc", first.firm.number)
        self._services.contacts.add(provider, "Out of hours", "On call", "01632 960120")
        closed = self._services.setting_editing.add("Sedgebrook Day Centre", "day")
        self._services.setting_life.close(
            closed.setting_id, today - timedelta(days=30), "The lease ended.", "leave"
        )

    def review(self) -> None:
        """Decide on what waits, two days after each sign-off; the newest wait on, one goes back."""
        queue = self._services.reviews.queue().waiting
        waiting = [one.visit for one in chosen(queue, order="due")]
        decided = waiting[:-_LEFT_WAITING] if len(waiting) > _LEFT_WAITING else []
        back = [visit for visit in decided if visit.purpose != Purpose.CONTRACT_REVIEW][-1:]
        for visit in [one for one in decided if one not in back]:
            assert visit.signed_off_at is not None
            day = (visit.signed_off_at + timedelta(days=2)).date()
            with self._clock.at(day, 10):
                self._services.reviews.approve(visit.id, at_once=True)
            self.approved += 1
        for visit in back:
            self._services.reviews.return_(visit.id, RETURN_COMMENT)
            self.returned += 1

    def decide(self) -> None:
        """Decide on placements at each setting that was rated and has no position yet."""
        for one in self._services.placements.waiting():
            if one.position == Position.NOT_ASSESSED:
                decide_as_prompted(self._services, one.setting_id, one.rag)


def decide_as_prompted(services: Services, setting_id: str, rag: str) -> None:
    """Decide the position that a rating prompts."""
    position = PROMPTED[Rag(rag)]
    condition = CONDITION if position == Position.CONDITIONAL else ""
    services.placements.decide(setting_id, position, DECIDED, condition=condition)


def contract_with(services: Services, firm: Firm, places: list[Place], number: str) -> None:
    """Put settings of a provider under one contract."""
    with services.desk.transaction() as session:
        settings = [session.get_one(Setting, setting_of(place)) for place in places]
        contract = Contract(
            provider_id=ids.provider_id("cqc", firm.number),
            number=number,
            title=f"Care with {firm.name}",
            officer_id=settings[0].officer_id,
            starts_on=TERM[0],
            ends_on=TERM[1],
            route="framework",
            funding="council",
            yearly_cost=_COST_OF_A_SETTING * len(settings),
            extension_months="12+12",
            decide_months=2,
            notice_months=6,
        )
        session.add(contract)
        session.flush()
        session.add_all(
            ContractSetting(
                id=ids.contract_setting_id(contract.id, setting.id, None),
                contract_id=contract.id,
                setting_id=setting.id,
            )
            for setting in settings
        )
