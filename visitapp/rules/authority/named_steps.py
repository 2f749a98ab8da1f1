"""The steps that a policy may name, and the roles that may take them at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from visitapp.rules.action_life import ACTION
from visitapp.rules.authority.exception_life import EXCEPTION
from visitapp.rules.authority.override_life import OVERRIDE
from visitapp.rules.choices import Role
from visitapp.rules.concerns.concern_life import CONCERN
from visitapp.rules.conflict_life import CONFLICT
from visitapp.rules.escalation.ladder_life import ESCALATION
from visitapp.rules.interventions.intervention_life import INTERVENTION
from visitapp.rules.lifecycle import Lifecycle, StepRule
from visitapp.rules.market.contract_life import CONTRACT
from visitapp.rules.market.setting_life import SETTING
from visitapp.rules.plans.accuracy_life import ACCURACY
from visitapp.rules.plans.plan_life import PLAN
from visitapp.rules.reviews.second_review_life import SECOND_REVIEW
from visitapp.rules.support.support_life import SUPPORT
from visitapp.rules.visit_life import VISIT
from visitapp.rules.visiting.planned_visit_life import PLANNED_VISIT

LIFECYCLES: Mapping[str, Lifecycle] = {
    "accuracy_point": ACCURACY,
    "action": ACTION,
    "concern": CONCERN,
    "conflict": CONFLICT,
    "contract": CONTRACT,
    "escalation": ESCALATION,
    "improvement_plan": PLAN,
    "intervention": INTERVENTION,
    "outcome_override": OVERRIDE,
    "placement_exception": EXCEPTION,
    "planned_visit": PLANNED_VISIT,
    "second_review": SECOND_REVIEW,
    "setting": SETTING,
    "support_referral": SUPPORT,
    "visit": VISIT,
}
"""The lifecycle of each kind of record that has one."""


def _rules() -> Iterator[tuple[str, StepRule]]:
    for kind, life in LIFECYCLES.items():
        for rule in life.rules:
            if rule.roles:
                yield f"{kind}_{rule.after}", rule


NAMED_STEPS: Mapping[str, frozenset[Role]] = {
    name: frozenset(role for other, rule in _rules() if other == name for role in rule.roles)
    for name, _ in sorted(_rules(), key=lambda one: one[0])
}


def dead_ends(name: str, by: frozenset[str]) -> list[str]:
    """The states from which nobody could take a step any more, were it left to these roles."""
    return [rule.before for other, rule in _rules() if other == name and not rule.roles & by]
