"""Documents on a desk: added to a provider, contract or setting, replaced, withdrawn, and listed
when they are due."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.directory.cqc import HEATHER
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.services.documents.views import DocumentOwner
from visitapp.services.services import Services

CONTENT = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


class Papers:
    """A lead's desk with a home, its provider and a contract."""

    def __init__(self, services: Services, folder: Path) -> None:
        self.services, self.documents = services, services.documents
        bring(services, lee="lead", ann="officer", vera="viewer")
        become(services, "lee")
        heather = services.settings.add(HEATHER.location_id).setting_id
        self.today = services.desk.today()
        provider = services.settings.view(heather).provider_id or ""
        contract = services.contracts.add("CARE-1", provider).row.id
        services.contract_places.add("CARE-1", heather)
        self.setting = DocumentOwner("setting", heather)
        self.provider = DocumentOwner("provider", provider)
        self.contract = DocumentOwner("contract", contract)
        self.file = folder / "Insurance_2026.pdf"
        self.file.write_bytes(CONTENT)


@pytest.fixture
def papers(services: Services, tmp_path: Path) -> Papers:
    return Papers(services, tmp_path)


def refusal(made: object, error: type[Refused] = Refused) -> str:
    assert callable(made)
    with pytest.raises(error) as refused:
        made()
    return str(refused.value.what)


def test_a_document_has_its_bytes_and_its_owner(papers: Papers, tmp_path: Path) -> None:
    expires = papers.today + timedelta(days=12)
    made = papers.documents.add(
        papers.provider, "public_liability", papers.file, expires_on=expires
    )
    assert (made.title, made.validity, made.days) == ("Insurance 2026", "due_soon", 12)
    assert (made.owner.kind, made.state) == ("provider", "waiting")
    assert papers.documents.fetch(made.id) == CONTENT
    out = papers.documents.export(made.id, tmp_path)
    assert (out.name, out.read_bytes()) == ("Insurance 2026.pdf", CONTENT)
    assert [one.id for one in papers.documents.of(papers.provider)] == [made.id]
    assert papers.documents.of(papers.setting) == []


def test_a_contract_may_be_named_by_its_number(papers: Papers) -> None:
    made = papers.documents.add(DocumentOwner("contract", "CARE-1"), "variation", title="Price")
    assert (made.owner.id, made.owner.name) == (papers.contract.id, "CARE-1")
    assert (made.sha256, made.state) == ("", "noted")
    assert "no file was kept" in refusal(partial(papers.documents.fetch, made.id))


def test_a_setting_shows_those_of_its_provider_and_contracts(papers: Papers) -> None:
    for owner in (papers.setting, papers.provider, papers.contract):
        papers.documents.add(owner, "policy", title=f"Of the {owner.kind}")
    around = papers.documents.around(papers.setting.id)
    assert {one.title for one in around} == {
        "Of the setting",
        "Of the provider",
        "Of the contract",
    }


def test_what_is_due_is_listed_the_earliest_first(papers: Papers) -> None:
    for owner, days in (
        (papers.setting, 30),
        (papers.provider, -3),
        (papers.contract, 31),
        (papers.contract, 5),
    ):
        day = papers.today + timedelta(days=days)
        papers.documents.add(owner, "policy", title=f"{days} days", expires_on=day)
    due = [(one.title, one.validity) for one in papers.documents.due()]
    assert due == [("-3 days", "expired"), ("5 days", "due_soon"), ("30 days", "due_soon")]


@pytest.mark.parametrize("owner", ["setting", "provider", "contract"])
def test_the_portfolio_finds_the_settings_of_which_one_is_due(papers: Papers, owner: str) -> None:
    def found() -> list[str]:
        rows = papers.services.portfolio.rows(filter="documents")
        return [row.setting_id for row in rows]

    day = papers.today + timedelta(days=9)
    assert found() == []
    made = papers.documents.add(getattr(papers, owner), "policy", title="DBS", expires_on=day)
    assert found() == [papers.setting.id]
    papers.documents.replace(made.id, expires_on=papers.today + timedelta(days=400))
    assert found() == []


def test_a_replaced_edition_stays_and_the_next_one_has_its_kind(papers: Papers) -> None:
    day = papers.today - timedelta(days=1)
    old = papers.documents.add(papers.setting, "fire_risk", title="Fire", expires_on=day)
    new = papers.documents.replace(old.id, papers.file, title="")
    assert (new.kind, new.title, new.instead_of_id) == ("fire_risk", "Insurance 2026", old.id)
    assert papers.documents.view(old.id).validity == "replaced"
    assert papers.documents.due() == []
    assert "already been replaced or withdrawn" in refusal(
        partial(papers.documents.replace, old.id)
    )
    papers.documents.take_back(new.id)
    assert papers.documents.view(old.id).validity == "expired"


def test_a_document_is_withdrawn_with_a_reason_and_put_back(papers: Papers) -> None:
    made = papers.documents.add(papers.setting, "policy", title="DBS")
    assert "Say why" in refusal(partial(papers.documents.withdraw, made.id, " "))
    gone = papers.documents.withdraw(made.id, "It was another home's")
    assert (gone.validity, gone.withdrawn_on) == ("withdrawn", papers.today)
    back = papers.documents.put_back(made.id)
    assert (back.validity, back.withdrawn_reason) == ("valid", "")


def test_what_a_document_cannot_hold_is_refused(papers: Papers) -> None:
    add, tomorrow = papers.documents.add, papers.today + timedelta(days=1)
    for made, said in (
        (partial(add, papers.setting, "castle", title="x"), "castle"),
        (partial(add, papers.setting, "policy"), "A document needs a title."),
        (partial(add, papers.setting, "policy", title="x", issued_on=tomorrow), "later day"),
        (
            partial(
                add,
                papers.setting,
                "policy",
                title="x",
                issued_on=papers.today,
                expires_on=papers.today - timedelta(days=1),
            ),
            "expire before it is issued",
        ),
    ):
        assert said in refusal(made)
    with pytest.raises(NotFound):
        add(DocumentOwner("setting", "nowhere"), "policy", title="x")
    assert papers.documents.of(papers.setting) == []


def test_an_officer_adds_documents_and_a_viewer_none(papers: Papers) -> None:
    become(papers.services, "ann")
    papers.documents.add(papers.provider, "policy", title="DBS")
    become(papers.services, "vera")
    add = partial(papers.documents.add, papers.provider, "policy", title="DBS")
    with pytest.raises(NotAllowed) as refused:
        add()
    assert refused.value.code == Code.NOT_ALLOWED
