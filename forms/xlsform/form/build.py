"""Builds a form of the sheets of an XLSForm: areas of groups, questions of rows."""

from __future__ import annotations

from pathlib import PurePath

from msgspec import Struct

from forms.spreadsheet.cells import REMEDY
from forms.spreadsheet.refusals import refused
from forms.xlsform.conditions.scope import Absent, Symbol, Worked
from forms.xlsform.conditions.values import Dated
from forms.xlsform.findings import Findings
from forms.xlsform.form.areas import About, Area, Areas
from forms.xlsform.form.notes import Notes
from forms.xlsform.form.questions import Questions, is_asked
from forms.xlsform.form.scales import Scale
from forms.xlsform.form.settings import about, default_language
from forms.xlsform.form.wording import Wording
from forms.xlsform.survey.choices import Lists, read_lists
from forms.xlsform.survey.languages import Languages, choose, one_spelling
from forms.xlsform.survey.losses import note_columns, note_row, note_shared_names, note_strays
from forms.xlsform.survey.rows import Group, Item, read_survey
from forms.xlsform.survey.types import Kind
from forms.xlsform.text import one_line, shortened
from forms.xlsform.workbook.columns import Table, respelled, table
from forms.xlsform.workbook.read import Workbook
from visitapp.language import Message, message


class Built(Struct, frozen=True):
    """A form in parts, ready to be written."""

    about: About
    intro: str
    scales: list[Scale]
    areas: list[Area]
    language: str
    rows: int


def build(book: Workbook, path: PurePath, findings: Findings) -> Built:
    """Builds the form. Raises BadFile, naming the row, when its groups do not close or nothing
    is asked."""
    survey = book.sheets["survey"]
    survey_table, choices, settings = _tables(book, findings.file)
    languages = choose(
        survey_table.columns, choices.columns if choices else [], default_language(settings)
    )
    _note_languages(languages, survey.title, findings)
    _note_unvalued(book, findings)
    items, groups = read_survey(survey_table, survey.title, findings)
    note_shared_names(items, survey.title, findings)
    note_columns(survey_table, survey.title, findings)
    _note_strays({"survey": survey_table, "choices": choices, "settings": settings}, book, findings)
    lists = _lists(book, choices, languages, findings)
    if choices is not None:
        lists.note_unnamed([*items, *groups], book.sheets["choices"].title, findings)
    wording = Wording(survey.title, languages, findings)
    symbols = _first_symbols(items, groups)
    questions = Questions(survey.title, lists, wording, symbols, findings)
    notes = Notes(survey.title, wording, findings)
    _fill(items, groups, survey.title, questions, notes, findings)
    if not questions.drafts:
        row = survey_table.rows[0].number if survey_table.rows else survey_table.header
        raise refused(
            findings.file, row, message("The survey has no questions that can be imported.")
        )
    sheet = book.sheets["settings"].title if settings else "settings"
    form = about(settings, sheet, items, path, findings)
    areas = Areas(wording, form.title)
    made = areas.of(questions.drafts)
    for group in areas.untold(groups):
        what = message("Its title stands over no question of its own.")
        findings.add(survey.title, group.row, what)
    for title in book.other:
        findings.add(title, 1, message("The sheet is left out."))
    return Built(
        form,
        notes.intro(),
        questions.scales.used(),
        made,
        languages.chosen,
        len(survey_table.rows),
    )


def _tables(book: Workbook, file: str) -> tuple[Table, Table | None, Table | None]:
    """The survey, the choices and the settings by column, each language in one spelling.

    Raises BadFile when the survey does not tell the types of its questions.
    """
    sheets = book.sheets
    survey = table(sheets["survey"].rows, "type")
    if not any(column.name == "type" for column in survey.columns):
        raise refused(
            file,
            survey.header,
            message("The sheet {name} has no column “type”.", name=sheets["survey"].title),
            message("Name the column that holds the types of the questions “type”."),
        )
    choices = table(sheets["choices"].rows, "list_name") if "choices" in sheets else None
    settings = table(sheets["settings"].rows, "form_title") if "settings" in sheets else None
    spellings = one_spelling([*survey.columns, *(choices.columns if choices else [])])
    return (
        respelled(survey, spellings),
        respelled(choices, spellings) if choices else None,
        settings,
    )


def _note_languages(languages: Languages, sheet: str, findings: Findings) -> None:
    for language in languages.others:
        what = message("The texts in {language} are left out.", language=language)
        findings.add(sheet, 1, what)


def _note_unvalued(book: Workbook, findings: Findings) -> None:
    for sheet in book.sheets.values():
        for cell in sheet.unvalued:
            what = message(
                "The cell {place} {why}, so its content is left out. {remedy}",
                place=cell.place,
                why=cell.why,
                remedy=REMEDY,
            )
            findings.add(sheet.title, cell.row, what)


def _note_strays(tables: dict[str, Table | None], book: Workbook, findings: Findings) -> None:
    for name, sheet in tables.items():
        if sheet is not None:
            note_strays(sheet, book.sheets[name].title, findings)


def _lists(
    book: Workbook, choices: Table | None, languages: Languages, findings: Findings
) -> Lists:
    if choices is None:
        return Lists({})
    return read_lists(choices, book.sheets["choices"].title, languages, findings)


def _first_symbols(items: list[Item], groups: list[Group]) -> dict[str, Symbol]:
    """Calculations may be named before they stand; groups and what a phone records never."""
    symbols: dict[str, Symbol] = {}
    for group in groups:
        symbols[group.cells.get("name")] = Absent(message("which is a group"))
    for item in items:
        if item.type.kind is Kind.CALCULATE and item.cells.get("calculation"):
            symbols[item.name] = Worked(item.cells.get("calculation"), item.row)
        elif item.type.kind is Kind.RECORDED and item.type.word == "today":
            symbols[item.name] = Dated("today()")
        elif item.type.kind is Kind.RECORDED:
            symbols[item.name] = Absent(message("which a phone records by itself"))
    return symbols


def _fill(
    items: list[Item],
    groups: list[Group],
    sheet: str,
    questions: Questions,
    notes: Notes,
    findings: Findings,
) -> None:
    questions.make_room(items)
    for group in groups:
        note_row(group, sheet, findings)
        if group.type.repeats:
            what = message("Its questions repeat for each one; here they are asked once.")
            findings.add(sheet, group.row, what)
        elif group.type.about:
            findings.add(sheet, group.row, group.type.about)
    for item in items:
        note_row(item, sheet, findings)
        if item.type.kind is Kind.NOTE:
            notes.add(item)
        elif is_asked(item):
            questions.add(item, notes.before(item))
        elif item.type.kind is not Kind.SETTING:
            findings.add(sheet, item.row, _not_asked(item))
    notes.close()


def _not_asked(item: Item) -> Message:
    match item.type.kind:
        case Kind.CALCULATE:
            return message(
                'The result of the calculation "{name}" is not recorded.',
                name=shortened(one_line(item.name), 60),
            )
        case Kind.RECORDED:
            return message(
                '"{type}", which a phone records by itself, is left out.', type=item.type.word
            )
    return message(
        '"{type}" takes in what lies outside this file, so it is left out.', type=item.type.word
    )
