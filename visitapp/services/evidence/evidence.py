"""Photos and documents: add, list, open, put somewhere, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from sync.client.evidence.ledger import change, note
from visitapp.errors import Code, EnvironmentProblem, Refused, VisitappError
from visitapp.language import message
from visitapp.records import NOT_REFUSED, Action, Concern, Evidence, Visit
from visitapp.rules.text import safe_file_name
from visitapp.services.context import Desk
from visitapp.services.evidence.given import Added, Given, read_file, shown, title_from
from visitapp.services.evidence.photo_folder import taken_name
from visitapp.services.evidence.states import evidence_views
from visitapp.services.lookup import check_question, check_texts, find, find_open_visit
from visitapp.services.sync.connection import Connection
from visitapp.services.views.visits import EvidenceView
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.evidence.intake import SUFFIXES, Intake, take_in
from visitapp.storage.evidence.marking import Mark
from visitapp.storage.whole_file import NO_ROOM, whole_file


class EvidenceKeeping:
    """What a person can do with photos and documents."""

    def __init__(self, desk: Desk, files: EvidenceFiles, connection: Connection) -> None:
        self._desk = desk
        self._files = files
        self._connection = connection

    def add(self, visit_id: str, question: str, file: Path, title: str = "") -> EvidenceView:
        """Add a photo or document to a question of an open visit; its name is the title when
        none is given.

        Raises BadFile, NotFound, Refused (BAD_VALUE, VISIT_FROZEN) or EnvironmentProblem
        DISK_FULL; nothing is kept then.
        """
        return self.add_bytes(visit_id, question, read_file(file), file.name, title)

    def add_bytes(
        self,
        visit_id: str,
        question: str,
        data: bytes,
        name: str,
        title: str = "",
        marks: Sequence[Mark] = (),
    ) -> EvidenceView:
        """The same for what was pasted or dropped; `name` is what to call it, `marks` what is drawn
        into a photo."""
        intake = take_in(data, shown(name), marks)
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            check_question(self._desk.form_of(visit), question)
            piece = Evidence(setting_id=visit.setting_id, visit_id=visit.id, question=question)
            # so that the photos folder does not offer the file again
            self._desk.states.set(session, taken_name(sha256(data).hexdigest()), visit.id)
            return self._keep(session, piece, intake, title or title_from(name))

    def add_all(
        self,
        visit_id: str,
        question: str,
        given: Sequence[Given],
        tell: Callable[[int, int], None] | None = None,
    ) -> Added:
        """Add several to a question, one after the other. One that cannot be added is told of, and
        holds up none of the others. tell: how many were looked at, of how many."""
        pieces, refused = [], {}
        for place, one in enumerate(given):
            if tell is not None:
                tell(place, len(given))
            try:
                about = one.name, one.title, one.marks
                pieces.append(self.add_bytes(visit_id, question, one.content(), *about))
            except VisitappError as problem:
                refused[place] = problem
        return Added(pieces, refused)

    def add_to_action(self, action_id: str, file: Path, title: str = "") -> EvidenceView:
        """Add a photo or document to an action. Raises as `add` does."""
        intake = take_in(read_file(file), shown(file.name))
        with self._desk.transaction() as session:
            action = find(session, Action, action_id)
            piece = Evidence(setting_id=action.setting_id, action_id=action.id)
            return self._keep(session, piece, intake, title or title_from(file.name))

    def add_to_concern(self, concern_id: str, file: Path, title: str = "") -> EvidenceView:
        """Add a photo or document to a concern, restricted with it. Raises as `add` does."""
        intake = take_in(read_file(file), shown(file.name))
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            piece = Evidence(setting_id=concern.setting_id, concern_id=concern.id)
            return self._keep(session, piece, intake, title or title_from(file.name))

    def of_visit(self, visit_id: str) -> list[EvidenceView]:
        """The evidence of a visit, oldest first. Raises NotFound."""
        with self._desk.reading() as session:
            find(session, Visit, visit_id)
            return _listed(session, Evidence.visit_id == visit_id)

    def of_action(self, action_id: str) -> list[EvidenceView]:
        """The evidence that was added to an action, oldest first. Raises NotFound."""
        with self._desk.reading() as session:
            find(session, Action, action_id)
            return _listed(session, Evidence.action_id == action_id)

    def view(self, evidence_id: str) -> EvidenceView:
        """One piece of evidence. Raises NotFound."""
        with self._desk.reading() as session:
            return evidence_views(session, [find(session, Evidence, evidence_id)])[0]

    def open(self, evidence_id: str) -> bytes:
        """The bytes, decrypted in memory. Raises NotFound, Refused BAD_VALUE when it is only a
        note, EnvironmentProblem EVIDENCE_AWAY when they are on the server only."""
        return self._files.get(self._with_bytes(evidence_id).sha256)

    def if_here(self, evidence_id: str) -> bytes | None:
        """The bytes when they are on this device and whole; None otherwise, as paper needs it."""
        try:
            return self.open(evidence_id)
        except EnvironmentProblem:
            return None

    def fetch(self, evidence_id: str, progress: Callable[[int, int], None] | None = None) -> bytes:
        """The bytes, from the server when they are not here. progress: bytes that came, of how
        many. Raises as `open` does, and Refused NOT_FOUND or LinkProblem."""
        piece = self._with_bytes(evidence_id)
        if self._files.has(piece.sha256):
            data = self._files.get(piece.sha256)
            with self._desk.database.applying() as session:
                change(session.connection(), piece.sha256, used_at=self._desk.clock())
            return data
        return self._connection.fetch_evidence(piece.sha256, piece.size, progress)

    def send_again(self, evidence_id: str) -> None:
        """Offer bytes that the server refused to it again at the next sync."""
        piece = self._with_bytes(evidence_id)
        again = {**NOT_REFUSED, "upload_id": None}
        with self._desk.database.applying() as session:
            change(session.connection(), piece.sha256, **again)

    def export(self, evidence_id: str, out: Path) -> Path:
        """Put the bytes where the person chose, readable by any program; into a folder under
        their title. Raises as `open` does, and EnvironmentProblem when it cannot be written."""
        piece = self._with_bytes(evidence_id)
        data = self._files.get(piece.sha256)
        target = out / file_name(piece) if out.is_dir() else out
        write_out(target, data)
        return target

    def remove(self, evidence_id: str) -> None:
        """Take evidence back while its visit is open. Its bytes leave this device once the server
        has them. Raises NotFound, Refused VISIT_FROZEN."""
        with self._desk.transaction() as session:
            piece = find(session, Evidence, evidence_id)
            if piece.visit_id is not None:
                find_open_visit(session, piece.visit_id)
            piece.deleted = True

    def _keep(self, session: Session, piece: Evidence, intake: Intake, title: str) -> EvidenceView:
        check_texts(Evidence, {"title": title})
        if not title.strip():
            raise Refused(Code.BAD_VALUE, message("Describe the evidence in a few words."))
        piece.kind, piece.title = intake.kind, title.strip()
        piece.media_type, piece.size = intake.media_type, len(intake.data)
        # The file comes first: a record that is kept always has its bytes. Should the transaction
        # fail after it, the file is swept away later as one that no record names.
        piece.sha256 = self._files.put(intake.data)
        session.add(piece)
        session.flush()
        note(session.connection(), piece.sha256, piece.size, self._desk.clock())
        return evidence_views(session, [piece])[0]

    def _with_bytes(self, evidence_id: str) -> EvidenceView:
        piece = self.view(evidence_id)
        if not piece.sha256:
            raise Refused(
                Code.BAD_VALUE, message("This evidence is a note. It has no photo or document.")
            )
        return piece


def file_name(piece: EvidenceView) -> str:
    """A name for the file of a piece of evidence that every system takes."""
    return (safe_file_name(piece.title) or "evidence") + SUFFIXES.get(piece.media_type, ".bin")


def write_out(target: Path, data: bytes) -> None:
    """Write a plain file in one step. Raises EnvironmentProblem; what stood there is as it was."""
    part = target.with_name(f".{target.name}.part")
    try:
        with whole_file(target, part=part) as file:
            file.write(data)
    except OSError as error:
        full = error.errno in NO_ROOM
        raise EnvironmentProblem(
            Code.DISK_FULL if full else Code.FOLDER_UNUSABLE,
            message("{file} could not be written there.", file=shown(target.name)),
            message("Free some space or choose another folder."),
        ) from error


def _listed(session: Session, mine: ColumnElement[bool]) -> list[EvidenceView]:
    query = select(Evidence).where(mine, Evidence.deleted.is_(False)).order_by(Evidence.id)
    return evidence_views(session, session.scalars(query))
