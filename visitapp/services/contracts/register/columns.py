"""The columns of a council's register: which field each is, by its title or as a person says."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from forms.spreadsheet.limits import Limits
from visitapp.errors import Code, Refused
from visitapp.language import either, message
from visitapp.services.sheets.reading import Expected, Places, Table, by_title

FIELDS = {
    "number": message("Contract number"),
    "title": message("Contract title"),
    "provider": message("Provider"),
    "group": message("Provider group"),
    "service_types": message("Service types"),
    "status": message("Status"),
    "starts_on": message("Start date"),
    "ends_on": message("End date"),
    "extension_months": message("Options to extend"),
    "decide_months": message("Decide before the end, months"),
    "notice_months": message("Notice, months"),
    "review_months": message("Review, months"),
    "yearly_cost": message("Annual cost"),
    "funding": message("Funding"),
    "lead_commissioner": message("Lead commissioner"),
    "our_share": message("Our share, per cent"),
    "officer": message("Officer"),
    "route": message("Route"),
    "lot": message("Lot"),
    "tier": message("Tier"),
    "zone": message("Zone"),
    "key_supplier": message("Key supplier"),
    "hard_to_replace": message("Hard to replace"),
    "deed": message("Deed"),
    "management_level": message("Management level"),
    "management_reason": message("Reason for the management level"),
    "management_review_on": message("Review of the management level"),
    "settings": message("Settings"),
    "district": message("District"),
    "deputy": message("Deputy"),
    "deputy_from": message("Deputy from"),
    "deputy_until": message("Deputy until"),
    "contact": message("Contact"),
    "contact_role": message("Contact's role"),
    "contact_phone": message("Contact's phone"),
    "contact_email": message("Contact's email"),
}
"""The fields that are read, and the titles of their columns."""

RECORDED = {"provider": "provider_id", "officer": "officer_id"}
"""Fields that a contract keeps under another name."""

CONTACT = {"contact": "name"} | {f"contact_{name}": name for name in ("role", "phone", "email")}
"""The columns of a provider's contact, with the field that each is there."""

DEPUTY = ("deputy", "deputy_from", "deputy_until")
"""The columns of who covers the settings of a row, and when."""

BESIDE = ("status", "group", "district", *DEPUTY, *CONTACT)
"""What is said of a contract's state, of its provider and of its settings."""

_ALSO: dict[str, tuple[str, ...]] = {
    "number": ("contract no", "contract ref", "contract reference", "reference", "ref"),
    "title": ("contract name", "contract"),
    "provider": ("provider name", "supplier", "supplier name"),
    "group": ("group", "parent company", "owner", "ultimate owner"),
    "status": ("contract status", "state"),
    "extension_months": ("extension options", "extensions"),
    "notice_months": ("notice period", "notice period (months)"),
    "funding": ("funding source", "funded by", "funder"),
    "lead_commissioner": ("lead council", "lead authority"),
    "route": ("procurement route", "route to market"),
    "tier": ("class", "contract class", "classification"),
    "zone": ("area",),
    "management_level": ("level", "monitoring level"),
    "district": ("setting district",),
    "deputy": ("deputy officer", "cover", "covered by"),
    "deputy_from": ("cover from",),
    "deputy_until": ("cover until", "cover to", "deputy to"),
    "contact": ("contact name", "provider contact"),
    "contact_role": ("contact role", "role of contact"),
    "contact_phone": ("contact phone", "phone", "telephone"),
    "contact_email": ("contact email", "email", "e-mail"),
    "service_types": ("service type", "services", "service"),
    "starts_on": ("start", "starts", "contract start", "contract start date"),
    "ends_on": ("end", "ends", "contract end", "contract end date", "expiry date"),
    "yearly_cost": ("yearly cost", "annual value", "yearly value"),
    "officer": ("contract officer", "contract manager"),
    "settings": ("setting", "locations", "location ids", "location id"),
}
"""Titles that councils use for them."""

Mapped = Mapping[str, str]
"""The fields of columns, by their titles; a field may be empty: that column is not read."""


def joined(remembered: Mapped, given: Mapped) -> dict[str, str]:
    """What was said before, as far as it is not said anew. Raises Refused BAD_VALUE for a field
    that is none, or that is given to two columns."""
    new = {" ".join(title.split()).casefold(): field.strip() for title, field in given.items()}
    fields = [field for field in new.values() if field]
    for field in fields:
        if field not in FIELDS:
            raise Refused(
                Code.BAD_VALUE,
                message("“{field}” is not {allowed}.", field=field, allowed=either(tuple(FIELDS))),
            )
        if fields.count(field) > 1:
            raise Refused(
                Code.BAD_VALUE, message("Two columns cannot both be “{field}”.", field=field)
            )
    return {title: field for title, field in remembered.items() if field not in fields} | new


def expected(mapped: Mapped) -> Expected:
    """A register whose columns are mapped so; the others are known by their titles."""
    return Expected(
        limits=Limits(
            holds=message("a register of contracts"),
            file_bytes=20_000_000,
            unpacked_bytes=200_000_000,
            parts=2_000,
            cells=2_000_000,
        ),
        places=_places(mapped),
        too_large=message("The file is too large to be a register of contracts."),
        unknown=(
            message(
                "This is not a register of contracts: no row has the column title “{number}” "
                "beside that of another field.",
                number=FIELDS["number"],
            ),
            message("Map the column that holds the contract number to the field “number”."),
        ),
    )


def titled(mapped: Mapped) -> Expected:
    """Any table: its first row with two texts holds the titles."""

    def places(cells: list[object]) -> dict[str, int] | None:
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        return _known(cells, mapped) if len(texts) > 1 else None

    known = expected(mapped)
    return replace(
        known,
        places=places,
        unknown=(
            message("This is not a register of contracts: no row has two column titles."),
            message("Choose a spreadsheet or a CSV file with a row of column titles."),
        ),
    )


def require_columns(table: Table, given: Mapped) -> None:
    """Raise Refused BAD_VALUE for a column that is not in the file."""
    titles = [*table.titles.values(), *table.unread]
    known = {title.casefold() for title in titles}
    for title in given:
        if " ".join(title.split()).casefold() not in known:
            raise Refused(
                Code.BAD_VALUE,
                message("The file has no column “{column}”.", column=title),
                message("Its columns are: {columns}.", columns=", ".join(titles)),
            )


def _places(mapped: Mapped) -> Places:
    def places(cells: list[object]) -> dict[str, int] | None:
        found = _known(cells, mapped)
        return found if "number" in found and len(found) > 1 else None

    return places


def _known(cells: list[object], mapped: Mapped) -> dict[str, int]:
    """The places of the columns whose titles are known, or were said before."""
    named = by_title(cells)
    found = {field: named[title] for title, field in mapped.items() if field and title in named}
    for field, title in FIELDS.items():
        spellings = (str(title), title.template, field, *_ALSO.get(field, ()))
        free = [one.casefold() for one in spellings if one.casefold() not in mapped]
        at = next((named[one] for one in free if one in named), None)
        if field not in found and at is not None:
            found[field] = at
    return found
