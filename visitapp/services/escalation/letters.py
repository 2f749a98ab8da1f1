"""Letters to providers, from the templates of the policy."""

from __future__ import annotations

from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.records import Contract, Escalation, Provider, Setting, Step
from visitapp.rules.escalation.decision import ladder_decision
from visitapp.services.context import Desk
from visitapp.services.escalation.views import LetterView
from visitapp.services.lookup import find, titles


def letter_view(session: Session, desk: Desk, step_id: str) -> LetterView:
    """The letter of a decision. Raises NotFound, or Refused(BAD_VALUE) where something that every
    letter has is missing."""
    step = find(session, Step, step_id)
    if step.kind != Escalation.__tablename__ or "turn" not in step.fields:
        raise Refused(Code.BAD_VALUE, message("Only a step of the ladder has a letter."))
    decision, rules = ladder_decision(step.fields["turn"]), desk.policy(session).escalation
    letter = rules.letter(decision.rung) if decision.rung else None
    if letter is None:
        raise Refused(Code.BAD_VALUE, message("The policy has no letter for this step."))
    rule = rules.step(decision.rung) if decision.rung else None
    clause = decision.clause or (rule.clause if rule else "")
    if not clause:
        raise Refused(
            Code.BAD_VALUE,
            message("No letter is printed without the clause of the contract."),
            message("Give the clause when you open the step, or set it in the policy."),
        )
    contract = session.get(Contract, decision.contract_id) if decision.contract_id else None
    if contract is None:
        raise Refused(
            Code.BAD_VALUE,
            message("No letter is printed without a contract."),
            message("Name the contract when you open the step."),
        )
    setting = find(session, Setting, step.setting_id or "")
    provider = session.get(Provider, contract.provider_id)
    on = step.day or step.created_at.astimezone().date()
    signatory = titles(session, [step.created_by]).get(step.created_by, "")
    places = {
        "setting": setting.name,
        "provider": provider.name if provider else "",
        "contract": contract.number,
        "clause": clause,
        "date": short_day(on),
        "reason": step.reason,
        "remedy": decision.remedy,
        "due": short_day(decision.due_on) if decision.due_on else translate("no date"),
        "review": short_day(decision.review_on) if decision.review_on else translate("no date"),
        "authority": decision.authority or translate("the signatory"),
        "contact": signatory,
    }
    text = letter.text.format(**places)
    addressee = [provider.name if provider else "", setting.name]
    return LetterView(
        title=letter.label,
        setting=setting.name,
        addressee=tuple(line for line in addressee if line),
        on=on,
        reference=translate(
            "Contract {number}, clause {clause}", number=contract.number, clause=clause
        ),
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        signatory=signatory,
    )
