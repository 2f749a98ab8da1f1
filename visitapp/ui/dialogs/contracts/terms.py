"""The terms of a contract, each with its caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from visitapp.language import plural, translate
from visitapp.rules.market_choices import ContractStatus, Funding, Route
from visitapp.services.views.contracts import ContractStep, ContractView
from visitapp.ui import words
from visitapp.ui.models.contracts import pounds, status_word
from visitapp.vocabulary import choice_word

Line = tuple[str, str]


def term_lines(contract: ContractView) -> list[Line]:
    """Captions and texts, without the terms that are not recorded; dates and cost say so."""
    lines = (*_life(contract), *_bought(contract), *_money(contract))
    return [(caption, text) for caption, text in lines if text]


def decision_lines(steps: Sequence[ContractStep]) -> list[Line]:
    """The decisions on a contract, newest first: the day, and what was decided, by whom and why."""
    return [(words.day(step.at.astimezone().date()), _decision(step)) for step in steps]


def _decision(step: ContractStep) -> str:
    state = choice_word(ContractStatus, step.after)
    until = translate("to {day}", day=words.day(step.until)) if step.until else ""
    return words.joined(" ".join(one for one in (state, until) if one), step.by, step.reason)


def _life(contract: ContractView) -> Iterator[Line]:
    row, unknown = contract.row, translate("Not recorded")
    late = translate("past its end, and nobody has ended or extended it") if row.past_end else ""
    yield translate("Status"), words.joined(status_word(row), late)
    yield translate("Starts"), words.day(row.starts_on) or unknown
    yield translate("Ends"), words.day(row.ends_on) or unknown
    if contract.extended_to:
        yield translate("End first agreed"), words.day(contract.first_end)
    yield translate("Decide on the extension by"), words.day(row.decide_by)
    yield (
        translate("Can be extended to"),
        ", ".join(words.day(day) for day in contract.possible_ends),
    )
    yield translate("Notice"), _months(contract.notice_months)
    yield translate("Time between reviews"), _months(contract.review_months)
    yield translate("Officer"), row.officer


def _bought(contract: ContractView) -> Iterator[Line]:
    yield (
        translate("Services"),
        ", ".join(words.service_type(service) for service in contract.service_types),
    )
    yield translate("Route"), choice_word(Route, contract.route)
    yield translate("Lot"), contract.lot
    yield translate("Tier"), contract.tier
    yield translate("Zone"), contract.zone
    yield translate("People served"), "" if contract.people is None else str(contract.people)
    marks = (
        translate("key supplier") if contract.row.key_supplier else "",
        translate("hard to replace") if contract.hard_to_replace else "",
        translate("made as a deed") if contract.deed else "",
    )
    yield translate("Marked as"), words.joined(*marks)


def _money(contract: ContractView) -> Iterator[Line]:
    yield translate("Annual cost"), pounds(contract.yearly_cost) or translate("Not recorded")
    yield translate("Funding"), choice_word(Funding, contract.funding)
    yield translate("Lead commissioner"), contract.lead_commissioner
    share = contract.our_share
    yield translate("Our share"), "" if share is None else translate("{n}%", n=share)
    yield translate("Public liability"), pounds(contract.public_liability)
    yield translate("Employers' liability"), pounds(contract.employers_liability)
    yield translate("Professional indemnity"), pounds(contract.professional_indemnity)


def _months(number: int | None) -> str:
    return "" if number is None else plural("{n} month", "{n} months", number)
