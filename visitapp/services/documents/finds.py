"""How a document is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Contract, Document, Provider, Setting
from visitapp.rules.market_choices import DocumentKind
from visitapp.services.finding.sources import FindSource, Found
from visitapp.vocabulary import choice_word

_OWNER = func.coalesce(Setting.name, Provider.name, Contract.number, "")
_DOCUMENTS = (
    select(Document.id, Document.title, Document.kind, _OWNER)
    .outerjoin(Setting, Setting.id == Document.setting_id)
    .outerjoin(Provider, Provider.id == Document.provider_id)
    .outerjoin(Contract, Contract.id == Document.contract_id)
    .where(Document.deleted.is_(False))
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    for id_, title, kind, owner in session.execute(_DOCUMENTS.order_by(Document.title)):
        yield id_, f"{title} {choice_word(DocumentKind, kind)} {owner}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = _DOCUMENTS.add_columns(Document.expires_on).where(Document.id.in_(ids))
    for id_, title, kind, owner, expires in session.execute(query):
        until = translate("expires {day}", day=short_day(expires)) if expires else ""
        yield Found("document", id_, title, (choice_word(DocumentKind, kind), owner, until))


DOCUMENTS = FindSource(Document, _words, _shown)
