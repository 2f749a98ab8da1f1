"""Where a setting is, who holds it, its food hygiene; and what can be changed of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from visitapp.language import translate
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.views.settings import HygieneCandidate, SettingView
from visitapp.ui import words
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class AboutCard(Card):
    """`hygiene_requested`, `edit_requested` and `step_requested` ask for a change; a step carries
    the state that the setting comes to. `setting_requested` and `provider_requested` carry an id
    to go to; `removal_requested` that of a setting that was added by mistake."""

    hygiene_requested = Signal()
    edit_requested = Signal()
    step_requested = Signal(str)
    setting_requested = Signal(str)
    provider_requested = Signal(str)
    removal_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(translate("About this setting"))
        self._state = label(strong=True, wrap=True)
        self._about = label(tone="muted", wrap=True)
        self.provider = button(translate("Provider"), kind="link")
        self._view: SettingView | None = None
        self.provider.clicked.connect(self._go_to_provider)
        self._merged = Flow()
        self.hygiene = button(translate("Confirm food hygiene rating…"), kind="chip")
        self.edit = button(translate("Edit the setting…"), kind="chip")
        self.remove = button(translate("Remove from the portfolio"), kind="chip")
        self.steps = {
            SettingStatus.OPEN: button(translate("Reopen it…"), kind="chip"),
            SettingStatus.CLOSED: button(translate("Close it…"), kind="chip"),
            SettingStatus.MERGED: button(translate("Merge it…"), kind="chip"),
        }
        self.column.addWidget(self._state)
        self.column.addWidget(self.provider, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._about)
        self.column.addWidget(self._merged)
        self.column.addSpacing(4)
        ways = Flow()
        for way in (self.hygiene, self.edit, *self.steps.values(), self.remove):
            ways.add(way)
        self.column.addWidget(ways)
        self.hygiene.clicked.connect(self.hygiene_requested)
        self.edit.clicked.connect(self.edit_requested)
        self.remove.clicked.connect(self._remove)
        for state, way in self.steps.items():
            way.clicked.connect(lambda _on, state=state: self.step_requested.emit(state.value))

    def show_setting(self, view: SettingView) -> None:
        """Show what is known; `may_edit` and `next_states` say what is offered."""
        self._view = view
        row = view.row
        state = ""
        if row.status != SettingStatus.OPEN:
            state = words.joined(choice_word(SettingStatus, row.status), words.day(row.closed_on))
        self._state.setText(state)
        self._state.setVisible(bool(state))
        self.provider.setText(row.provider)
        self.provider.setAccessibleName(translate("Provider: {name}", name=row.provider))
        self.provider.setVisible(view.provider_id is not None)
        lines = [
            words.joined(view.address, view.postcode),
            words.joined(view.local_authority, view.district, view.locality),
            _out_of_county(view),
            words.joined(view.care_group, view.location_id),
            words.joined(view.officer, view.team),
            _hygiene_line(view.hygiene),
        ]
        self._about.setText("\n".join(line for line in lines if line))
        self._show_merged(view)
        self.edit.setVisible(view.may_edit)
        self.remove.setVisible(view.may_edit and not view.visits and not view.actions)
        for name, way in self.steps.items():
            way.setVisible(name in view.next_states)

    def _show_merged(self, view: SettingView) -> None:
        self._merged.clear()
        into_id = view.row.merged_into_id
        others = {
            id_: translate("Shows the records of {name} too", name=name)
            for id_, name in view.merged.items()
        }
        if view.merged_into and into_id:
            others = {into_id: translate("Merged into {name}", name=view.merged_into)}
        for id_, text in others.items():
            way = button(text, kind="link")
            way.clicked.connect(lambda _on, id_=id_: self.setting_requested.emit(id_))
            self._merged.add(way)
        self._merged.setVisible(bool(others))

    def _remove(self) -> None:
        if self._view is not None:
            self.removal_requested.emit(self._view.row.setting_id)

    def _go_to_provider(self) -> None:
        if self._view is not None and self._view.provider_id is not None:
            self.provider_requested.emit(self._view.provider_id)


def _out_of_county(view: SettingView) -> str:
    if view.in_county:
        return ""
    host = view.host_authority or translate("host authority not recorded")
    return words.joined(translate("Out of the county"), host)


def _hygiene_line(found: HygieneCandidate | None) -> str:
    """`Food hygiene: 5 · rated 3 Mar 2026 · Larch House Kitchen`."""
    if found is None:
        return translate("No food hygiene rating confirmed")
    rating = translate("Food hygiene: {rating}", rating=found.rating)
    rated = translate("rated {day}", day=words.day(found.rated_on))
    return words.joined(rating, rated if found.rated_on else "", found.name)
