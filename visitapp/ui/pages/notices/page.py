"""What others are told of changed ratings and placement positions."""

from __future__ import annotations

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.records import NoticeState
from visitapp.services.notices.notices import Notices, NoticeView
from visitapp.ui.models.notices import notice_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button


class NoticesPage(ListPage):
    """`notice_opened` carries the NoticeView to show; `recipients_requested` asks for the list of
    who receives notices."""

    tells = "notice"
    notice_opened = Signal(object)
    recipients_requested = Signal()

    def __init__(self, notices: Notices, look: Look) -> None:
        name = translate("Notices")
        filters = FilterChips(
            translate("Filters"),
            [
                ("", translate("All")),
                (NoticeState.WAITING, translate("Waiting")),
                (NoticeState.SENT, translate("Sent")),
                (NoticeState.FAILED, translate("Not sent")),
                (NoticeState.UNADDRESSED, translate("No address")),
            ],
        )
        empty = EmptyState(
            translate("No notices yet"),
            translate(
                "When a rating or a placement position changes, the server tells the audiences of "
                "your council's policy, such as brokerage and district social work. Choose which "
                "teams receive these notices."
            ),
            translate("Recipients"),
        )
        table = RowTable(name, notice_columns(), look)
        table.personal = False
        super().__init__(name, filters, table, empty, translate("Search notices, Ctrl F"))
        self._notices = notices
        self._all: list[NoticeView] = []
        self.recipients = button(translate("Recipients"))
        self.header.add(self.recipients)
        self.recipients.clicked.connect(self.recipients_requested)
        empty.begun.connect(self.recipients_requested)
        table.opened.connect(self.notice_opened)

    def read(self) -> bool:
        self._all = self._notices.notices()
        self.recipients.setVisible(bool(self._all))
        return bool(self._all)

    def show_list(self) -> None:
        self.table.show_rows([one for one in self._all if self._wanted(one)])

    def _wanted(self, one: NoticeView) -> bool:
        if self.filters.key() not in ("", one.state):
            return False
        return self.matches(one.setting, one.audience, one.district, one.text)
