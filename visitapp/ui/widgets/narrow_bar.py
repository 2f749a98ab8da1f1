"""Narrows and groups a list by officer, team, contract, district and service type."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from visitapp.language import translate
from visitapp.services.views.facets import FACETS
from visitapp.ui import words
from visitapp.ui.saved_views import ListView, SavedViews
from visitapp.ui.widgets.choice_box import ChoiceBox
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, named


class NarrowBar(Flow):
    """Boxes for the facets in which the rows differ; none where there is nothing to choose between.

    `changed` says that a person chose something. `view_chosen` carries the ListView that was kept
    under a name, `view_wanted` asks for a name for the one that is shown.
    """

    changed = Signal()
    view_chosen = Signal(object)
    view_wanted = Signal()

    def __init__(self, views: SavedViews) -> None:
        super().__init__(gap=8)
        self.setAccessibleName(translate("Narrow and group"))
        self._views = views
        self._boxes = {name: named(ChoiceBox(), title) for name, title in facet_titles().items()}
        self._group = named(ChoiceBox(), translate("Group by"))
        self._saved = named(ChoiceBox(), translate("Saved views"))
        self.keep = button(translate("Save view…"), kind="chip")
        for box in (*self._boxes.values(), self._group, self._saved):
            self.add(box)
        self.add(self.keep)
        for box in (*self._boxes.values(), self._group):
            box.activated.connect(self._narrowed)
        self._saved.activated.connect(self._choose_view)
        self.keep.clicked.connect(self._keep_or_remove)
        self.show_views()
        self.hide()

    def offer(self, choices: Mapping[str, Mapping[str, str]]) -> None:
        """Offer the values that the rows have; what was chosen stays, even without a row."""
        titles = facet_titles()
        shown = []
        for name, box in self._boxes.items():
            values = {
                "": translate("{facet}: all", facet=titles[name]),
                **self._said(choices, name),
            }
            chosen = self.where()[name]
            if chosen:
                values.setdefault(chosen, chosen)
            _fill(box, values, chosen)
            box.setVisible(len(values) > 2 or bool(chosen))
            if len(values) > 2:
                shown.append(name)
        groups = {"": translate("No groups")}
        groups |= {name: translate("By {facet}", facet=titles[name].lower()) for name in shown}
        _fill(self._group, groups, self.group() if self.group() in groups else "")
        self._group.setVisible(bool(shown))
        self.setVisible(bool(shown) or bool(self._views.names()))

    def where(self) -> dict[str, str]:
        """The value chosen in each facet, empty for all."""
        return {name: box.currentData() or "" for name, box in self._boxes.items()}

    def group(self) -> str:
        """The facet to group by, or nothing."""
        return self._group.currentData() or ""

    def show_choice(self, where: Mapping[str, str], group: str) -> None:
        """Choose these, without telling."""
        for name, box in self._boxes.items():
            _choose(box, where.get(name, ""))
        _choose(self._group, group)
        self._mark_no_view()

    def show_views(self, chosen: str = "") -> None:
        """Offer the views that are kept, of which one is shown."""
        names = self._views.names()
        _fill(self._saved, {"": translate("Saved views"), **dict.fromkeys(names)}, chosen)
        self._saved.setVisible(bool(names))
        self._show_keep()

    def _said(self, choices: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
        values = dict(choices.get(name, {}))
        if name == "service_type":
            return {key: words.service_type(key) for key in values}
        return values

    def _narrowed(self) -> None:
        self._mark_no_view()
        self.changed.emit()

    def _mark_no_view(self) -> None:
        self._saved.setCurrentIndex(0)
        self._show_keep()

    def _choose_view(self) -> None:
        self._show_keep()
        name = self._saved.currentData()
        if name:
            self.view_chosen.emit(self._views.get(name))
            _choose(self._saved, name)
            self._show_keep()

    def _keep_or_remove(self) -> None:
        name = self._saved.currentData()
        if not name:
            self.view_wanted.emit()
            return
        self._views.remove(name)
        self.show_views()
        self._boxes["officer"].setFocus()

    def keep_as(self, name: str, view: ListView) -> None:
        """Keep a view under a name, in place of another of that name."""
        self._views.keep(name, view)
        self.show_views(name.strip())

    def _show_keep(self) -> None:
        text = translate("Remove view") if self._saved.currentData() else translate("Save view…")
        self.keep.setText(text)
        self.keep.setAccessibleName(text)


def facet_titles() -> dict[str, str]:
    """What each facet is called."""
    titles = (
        translate("Officer"),
        translate("Team"),
        translate("Contract"),
        translate("District"),
        translate("Service type"),
    )
    return dict(zip(FACETS, titles, strict=True))


def _fill(box: QComboBox, values: Mapping[str, str | None], chosen: str) -> None:
    known = {box.itemData(place): box.itemText(place) for place in range(box.count())}
    wanted = {key: text or key for key, text in values.items()}
    if list(known.items()) != list(wanted.items()):
        box.clear()
        for key, text in wanted.items():
            box.addItem(text, key)
    _choose(box, chosen)


def _choose(box: QComboBox, key: str) -> None:
    place = box.findData(key)
    if place < 0:
        box.addItem(key, key)
        place = box.count() - 1
    box.setCurrentIndex(place)
