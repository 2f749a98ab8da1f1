"""Invented records for the tests, with everything a table demands and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.support.forms.versions import CURRENT
from visitapp.records import Action, Answer, ContractSetting, Rating, Setting, Visit
from visitapp.records.ids import answer_id, contract_setting_id


def a_setting(**fields: Any) -> Setting:
    """An invented care home."""
    return Setting(**{"name": "Willowmere House", "service_type": "residential", **fields})


def a_visit(setting_id: str, **fields: Any) -> Visit:
    """An annual visit in draft."""
    values = {
        "setting_id": setting_id,
        "form_id": "residential-quality",
        "form_version": CURRENT,
        "purpose": "annual",
        "visited_on": date(2026, 11, 20),
        "officer_id": "officer-1",
    }
    return Visit(**{**values, **fields})


def an_answer(setting_id: str, visit_id: str, question: str, **fields: Any) -> Answer:
    """An answer in the row that its visit and question give it."""
    return Answer(
        id=answer_id(visit_id, question),
        setting_id=setting_id,
        visit_id=visit_id,
        question=question,
        **fields,
    )


def an_action(setting_id: str, **fields: Any) -> Action:
    """An open action."""
    values = {
        "setting_id": setting_id,
        "title": "Review the plans",
        "first_due_on": date(2026, 12, 1),
        "due_on": date(2026, 12, 1),
    }
    return Action(**{**values, **fields})


def a_rating(visit: Visit, rag: str, since: datetime, **fields: Any) -> Rating:
    """The quality rating that stands by a visit."""
    values = {
        "setting_id": visit.setting_id,
        "visit_id": visit.id,
        "kind": "quality",
        "state": "stands",
        "visited_on": visit.visited_on,
        "rag": rag,
        "since": since,
        "policy_version": "1",
    }
    return Rating(**{**values, **fields})


def a_link(contract_id: str, setting_id: str, **fields: Any) -> ContractSetting:
    """A setting under a contract."""
    id_ = contract_setting_id(contract_id, setting_id, fields.get("starts_on"))
    return ContractSetting(id=id_, contract_id=contract_id, setting_id=setting_id, **fields)
