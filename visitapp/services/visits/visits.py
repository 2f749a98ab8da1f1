"""Visits: start, sign off, discard. One transaction each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import UNSET, UnsetType

from forms.model import EVIDENCE_KINDS
from forms.tailored.build import version_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import ASSESSMENTS, Evidence, Purpose, Setting, Visit
from visitapp.services.evidence.states import evidence_view
from visitapp.services.lookup import (
    check_question,
    check_texts,
    find,
    find_open_setting,
    find_open_visit,
)
from visitapp.services.planning.links import plan_to_carry_out
from visitapp.services.views.form_upgrade import VersionChanges
from visitapp.services.views.visits import (
    ContractChoice,
    EvidenceView,
    VisitSummary,
    VisitView,
)
from visitapp.services.visits.answers.answering import VisitAnswering
from visitapp.services.visits.answers.answers import (
    read_sheet,
)
from visitapp.services.visits.blind import hide, keep_revealed, show
from visitapp.services.visits.contracts import contracts_of, rated_contract
from visitapp.services.visits.discard import discard, take_back_discard
from visitapp.services.visits.form_fit import require_fitting
from visitapp.services.visits.form_upgrade import newer_form, version_changes
from visitapp.services.visits.full_view import visit_view
from visitapp.services.visits.joint import require_own_sign_off
from visitapp.services.visits.sign_off.audits import AuditChoice
from visitapp.services.visits.sign_off.sign_off import require_reviewed, sign_off
from visitapp.services.visits.sign_off.words import require_current_signatures
from visitapp.services.visits.summaries import visit_summaries
from visitapp.standing.tailored_forms import tailored_text


class Visits(VisitAnswering):
    """What a person can do with visits."""

    def start(
        self,
        setting_id: str,
        form_id: str,
        purpose: str | None = None,
        visited_on: date | None = None,
        announced: bool = True,
        joined_by: str = "",
        contract: str | None = None,
        planned_visit_id: str | None = None,
        about: Collection[str] | None = None,
        blind: bool = False,
    ) -> VisitSummary:
        """Start a visit today (or on the day given), pinned to the form's latest version.

        Without a purpose it has the first that the form names. The intervention form is built for
        the setting and stays with the visit. `contract` as in `rated_contract`, `planned_visit_id`
        as in `plan_to_carry_out`. `about`: the ids of the actions that an intervention visit asks
        about, by default every one that is not verified. `blind` hides the outcome until every
        question is answered.
        Raises NotFound for a setting or form that is not here, Refused for a purpose, a setting or
        a contract that the form is not for.
        """
        if purpose is not None and purpose not in set(Purpose) - ASSESSMENTS:
            raise Refused(
                Code.BAD_VALUE, message("“{purpose}” is not a purpose of a visit.", purpose=purpose)
            )
        check_texts(Visit, {"joined_by": joined_by})
        form = self._desk.library.form(form_id)
        if form.kind != "visit":
            raise Refused(
                Code.BAD_VALUE, message("The form {form} is not for visits.", form=form.id)
            )
        purpose = purpose or form.purposes[0]
        with self._desk.transaction() as session:
            setting = find_open_setting(session, setting_id)
            require_fitting(form, setting, purpose)
            day = visited_on or self._desk.today()
            library, form_of = self._desk.library, self._desk.form_of
            built = tailored_text(session, library, form_of, form, setting.id, day, about)
            visit = Visit(
                setting_id=setting.id,
                form_id=form.id,
                form_version=version_of(built) if built else form.version,
                form_text=built,
                purpose=purpose,
                planned_visit_id=plan_to_carry_out(session, setting.id, purpose, planned_visit_id),
                visited_on=day,
                announced=announced,
                joined_by=joined_by,
                blind=blind,
                officer_id=self._desk.user(session).id,
                contract_id=rated_contract(session, form, setting, contract),
            )
            session.add(visit)
            session.flush()
            return visit_summaries(session, self._desk.form_of, Visit.id == visit.id)[0]

    def rates_contract(self, form_id: str) -> bool:
        """Whether a visit on this form sets the contract rating, and so needs a contract."""
        return self._desk.library.form(form_id).sets_rating == "contract"

    def contracts(self, setting_id: str, form_id: str) -> list[ContractChoice]:
        """The contracts that a visit of the setting on this form may rate, the likeliest first."""
        form = self._desk.library.form(form_id)
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            return [
                ContractChoice(id=one.id, number=one.number, title=one.title)
                for one in contracts_of(session, form, setting)
            ]

    def purposes(self, form_id: str) -> tuple[str, ...]:
        """The purposes that a visit on the newest version of a form may have."""
        return self._desk.library.form(form_id).purposes

    def set_details(
        self,
        visit_id: str,
        *,
        visited_on: date | UnsetType = UNSET,
        announced: bool | UnsetType = UNSET,
        joined_by: str | UnsetType = UNSET,
    ) -> None:
        """Change when the visit is, whether it was announced, and who came along."""
        if not isinstance(joined_by, UnsetType):
            check_texts(Visit, {"joined_by": joined_by})
        fields = {"visited_on": visited_on, "announced": announced, "joined_by": joined_by}
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            sheet = read_sheet(session, visit.id)
            keep_revealed(session, self._desk, visit, self._desk.form_of(visit), sheet)
            for name, new in fields.items():
                if new is not UNSET:
                    setattr(visit, name, new)

    def hide_outcome(self, visit_id: str, *, hidden: bool) -> None:
        """Hide the outcome of an open visit until every question is answered, or show it at once.

        Raises Refused BAD_VALUE when all is answered, VISIT_FROZEN; NotAllowed for one who joined.
        """
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            if hidden:
                sheet = read_sheet(session, visit.id)
                hide(session, self._desk, visit, self._desk.form_of(visit), sheet)
            else:
                show(session, self._desk, visit)

    def add_evidence(self, visit_id: str, question: str, kind: str, title: str) -> EvidenceView:
        """Add evidence to a question of an open visit. Samples go by code, never by name."""
        if kind not in EVIDENCE_KINDS:
            raise Refused(Code.BAD_VALUE, message("“{kind}” is not a kind of evidence.", kind=kind))
        if not title.strip():
            raise Refused(Code.BAD_VALUE, message("Describe the evidence in a few words."))
        check_texts(Evidence, {"title": title})
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            check_question(self._desk.form_of(visit), question)
            piece = Evidence(
                setting_id=visit.setting_id,
                visit_id=visit.id,
                question=question,
                kind=kind,
                title=title.strip(),
            )
            session.add(piece)
            session.flush()
            return evidence_view(piece)

    def sign_off(
        self,
        visit_id: str,
        reviewed: VisitView | None = None,
        audit: AuditChoice | None = None,
    ) -> VisitView:
        """Freeze the visit with its outcome, and let its rating stand for the setting.

        `reviewed` is the visit as the person saw it; `audit` what becomes of a worse rating that
        the form only proposes. Raises Refused: VISIT_INCOMPLETE saying what is missing,
        OUTCOME_DIFFERS when the answers or the outcome are no longer those that were reviewed, or
        VISIT_FROZEN.
        """
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            user = self._desk.user(session)
            require_own_sign_off(session, visit, user)
            view = visit_view(session, self._desk, visit)
            if reviewed is not None:
                require_reviewed(view, reviewed)
            require_current_signatures(view)
            sign_off(session, self._desk, visit, self._desk.form_of(visit), audit)
            session.flush()
            return visit_view(session, self._desk, visit)

    def discard(self, visit_id: str, reason: str) -> None:
        """Discard a visit that was started by mistake: no list shows it any more. Its answers are
        kept, its actions stay on the setting's plan, and `take_back_discard` brings it back.

        Raises Refused: BAD_VALUE without a reason, VISIT_FROZEN, or NOT_ALLOWED once it was signed
        off; NotAllowed for a user who only joined it.
        """
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            require_own_sign_off(session, visit, self._desk.user(session))
            discard(visit, reason)

    def take_back_discard(self, visit_id: str) -> VisitSummary:
        """Bring a discarded visit back. Raises NotFound when it is not a discarded one."""
        with self._desk.transaction() as session:
            take_back_discard(session, visit_id)
            session.flush()
            return visit_summaries(session, self._desk.form_of, Visit.id == visit_id)[0]

    def version_changes(self, visit_id: str, version: str | None = None) -> VersionChanges:
        """What moving an open visit to a newer version of its form, or the newest, would do.

        Raises Refused (VISIT_FROZEN, BAD_VALUE when it is not newer) or NotFound.
        """
        with self._desk.reading() as session:
            visit = find_open_visit(session, visit_id)
            new = newer_form(self._desk, visit, version)
            return version_changes(session, self._desk, visit, new)

    def move_to_version(self, visit_id: str, version: str | None = None) -> VisitView:
        """Move it. Nothing is lost: answers that fall away are kept aside. Raises as above."""
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            newer = newer_form(self._desk, visit, version).version
            sheet = read_sheet(session, visit.id)
            keep_revealed(session, self._desk, visit, self._desk.form_of(visit), sheet)
            visit.form_version = newer
            session.flush()
            return visit_view(session, self._desk, visit)
