"""What people typed is printed as they typed it, or visibly replaced; nothing breaks the page."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Form
from tests.support.paper.visit_views import (
    NOT_MET,
    PREVIOUS_VISIT,
    PRINTED_AT,
    Print,
    make_action,
    make_last,
    make_view,
    small_form,
)
from visitapp.reports.paper.text import MISSING_GLYPH, plain, safe
from visitapp.reports.visit.report import write_visit_report
from visitapp.services.views.visits import VisitView


def with_note(form: Form, note: str) -> VisitView:
    return make_view(form, {**NOT_MET, "referrals": {"value": "not_met", "note": note}})


@pytest.mark.parametrize(
    "words",
    [
        "Mae'r ŵyl yn y tŷ, ŷd a gŵydd, ïoga, môr, Ŵ Ŷ",
        "Tha an dùn àrd, cò às a tha thu, Àrd-mhanaidsear, ìosal, ò",
        "Zażółć gęślą jaźń, ŁÓDŹ, Świętokrzyskie",
        "“Quotes”, dashes — and 5 ≥ 3, ½",
    ],
)
def test_the_languages_of_our_users_survive(form: Form, print_pages: Print, words: str) -> None:
    assert words in " ".join(print_pages(with_note(form, words)))


@pytest.mark.parametrize(
    ("pasted", "printed"),
    [
        ("\uf0b7 Rota seen", "\u2022 Rota seen"),
        ("\uf0a7\tKeys held", "\u25aa Keys held"),
        ("\uf0d8 Next: \u27a2 care plans", "\u2192 Next: \u2192 care plans"),
        ("\uf0fc Fire log, \u2611 rota, \u2612 keys", "\u2713 Fire log, \u2713 rota, \u2717 keys"),
    ],
)
def test_marks_of_lists_pasted_from_word_print(
    form: Form, print_pages: Print, pasted: str, printed: str
) -> None:
    assert printed in " ".join(print_pages(with_note(form, pasted)))


def test_other_private_characters_stay_visible_as_a_box() -> None:
    assert plain("\ue000") == MISSING_GLYPH


def test_lines_to_sign_on_stay(form: Form, print_pages: Print) -> None:
    assert "Signed: ____________" in " ".join(print_pages(with_note(form, "Signed: ____________")))


def test_accents_typed_apart_are_put_together(form: Form, print_pages: Print) -> None:
    assert "tŷ" in " ".join(print_pages(with_note(form, "ty\u0302 hen")))


@pytest.mark.parametrize(
    "markup",
    [
        "<b>not bold</b> & <font size='90'>not huge</font>",
        "<img src='file:x.png'/>",
        "&lt;already&gt; &amp; &#65;",
        "</para><para>",
        "a < b > c & d",
    ],
)
def test_markup_is_printed_and_not_obeyed(form: Form, print_pages: Print, markup: str) -> None:
    assert markup in " ".join(print_pages(with_note(form, markup)))


def test_markup_in_names_titles_and_reasons_is_not_obeyed(form: Form, print_pages: Print) -> None:
    nasty = "<b>x</b> & </para>"
    view = make_view(
        form,
        {**NOT_MET, "kind": {"value": "not_checked", "reason": nasty}},
        setting_name=nasty,
        provider=nasty,
        joined_by=nasty,
        signed_off_by=nasty,
        actions=[make_action(title=nasty, owner=nasty, detail=nasty)],
        last_time={"kind": make_last("kind", {"value": "partly", "note": nasty}, nasty, 1)},
        previous_visit_on=PREVIOUS_VISIT,
    )
    text = " ".join(print_pages(view))
    assert text.count(nasty) > 9


def test_control_characters_go_and_emoji_become_their_names() -> None:
    assert plain("a\x00b\x1b[31mc\u200dd\u202ee\ufeff") == "ab[31mcde"
    assert plain("tea \U0001f468\u200d\U0001f467 \U0001f44d\U0001f3fd time") == (
        "tea [man][girl] [thumbs up sign] time"
    )
    assert plain("\U0001f6bf loose rail \U0001f1ec\U0001f1e7") == "[shower] loose rail GB"
    assert plain("\u6f22\u5b57") == MISSING_GLYPH
    assert plain("one\r\ntwo\u2028three\tfour") == "one\ntwo\nthree four"
    assert safe("a\ud800b") == f"a{MISSING_GLYPH}b"


def test_a_note_of_ten_thousand_characters_is_printed_whole_over_pages(
    form: Form, print_pages: Print
) -> None:
    words = [f"word{number}" for number in range(1250)]
    note = " ".join(words)
    assert len(note) > 9_900

    pages = print_pages(with_note(form, note))
    holding = [page for page in pages if "word" in page]

    text = " ".join(pages)
    assert len(holding) >= 2
    assert all(f" {word} " in f" {text} " for word in words)
    assert all("1 Safety & care" in page for page in holding), "the head is repeated"


def test_a_word_without_end_is_broken(form: Form, print_pages: Print) -> None:
    text = "".join(print_pages(with_note(form, "x" * 10_000))).replace(" ", "")
    assert text.count("x") >= 10_000


def test_thousands_of_lines_are_printed(form: Form, print_pages: Print) -> None:
    pages = print_pages(with_note(form, "\n\n\n".join(f"line{n}" for n in range(1500))))
    assert all(f"line{n}" in " ".join(pages) for n in (0, 700, 1499))


def test_actions_too_long_for_a_page_run_on_with_their_head(form: Form, print_pages: Print) -> None:
    actions = [
        make_action(title="Long " * 79, owner="Somebody " * 13, detail="much " * 1900)
        for _ in range(3)
    ]
    pages = print_pages(make_view(form, NOT_MET, actions=actions))
    holding = [page for page in pages if "much much" in page]
    assert len(holding) > 2
    assert all("Action Owner Priority Due Status" in page for page in holding)
    assert sum(page.count("much") for page in pages) == 3 * 1900


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400))
def test_no_text_stops_the_printing(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    form = small_form()
    view = make_view(
        form,
        {**NOT_MET, "referrals": {"value": "not_met", "note": text, "reason": text}},
        setting_name=text,
        joined_by=text,
        actions=[make_action(title=text, detail=text, owner=text)],
    )
    out: Path = tmp_path_factory.mktemp("any") / "report.pdf"
    write_visit_report(view, form, out, printed_at=PRINTED_AT)
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) >= 2
