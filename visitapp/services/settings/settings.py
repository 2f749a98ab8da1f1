"""Settings: take one into the portfolio from the public directory, and look at one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.tables import table_of
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import (
    OF_SETTINGS,
    Action,
    Purpose,
    Rag,
    Setting,
    Visit,
    ids,
)
from visitapp.rules.access import AccessRequest
from visitapp.rules.market.setting_life import SETTING
from visitapp.services.actions.queries import action_views
from visitapp.services.context import Desk
from visitapp.services.contracts.view import place_views
from visitapp.services.contributions import Contribution, PortfolioQuestion
from visitapp.services.lookup import find, titles
from visitapp.services.permission import holding, objection, permit
from visitapp.services.settings import hygiene
from visitapp.services.settings.current_rating import contract_rating, current_rating
from visitapp.services.settings.facts import fact_views
from visitapp.services.settings.from_directory import fill, provider_of
from visitapp.services.settings.portfolio_query import portfolio_rows
from visitapp.services.settings.timeline import timeline
from visitapp.services.views.people import Person
from visitapp.services.views.settings import (
    HygieneCandidate,
    PortfolioRow,
    RatingPoint,
    SettingView,
)
from visitapp.services.views.visits import VisitSummary
from visitapp.services.visits.summaries import visit_summaries
from visitapp.standing.contracts import contracts_of_setting
from visitapp.standing.due import visits_due
from visitapp.standing.merged import with_merged
from visitapp.standing.visits import is_visit


class Settings:
    """What a person can do with settings."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._contributions = contributions

    def add(self, location_id: str) -> PortfolioRow:
        """Take a setting of the directory into the user's portfolio.

        Raises NotFound when the directory lacks it, Refused(ALREADY_THERE) when it is held already.
        """
        place = self._desk.directory.get(location_id)
        with self._desk.transaction() as session:
            user = self._desk.user(session)
            setting_id = ids.setting_id(place.regulator, place.location_id)
            held = session.get(Setting, setting_id)
            if held is not None and not held.deleted:
                raise Refused(
                    Code.ALREADY_THERE,
                    message("{setting} is already in the portfolio.", setting=held.name),
                )
            setting = held or Setting(id=setting_id)
            setting.officer_id, setting.team = user.id, user.team
            fill(setting, place, provider_of(session, place))
            permit(user, Setting, _adding(setting, user))
            session.add(setting)
            session.flush()
            return self._row(session, setting.id)

    def take_back(self, setting_id: str) -> None:
        """Undo `add`: the setting leaves the portfolio, and can be added again.

        Raises Refused BAD_VALUE once a visit or an action is planned or recorded for it.
        """
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            self._permit_removal(session, setting)
            for kind in OF_SETTINGS:
                table = table_of(kind)
                own = select(table.c.id).where(table.c.setting_id == setting_id)
                if session.scalar(own.limit(1)):
                    raise Refused(
                        Code.BAD_VALUE,
                        message(
                            "{setting} has records, so it cannot be removed from the portfolio.",
                            setting=setting.name,
                        ),
                    )
            setting.deleted = True

    def bring_back(self, setting_id: str) -> None:
        """Undo `take_back`. Raises NotFound for a setting that is in the portfolio, NotAllowed."""
        with self._desk.transaction() as session:
            setting = session.get(Setting, setting_id)
            if setting is None or not setting.deleted:
                raise NotFound(message("There is no removed setting with this id."))
            self._permit_removal(session, setting)
            setting.deleted = False

    def _permit_removal(self, session: Session, setting: Setting) -> None:
        request = AccessRequest(
            creating=False,
            fields=frozenset({"deleted"}),
            created_by=setting.created_by,
            holding=holding(setting),
        )
        permit(self._desk.user(session), Setting, request)

    def view(self, setting_id: str) -> SettingView:
        """Everything the Setting page shows."""
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            contracts = contracts_of_setting(session, setting.id)
            form_of = self._desk.form_of
            together = with_merged(session, setting.id)
            mine = Visit.setting_id.in_(together)
            visits = visit_summaries(session, form_of, mine, is_visit(Visit))
            today = self._desk.today()
            row = self._row(session, setting.id)
            policy, quality_forms = self._desk.policy(session), self._desk.quality_forms()
            dues = visits_due(session, policy, quality_forms, [setting.id])
            return SettingView(
                row=row,
                address=setting.address,
                postcode=setting.postcode,
                local_authority=setting.local_authority,
                location_id=setting.location_id,
                contract_numbers=[contract.number for contract in contracts],
                officer=titles(session, [setting.officer_id]).get(setting.officer_id or "", ""),
                team=setting.team,
                rating=current_rating(session, form_of, together),
                contract_rating=contract_rating(session, form_of, [one.id for one in contracts]),
                points=_points(visits),
                visits=visits,
                actions=action_views(session, today, Action.setting_id.in_(together)),
                timeline=timeline(session, together, self._contributions),
                hygiene=hygiene.confirmed(self._desk, setting),
                dues=dues.get(setting.id, []),
                provider_id=setting.provider_id,
                in_county=setting.in_county,
                host_authority=setting.host_authority,
                district=setting.district,
                locality=setting.locality,
                care_group=setting.care_group,
                merged_into="".join(_names(session, [setting.merged_into_id or ""]).values()),
                merged=_names(session, together[1:]),
                contracts=place_views(session, {}, setting_id=setting.id),
                facts=[fact for fact in fact_views(session, together, today) if fact.holds],
                may_edit=_may_edit(self._desk.user(session), setting),
                next_states=_next_states(self._desk.user(session), setting),
            )

    def hygiene_candidates(self, setting_id: str) -> list[HygieneCandidate]:
        """Food hygiene ratings that may be the setting's, likeliest first. Raises NotFound."""
        return hygiene.candidates(self._desk, setting_id)

    def confirm_hygiene(self, setting_id: str, fhrs_id: str | None) -> HygieneCandidate | None:
        """Confirm which food hygiene rating is the setting's; None takes the match away.

        Raises NotFound when either is not here, NotAllowed when the setting is not the user's.
        """
        return hygiene.confirm(self._desk, setting_id, fhrs_id)

    def _row(self, session: Session, setting_id: str) -> PortfolioRow:
        question = PortfolioQuestion(
            self._desk.today(), self._desk.quality_forms(), self._desk.policy(session)
        )
        return portfolio_rows(session, question, self._contributions, setting_id)[0]


def _names(session: Session, setting_ids: Sequence[str]) -> dict[str, str]:
    """The names of the settings that are on this device, by id."""
    found = session.execute(select(Setting.id, Setting.name).where(Setting.id.in_(setting_ids)))
    return {row.id: row.name for row in found}


def _may_edit(user: Person, setting: Setting) -> bool:
    request = AccessRequest(
        creating=False,
        fields=frozenset({"name"}),
        created_by=setting.created_by,
        holding=holding(setting),
    )
    return objection(user, Setting, request) is None


def _next_states(user: Person, setting: Setting) -> list[str]:
    """The states that the user may bring a setting to."""
    return SETTING.next_states(setting.status, user.role)[1:] if _may_edit(user, setting) else []


def _adding(setting: Setting, user: Person) -> AccessRequest:
    return AccessRequest(
        creating=True,
        fields=frozenset(),
        created_by=user.id,
        holding=holding(setting),
    )


def _points(visits: list[VisitSummary]) -> list[RatingPoint]:
    """The signed-off visits that were rated, oldest first; a contract review rates something
    else."""
    return [
        RatingPoint(on=visit.visited_on, rag=visit.rag, visit_id=visit.id)
        for visit in reversed(visits)
        if visit.rag != Rag.UNRATED and visit.purpose != Purpose.CONTRACT_REVIEW
    ]
