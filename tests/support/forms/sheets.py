"""The smallest spreadsheets that are still real ones, for the import tests."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_XLSX = "urn:xlsx"

Rows = Sequence[Sequence[str]]


def write_ods(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets of text cells; a cell that is an ISO date becomes a date cell."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<office:document-content xmlns:office="{_ODS}:office:1.0"'
        f' xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0"><manifest:file-entry'
            ' manifest:full-path="/"'
            ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>",
        )
    return path


def write_xlsx(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets of text cells."""
    numbered = list(enumerate(sheets.items(), 1))
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"'
        f' Type="{_XLSX}/officeDocument/2006/relationships/worksheet"/>'
        for n, _ in numbered
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_XLSX}/package/2006/relationships"><Relationship Id="rId1"'
            f' Type="{_XLSX}/officeDocument/2006/relationships/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_XLSX}/spreadsheetml/2006/main"'
            f' xmlns:r="{_XLSX}/officeDocument/2006/relationships">'
            f"<sheets>{entries}</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_XLSX}/package/2006/relationships">{links}</Relationships>',
        )
        for n, (_, rows) in numbered:
            archive.writestr(f"xl/worksheets/sheet{n}.xml", _xlsx_sheet(rows))
    return path


def _ods_cells(row: Sequence[str]) -> str:
    return "".join(map(_ods_cell, row))


def _ods_cell(text: str) -> str:
    if len(text) == 10 and text[4] == text[7] == "-":
        return f'<table:table-cell office:value-type="date" office:date-value="{text}"/>'
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _xlsx_sheet(rows: Rows) -> str:
    lines = "".join(
        f'<row r="{n}">'
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    space = f"{_XLSX}/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{lines}</sheetData></worksheet>'
