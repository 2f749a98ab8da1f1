"""The structure of a tagged PDF as pdfium gives it to a screen reader."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium


class Node(NamedTuple):
    """An element on one page: its kind, alternative text, own text, what is inside, and its
    language where it has one of its own."""

    kind: str
    alternative: str
    text: str
    kids: tuple[Node, ...]
    language: str = ""

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all_text(self) -> str:
        """The text of the element and of all that is inside it."""
        return " ".join(" ".join(node.text for node in self.walk()).split())


def structure(path: Path) -> list[list[Node]]:
    """The top elements of each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [_page(document[number]) for number in range(len(document))]


def outline(path: Path, *kinds: str) -> list[tuple[str, str]]:
    """Kind and text of each element of these kinds, in reading order."""
    return [
        (node.kind, node.all_text())
        for page in structure(path)
        for top in page
        for node in top.walk()
        if node.kind in kinds
    ]


def _page(page: pypdfium2.PdfPage) -> list[Node]:
    texts = _texts(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(count)]
        return [_node(top, texts) for top in tops if top]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
        page.close()


def _texts(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of each marked piece of the page, by its number."""
    found: dict[int, str] = {}
    text_page = page.get_textpage()
    for piece in page.get_objects():
        number = pdfium.FPDFPageObj_GetMarkedContentID(piece)
        if number < 0 or piece.type != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        said = _read(lambda buffer, n, o=piece: pdfium.FPDFTextObj_GetText(o, text_page, buffer, n))
        found[number] = found.get(number, "") + " " + said
    text_page.close()
    return found


def _node(element: object, texts: dict[int, str]) -> Node:
    count = pdfium.FPDF_StructElement_CountChildren(element)
    kids = [pdfium.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]
    numbers = [
        pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n)
        for n in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element))
    ]
    return Node(
        kind=_read(lambda buffer, n: pdfium.FPDF_StructElement_GetType(element, buffer, n)),
        alternative=_read(
            lambda buffer, n: pdfium.FPDF_StructElement_GetAltText(element, buffer, n)
        ),
        text=" ".join(texts.get(number, "") for number in numbers),
        kids=tuple(_node(kid, texts) for kid in kids if kid),
        language=_read(lambda buffer, n: pdfium.FPDF_StructElement_GetLang(element, buffer, n)),
    )


def _read(call: Callable[[object, int], int]) -> str:
    """A text that pdfium writes as UTF-16 into a buffer of the size that it first asks for."""
    size = call(None, 0)
    if size < 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")
