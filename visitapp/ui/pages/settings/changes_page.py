"""What regulators' files said anew, of the settings on this device and of the area."""

from __future__ import annotations

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.rules.choices import RegulatorChangeKind
from visitapp.services.directory.regulator_files import RegulatorFiles
from visitapp.services.views.regulator_changes import RegulatorChangeView
from visitapp.ui.models.regulator import change_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button

_WORSE = frozenset(
    {
        RegulatorChangeKind.RATING_DOWN,
        RegulatorChangeKind.HYGIENE_DOWN,
        RegulatorChangeKind.DEREGISTERED,
    }
)


class ChangesPage(ListPage):
    """`link_opened` carries the address of the regulator's page about a location that is not held
    here; `import_requested` asks for a file."""

    link_opened = Signal(str)
    import_requested = Signal()

    def __init__(self, files: RegulatorFiles, look: Look) -> None:
        name = translate("Changes")
        filters = FilterChips(
            translate("Filters"),
            [
                ("held", translate("My settings")),
                ("worse", translate("My settings, worse")),
                ("area", translate("Others in my area")),
            ],
        )
        empty = EmptyState(
            translate("No changes yet"),
            translate(
                "Import the regulator's present file whenever it is published. What is new since "
                "the last one is listed here: new reports, ratings up or down, services that "
                "opened or closed, food hygiene."
            ),
            translate("Import a ratings file"),
        )
        table = RowTable(name, change_columns(), look)
        table.personal = False
        super().__init__(name, filters, table, empty, translate("Search changes, Ctrl F"))
        self._files = files
        self._held: list[RegulatorChangeView] = []
        self._area: list[RegulatorChangeView] = []
        self.import_ = button(translate("Import a ratings file"))
        self.header.add(self.import_)
        self.import_.clicked.connect(self.import_requested)
        empty.begun.connect(self.import_requested)
        table.opened.connect(self._open)

    def read(self) -> bool:
        self._held, self._area = self._files.changes(), self._files.area_changes()
        self.import_.setVisible(bool(self._held or self._area))
        return bool(self._held or self._area)

    def show_list(self) -> None:
        listed = self._area if self.filters.key() == "area" else self._held
        self.table.show_rows([one for one in listed if self._wanted(one)])

    def _wanted(self, one: RegulatorChangeView) -> bool:
        if self.filters.key() == "worse" and one.kind not in _WORSE:
            return False
        return self.matches(one.setting, one.local_authority, one.what, one.location_id)

    def _open(self, one: RegulatorChangeView) -> None:
        if one.setting_id:
            self.went.emit(Route("setting", one.setting_id))
        elif one.link:
            self.link_opened.emit(one.link)
