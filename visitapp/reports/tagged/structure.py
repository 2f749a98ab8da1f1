"""The structure of a tagged PDF (ISO 32000-1 §14.7): what a screen reader is given to read.

The canvas marks pieces of content; this module keeps the tree of elements that those pieces belong
to, and writes it into the document: the structure tree, the parent tree that leads from a piece
back to its element, and the metadata that declares PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFString,
)

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class Piece(NamedTuple):
    """Marked content: its page (from 0) and its number on that page."""

    page: int
    number: int


class Element:
    """One element of the tree. `kind` is a standard structure type: H1, P, Table, TH, Figure …

    `alternative` replaces content that has no text, such as a picture. `scope` (Column or Row)
    says which cells a header cell heads. `language` is that of its text, such as `en-GB`; empty for
    the document's.
    """

    def __init__(
        self,
        kind: str,
        parent: Element | None,
        *,
        alternative: str = "",
        scope: str = "",
        language: str = "",
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.alternative = alternative
        self.scope = scope
        self.language = language
        self.kids: list[Element | Piece] = []
        if parent is not None:
            parent.kids.append(self)


class Tag:
    """Where a flowable belongs in the tree: the halves of a split flowable share one.

    Its element is made when the first half is drawn, inside the element that is open then, or
    inside that of `inside`.
    """

    def __init__(
        self, kind: str, *, inside: Tag | None = None, alternative: str = "", language: str = ""
    ) -> None:
        self.kind = kind
        self.inside = inside
        self.alternative = alternative
        self.language = language
        self.element: Element | None = None


class Tree:
    """The elements of one document, and the element of each marked piece by page."""

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self._pages: dict[int, list[Element]] = {}

    def element_of(self, tag: Tag, parent: Element) -> Element:
        """The element of `tag`, made under `parent` at the first call."""
        if tag.element is None:
            above = parent if tag.inside is None else self.element_of(tag.inside, parent)
            tag.element = Element(
                tag.kind, above, alternative=tag.alternative, language=tag.language
            )
        return tag.element

    def add_piece(self, element: Element, page: int) -> int:
        """Note that `element` has a new piece of content on `page`; gives the piece's number."""
        pieces = self._pages.setdefault(page, [])
        pieces.append(element)
        element.kids.append(Piece(page, len(pieces) - 1))
        return len(pieces) - 1

    def write(self, document: PDFDocument, *, title: str, author: str, language: str) -> None:
        """Write the tree, its way back from the pages, and the PDF/UA-1 declaration."""
        pages = document.Pages.pages
        references = {element: _reference(document, element) for element in self._elements()}
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_reference = document.Reference(root)
        for element, (dictionary, _) in references.items():
            self._fill(dictionary.dict, element, references, root_reference, document)
            if element.language not in ("", language):
                dictionary.dict["Lang"] = PDFString(element.language)
        root.dict["K"] = PDFArray([references[self.root][1]])
        root.dict["ParentTree"] = document.Reference(self._parent_tree(references, document))
        root.dict["ParentTreeNextKey"] = len(pages)
        for number, page in enumerate(pages):
            # reportlab writes only the keys of a page that it lists
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, PDFName("S")
        catalog = document.Catalog
        catalog.StructTreeRoot = root
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Lang = PDFString(language)
        text = _METADATA.format(title=escape(title), author=escape(author))
        catalog.Metadata = XMP(creator=lambda _: text.encode("utf-8"))

    def _elements(self) -> Iterator[Element]:
        waiting = [self.root]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [kid for kid in element.kids if isinstance(kid, Element)]

    def _fill(
        self,
        target: dict[str, Any],
        element: Element,
        references: dict[Element, tuple[PDFDictionary, Any]],
        root: Any,
        document: PDFDocument,
    ) -> None:
        target["P"] = root if element.parent is None else references[element.parent][1]
        target["K"] = PDFArray(
            [
                references[kid][1] if isinstance(kid, Element) else _marked(kid, document)
                for kid in element.kids
            ]
        )
        if element.alternative:
            target["Alt"] = PDFString(element.alternative)
        if element.scope:
            target["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(element.scope)})

    def _parent_tree(
        self, references: dict[Element, tuple[PDFDictionary, Any]], document: PDFDocument
    ) -> PDFDictionary:
        numbers: list[Any] = []
        for page in range(len(document.Pages.pages)):
            elements = [references[element][1] for element in self._pages.get(page, [])]
            numbers += [page, document.Reference(PDFArray(elements))]
        return PDFDictionary({"Nums": PDFArray(numbers)})


def _reference(document: PDFDocument, element: Element) -> tuple[PDFDictionary, Any]:
    dictionary = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.kind)})
    return dictionary, document.Reference(dictionary)


def _marked(piece: Piece, document: PDFDocument) -> PDFDictionary:
    page = document.Reference(document.Pages.pages[piece.page])
    return PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": piece.number})
