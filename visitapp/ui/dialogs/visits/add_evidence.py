"""Add evidence at a question: a note of it, or photos and documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.services.evidence.given import Added, Given
from visitapp.services.evidence.marker import Marker, open_marker
from visitapp.services.evidence.photo_folder import Offered
from visitapp.services.views.visits import EvidenceView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.dialogs.photos.mark import MarkPhotoDialog
from visitapp.ui.dialogs.photos.new_photos import NewPhotos
from visitapp.ui.dialogs.photos.rows import CaptionField, GivenRow, GivenRows
from visitapp.ui.dialogs.photos.taking import given_in, has_any
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.previews import Previews
from visitapp.ui.widgets.text import button, label
from visitapp.ui.words import evidence_kinds, joined


@dataclass(frozen=True)
class Keep:
    """How evidence is saved: a note of a kind, with its words; or files and pictures. The first
    raises VisitappError when it cannot be; the other tells of each that could not."""

    note: Callable[[str, str], EvidenceView]
    files: Callable[[Sequence[Given], Progress], Added]


class EvidenceDialog(Dialog):
    """What kind it is and what it shows, or any number of files with their captions. `kept` carries
    the EvidenceViews that were saved.

    Files are chosen, dropped on the dialog or pasted into it; saving them takes a moment and is
    done by the runner. Those that cannot be saved stay, with the reason.
    """

    kept = Signal(list)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        about: str,
        wanted: str,
        keep: Keep,
        files: FileChooser,
        runner: Runner,
        previews: Previews,
    ) -> None:
        super().__init__(parent, translate("Add evidence"), translate("Add evidence"))
        self._keep, self._files, self._runner = keep, files, runner
        self._previews = previews
        self.new: NewPhotos | None = None
        self.setAcceptDrops(True)
        self.column.addWidget(label(about, tone="muted", wrap=True))
        self.choose = button(
            translate("Choose photos or documents…"),
            hint=translate("Ctrl O. You can also drop them here, or paste them with Ctrl V."),
        )
        self.choose.clicked.connect(self._choose)
        self.chosen = label(self.choose.toolTip(), size="small", tone="muted", wrap=True)
        self.column.addWidget(self.choose)
        self.column.addWidget(self.chosen)
        self.given = GivenRows(self.paste, previews)
        self.given.hide()
        self.given.changed.connect(self._show_files)
        self.given.marking_asked.connect(self._open_photo)
        self.column.addWidget(self.given)
        self.kind = choices(translate("Kind"), evidence_kinds(), wanted or "document")
        self.title = CaptionField(self.paste)
        self.title.setPlaceholderText(translate("Such as: medicine audit of 3 November, plan SU3"))
        kinds = enumerate(evidence_kinds().values(), 1)
        keys = joined(*(translate("Alt {n} {kind}", n=n, kind=kind) for n, kind in kinds))
        caption = self.add_field(translate("Kind"), self.kind)
        self.kind.setAccessibleDescription(keys)
        hint = label(keys, size="small", tone="muted", wrap=True)
        self.column.addWidget(hint)
        words = self.add_field(translate("Description (codes, never names)"), self.title)
        self._note = (caption, self.kind, hint, words, self.title)
        self.column.addStretch(1)
        self._listen()

    def _listen(self) -> None:
        keys: dict[str, Callable[[], object]] = {"Ctrl+V": self.paste, "Ctrl+O": self._choose}
        keys["Ctrl+M"] = self.given.ask_for_marks
        for place in range(self.kind.count()):
            keys[f"Alt+{place + 1}"] = partial(self._note_of, place)
        for key, do in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(lambda do=do: do())

    def offer(self, offered: Offered) -> None:
        """Offer the new photos of the photos folder, to be ticked."""
        if offered.photos:
            self.new = NewPhotos(offered.name, offered.photos, self._previews)
            place = self.column.indexOf(self.given)
            caption = label(self.new.accessibleName(), size="small", tone="muted")
            caption.setBuddy(self.new)
            self.column.insertWidget(place, caption)
            self.column.insertWidget(place + 1, self.new)
            self.new.picked.connect(self._take_ticked)

    def _take_ticked(self) -> None:
        """Show what is ticked as chosen, and what is no more ticked as not."""
        if self.new is None:
            return
        ticked, offered = self.new.files(), self.new.all()
        rows = self.given.rows
        gone = [r for r in rows if r.given().file in offered and r.given().file not in ticked]
        self.given.remove(gone)
        self.take([Given(file.name, file) for file in ticked], focus=False)

    def take(self, given: Sequence[Given], *, focus: bool = True) -> None:
        """Show files and pictures as chosen; what was typed already is the first one's caption."""
        typed = self.title.text().strip()
        if given and typed and not self.given.rows:
            given = [replace(given[0], title=typed), *given[1:]]
            self.title.clear()
        if given:
            self.given.show()
            self.given.take(given, focus=focus)

    def attempt(self) -> None:
        """Save it; photos are made ready in the background."""
        given, rows = self.given.all(), list(self.given.rows)
        if not given:
            self._succeed([self._keep.note(self.kind.currentData(), self.title.text())])
            return

        def done(added: Added) -> None:
            refused = {rows[place]: problem for place, problem in added.refused.items()}
            self._hold(False)
            if added.pieces:
                self.kept.emit(added.pieces)
            if not refused:
                self.accept()
                return
            for row, problem in refused.items():
                row.fail(problem)
            self.given.remove([row for row in rows if row not in refused])
            self._tell_refused(len(added.pieces), [row.name for row in refused], added)

        self._hold(True)
        running = self._runner.run(
            Operation(
                translate("Add evidence"),
                lambda progress: self._keep.files(given, progress),
                done,
                self._fail,
            )
        )
        running.progressed.connect(self._tell_how_far)

    def paste(self) -> bool:
        """Take pictures or files from the clipboard; false when there are none."""
        given = given_in(QApplication.clipboard().mimeData())
        self.take(given)
        return bool(given)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_any(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if given := given_in(event.mimeData()):
            self.take(given)
            event.acceptProposedAction()

    def _open_photo(self, row: GivenRow) -> None:
        """Open a photo to be marked, once it is read."""
        given = row.given()

        def done(marker: Marker) -> None:
            row.mark.setEnabled(True)
            dialog = MarkPhotoDialog(self, row.name, marker)
            dialog.marked.connect(row.show_marks)
            dialog.open()

        def failed(problem: VisitappError) -> None:
            row.mark.setEnabled(True)
            row.fail(problem)

        row.mark.setEnabled(False)
        self._runner.run(Operation(translate("Photo"), lambda _: open_marker(given), done, failed))

    def _choose(self) -> None:
        title = translate("Choose photos or documents")
        self.take([Given(file.name, file) for file in self._files.open_files(self, title)])

    def _note_of(self, place: int) -> None:
        """Begin a note of a kind, where no file was chosen."""
        if not self.given.rows:
            self.kind.setCurrentIndex(place)
            self.title.setFocus()

    def _show_files(self) -> None:
        count = len(self.given.rows)
        told = plural(
            "{n} file. A caption says what it shows; without one its name does.",
            "{n} files. A caption says what each shows; without one its name does.",
            count,
        )
        self.chosen.setText(told if count else self.choose.toolTip())
        text = plural("Add {n} file", "Add {n} files", count) if count else self.windowTitle()
        self.primary.setText(text)
        self.primary.setAccessibleName(text)
        for part in self._note:
            part.setVisible(not count)
        self.given.setVisible(bool(count))
        if self.new is not None:
            self.new.tick(self.given.files())
        if not count and not (self.new is not None and self.new.hasFocus()):
            self.choose.setFocus()

    def _tell_how_far(self, done: int, total: int) -> None:
        self.chosen.setText(translate("Adding {done} of {total}…", done=done + 1, total=total))

    def _tell_refused(self, added: int, names: Sequence[str], result: Added) -> None:
        if not added and len(names) == 1:
            self.messages.show_problem(next(iter(result.refused.values())))
            return
        first = plural("{n} file was added.", "{n} files were added.", added)
        left = translate("Not added: {names}.", names=", ".join(names))
        self.messages.show_text(
            f"{first} {left}" if added else left,
            translate("The reason stands below each name. Leave them out, or try again."),
            kind="problem",
        )

    def _succeed(self, pieces: list[EvidenceView]) -> None:
        self.kept.emit(pieces)
        self.accept()

    def _hold(self, saving: bool) -> None:
        """Let nothing be changed or left while the files are being saved."""
        self.may_leave = not saving
        for part in (self.primary, self.cancel, self.body):
            part.setEnabled(not saving)

    def _fail(self, problem: VisitappError) -> None:
        self._hold(False)
        self.messages.show_problem(problem)
