"""Risk assessments of the demonstration: filled from its own records, the rest by hand."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from visitapp.demo.council.answers import Pen
from visitapp.demo.council.council import Place
from visitapp.demo.council.dice import dice_for
from visitapp.demo.work.device import Device
from visitapp.demo.work.seeding import facts_of, setting_of
from visitapp.services.services import Services
from visitapp.services.views.risk import RiskAssessment

HOME_MODEL = "kent-ten"
ANY_MODEL = "early-warning"
TWO_RESULTS = "twelve-factor"
REASON = "Two serious incidents and a new manager since the report was published."

_LEFT_OUT = 6
_LEVELS = {"steady": 0.95, "improving": 0.85, "mixed": 0.6, "slipping": 0.2, "failing": 0.0}


def model_for(place: Place) -> str:
    """The risk model that the council uses for this kind of service."""
    return HOME_MODEL if place.care_home else ANY_MODEL


def assess_risks(device: Device, places: list[Place], today: date) -> int:
    """Assess and sign off what an officer holds, but for every sixth; gives how many there are."""
    done = 0
    for number, place in enumerate(places, 1):
        if number % _LEFT_OUT:
            dice = dice_for(f"risk {place.location_id}")
            with device.clock.at(today - timedelta(days=dice.randint(2, 60)), 15):
                opened = assess(device.services, place, model_for(place), dice)
                device.services.risk.sign_off(opened.id)
            done += 1
    return done


def assess(services: Services, place: Place, model: str, dice: Random) -> RiskAssessment:
    """Fill a model from the records, and answer the rest as the setting fares; it stays open."""
    opened = services.risk.assess(setting_of(place), model)
    form = services.visits.form(opened.id)
    written = Pen(dice, _LEVELS[place.character], frozenset()).fill(form, facts_of(place))
    by_hand = {name: written[name] for name in opened.by_hand if name in written}
    services.visits.answer_all(opened.id, by_hand)
    for need in services.visits.view(opened.id).needs:
        if need.what == "reason":
            services.visits.answer(opened.id, need.question, reason="It is asked for, and awaited.")
        elif need.what == "note":
            services.visits.answer(opened.id, need.question, note="From the contract meeting.")
        elif need.what != "answer":
            services.visits.add_evidence(opened.id, need.question, need.what, "Contract file")
    return services.risk.view(opened.id)


def override_one(services: Services, assessment: RiskAssessment) -> RiskAssessment:
    """Put a worse answer in the place of the regulator's rating, for a reason."""
    said = next(one for one in assessment.filled if one.question == "regulator_overall")
    worse = "inadequate" if said.value != "inadequate" else "requires_improvement"
    services.visits.answer(assessment.id, said.question, value=worse, reason=REASON)
    return services.risk.view(assessment.id)
