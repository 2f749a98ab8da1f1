"""Reading back what was printed."""

from __future__ import annotations

import pypdfium2


def read_page(document: pypdfium2.PdfDocument, number: int) -> str:
    """The text of a page with runs of space as one, so that line breaks do not matter."""
    page = document[number]
    text = page.get_textpage()
    try:
        return " ".join(text.get_text_bounded().split())
    finally:
        text.close()
        page.close()
