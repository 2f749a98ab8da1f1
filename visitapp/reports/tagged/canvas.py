"""A canvas whose content is either marked for a screen reader or an artifact.

Whatever a flowable draws inside `content` belongs to an element of the structure tree. Everything
else, such as lines, washes, running heads and the mark of a draft, is an artifact: it is drawn and
not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from visitapp.language import language_tag
from visitapp.reports.paper.fonts import REGULAR
from visitapp.reports.tagged.structure import Element, Tag, Tree

_ARTIFACT = "/Artifact BMC"
_END = "EMC"


class TaggedCanvas(Canvas):  # type: ignore[misc] # reportlab has no types
    """A reportlab canvas that writes a tagged document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # every font must be embedded, the one that a page begins with too
        super().__init__(*args, **{**kwargs, "initialFontName": REGULAR})
        self._tree = Tree()
        self._open: list[Element] = [self._tree.root]
        self._unread = 0

    @contextmanager
    def content(self, tag: Tag) -> Iterator[None]:
        """What is drawn inside is a piece of the tag's element."""
        if self._unread:
            yield
            return
        element = self._tree.element_of(tag, self._open[-1])
        number = self._tree.add_piece(element, self.getPageNumber() - 1)
        self._end_artifact()
        self._code.append(f"/{element.kind} <</MCID {number}>> BDC")
        yield
        self._code += [_END, _ARTIFACT]

    def begin_artifact(self) -> None:
        """Read nothing that is drawn from now on, whatever it is, until `end_artifact`."""
        self._unread += 1

    def end_artifact(self) -> None:
        """End the artifact that began last."""
        self._unread -= 1

    def enter(self, element: Element) -> None:
        """What is drawn from now on belongs inside `element`, until `leave`."""
        self._open.append(element)

    def leave(self) -> None:
        """End the element that was entered last."""
        self._open.pop()

    def element_of(self, tag: Tag) -> Element:
        """The element of `tag`, made inside the one that is open when there was none yet."""
        return self._tree.element_of(tag, self._open[-1])

    def child(self, kind: str, *, scope: str = "") -> Element:
        """A new element inside the one that is open."""
        return Element(kind, self._open[-1], scope=scope)

    @property
    def is_unread(self) -> bool:
        """Whether an artifact is being drawn."""
        return self._unread > 0

    def showPage(self) -> None:  # noqa: N802 # reportlab gave it its name
        """Close the page: all that no element marked becomes artifacts."""
        self._code.insert(0, _ARTIFACT)
        self._end_artifact()
        super().showPage()

    def save(self) -> None:
        """Write the structure, then the file."""
        if self._code:
            self.showPage()
        self.setViewerPreference("DisplayDocTitle", "true")
        info = self._doc.info
        self._tree.write(self._doc, title=info.title, author=info.author, language=language_tag())
        super().save()

    def _end_artifact(self) -> None:
        """End the artifact that is open; one with nothing in it goes."""
        if self._code and self._code[-1] == _ARTIFACT:
            self._code.pop()
        else:
            self._code.append(_END)
