"""The photo page: each photo in the PDF, with its caption."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from forms.model import Form
from tests.support.desk.pictures import jpeg, png
from tests.support.paper.pdfs import read_page
from tests.support.paper.visit_views import NOT_MET, PRINTED_AT, make_view
from visitapp.reports.visit.report import write_visit_report
from visitapp.services.views.visits import EvidenceView

BYTES = {"one": jpeg(2048, 1024), "two": png(300, 900), "broken": b"no picture"}


def photo(form: Form, name: str, title: str) -> EvidenceView:
    question = next(iter(form.questions))
    return EvidenceView(id=name, question=question, kind="photo", title=title, sha256="0" * 64)


def printed(form: Form, out: Path, *pieces: EvidenceView) -> tuple[str, int]:
    """All the text of the report, and how many pictures are in it."""
    view = replace(make_view(form, NOT_MET), evidence=list(pieces))
    write_visit_report(view, form, out, printed_at=PRINTED_AT, photo=BYTES.get)
    with pypdfium2.PdfDocument(out) as document:
        pages = [document[number] for number in range(len(document))]
        pictures = sum(
            len(list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))) for page in pages
        )
        return " ".join(read_page(document, n) for n in range(len(document))), pictures


def test_photos_are_printed_with_their_captions(form: Form, tmp_path: Path) -> None:
    text, pictures = printed(
        form,
        tmp_path / "report.pdf",
        photo(form, "one", "The medicine room <b>"),
        photo(form, "two", "The rota"),
        photo(form, "away", "The garden door"),
        photo(form, "broken", "The kitchen"),
    )
    assert pictures == 2
    for caption in ("The medicine room <b>", "The rota", "The garden door", "The kitchen"):
        assert caption in text.split("Photos")[-1]
    assert text.count("was not on this device when the report was printed") == 2


def test_a_photo_on_paper_is_small(form: Form, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    printed(form, out)
    without = out.stat().st_size
    printed(form, out, photo(form, "one", "The medicine room"))
    assert out.stat().st_size - without < 150_000


def test_without_photos_there_is_no_such_page(form: Form, tmp_path: Path) -> None:
    text, pictures = printed(form, tmp_path / "report.pdf")
    assert (pictures, "Photos" in text) == (0, False)
