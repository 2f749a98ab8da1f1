"""The figures of the summary that are counted from what people did."""

from __future__ import annotations

from collections import Counter

from visitapp.demo.council.council import NAME, Council
from visitapp.demo.summary import CouncilFacts, PastFacts
from visitapp.demo.work.workers import LeadPast, OfficerPast


def council_facts(council: Council) -> CouncilFacts:
    """How large the council is."""
    return CouncilFacts(
        name=NAME,
        providers=len(council.firms),
        settings=len(council.places),
        officers=len(council.officers()),
        teams=len(council.teams()),
        leads=len(council.leads()),
    )


def past_facts(officers: list[OfficerPast], leads: list[LeadPast], contracts: int) -> PastFacts:
    """What its people did in two years."""
    ratings: Counter[str] = Counter()
    for one in officers:
        ratings.update(one.ratings)
    return PastFacts(
        visits=sum(one.visits for one in officers),
        answers=sum(one.answers for one in officers),
        actions=sum(one.actions for one in officers),
        assessments=sum(one.assessments for one in officers),
        contracts=contracts,
        approved=sum(one.approved for one in leads),
        returned=sum(one.returned for one in leads),
        ratings=dict(sorted(ratings.items())),
        open_actions=sum(one.open_actions for one in officers),
        overdue_actions=sum(one.overdue_actions for one in officers),
    )
