"""The dialogs about who holds what."""

from __future__ import annotations

from visitapp.language import plural, translate
from visitapp.services.views.holders import CoverView, DelegateView, HandOverView, Holdings
from visitapp.ui import words
from visitapp.ui.dialogs.holders.cover import CoverDialog, EditCoverDialog
from visitapp.ui.dialogs.holders.delegate import DelegateDialog
from visitapp.ui.dialogs.holders.hand_over import HandOverDialog
from visitapp.ui.dialogs.holders.leaver import LeaverDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs


class HolderDialogs(PageDialogs):
    """Hands settings over, and arranges cover."""

    def hand_over(self, officer_id: str = "", setting_id: str = "") -> None:
        """Hand settings over: those of an officer are offered, or all with one ticked."""
        services = self._services
        offered = services.hand_overs.offered()
        if officer_id:
            offered = [one for one in offered if one.officer_id == officer_id]
        people = [one for one in services.leavers.receivers() if one.id != officer_id]
        dialog = HandOverDialog(
            *(self._window, services.hand_overs, offered, people, services.desk.today()),
            ticked=[setting_id],
        )
        dialog.handed_over.connect(self._handed_over)
        dialog.open()

    def hand_over_all(self, officer_id: str) -> None:
        """Hand all that somebody holds to another."""
        leavers = self._services.leavers
        held, people = leavers.holdings(officer_id), leavers.receivers()
        dialog = LeaverDialog(self._window, leavers, held, people, self._services.desk.today())
        dialog.handed_over.connect(self._all_handed_over)
        dialog.open()

    def arrange_cover(self, officer_id: str = "") -> None:
        """Arrange cover for an officer."""
        services = self._services
        dialog = CoverDialog(
            *(self._window, services.covers, services.hand_overs.offered()),
            *(services.leavers.holders(), services.desk.today()),
            officer_id=officer_id,
        )
        dialog.arranged.connect(self._cover_arranged)
        dialog.open()

    def name_delegate(self) -> None:
        """Name who reviews and decides for a team lead who is away."""
        services = self._services
        delegates = services.delegates
        dialog = DelegateDialog(
            *(self._window, delegates, delegates.leads(), delegates.candidates()),
            services.desk.today(),
        )
        dialog.named.connect(self._delegate_named)
        dialog.open()

    def edit_cover(self, cover: CoverView | DelegateView) -> None:
        """Let a cover or a delegate's time end on another day."""
        services = self._services
        by = services.covers if isinstance(cover, CoverView) else services.delegates
        dialog = EditCoverDialog(self._window, by, cover, services.desk.today())
        dialog.changed.connect(lambda: self._saved(translate("Saved.")))
        dialog.open()

    def withdraw(self, one: HandOverView) -> None:
        """Withdraw a planned hand-over."""
        hand_overs = self._services.hand_overs
        hand_overs.withdraw(one.id)

        def undo() -> None:
            hand_overs.put_back(one.id)
            self._saved(translate("The hand-over of {what} is planned again.", what=one.what))

        self.said.emit(translate("The hand-over of {what} was withdrawn.", what=one.what), undo)
        self.changed.emit()

    def _handed_over(self, number: int) -> None:
        self._saved(
            plural(
                "{n} hand-over is recorded. The server carries it out.",
                "{n} hand-overs are recorded. The server carries them out.",
                number,
            )
        )

    def _all_handed_over(self, held: Holdings) -> None:
        self._saved(
            translate(
                "The hand-over of everything {name} holds is recorded. The server carries it out.",
                name=held.holder.title,
            )
        )

    def _delegate_named(self, one: DelegateView) -> None:
        self._saved(
            translate(
                "{deputy} reviews and decides for {lead}, {first} to {last}.",
                deputy=one.deputy,
                lead=one.lead,
                first=words.day(one.starts_on),
                last=words.day(one.ends_on),
            )
        )

    def _cover_arranged(self, number: int) -> None:
        self._saved(
            plural("Cover arranged for {n} setting.", "Cover arranged for {n} settings.", number)
        )
