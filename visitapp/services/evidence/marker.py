"""A photo that is being marked, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from visitapp.services.evidence.given import Given, Pixels, pixels_of, shown
from visitapp.storage.evidence.intake import ready_picture
from visitapp.storage.evidence.marking import Mark, marked


class Marker:
    """The photo as it will be kept, and the marks on it, which can be taken back."""

    def __init__(self, picture: Image.Image, marks: Sequence[Mark]) -> None:
        self._unmarked = picture
        self.marks = list(marks)
        self._now = marked(picture, self.marks)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as it is marked now, in pixels."""
        return self._now.size

    def seen(self) -> Pixels:
        """The picture as it is marked now."""
        return pixels_of(self._now)

    def add(self, mark: Mark) -> bool:
        """Make one more mark; whether it changed anything."""
        before = self._now
        self._now = marked(before, [mark])
        changed = self._now.size != before.size or self._now.tobytes() != before.tobytes()
        if changed:
            self.marks.append(mark)
        return changed

    def undo(self) -> Mark | None:
        """Take the last mark back, and give it; None when there is none."""
        if not self.marks:
            return None
        last = self.marks.pop()
        self._now = marked(self._unmarked, self.marks)
        return last


def open_marker(given: Given) -> Marker:
    """Open a photo with the marks that it has, for a worker. Raises BadFile as `pixels` does."""
    return Marker(ready_picture(given.content(), shown(given.name)), given.marks)
