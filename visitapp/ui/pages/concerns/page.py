"""Every concern that the person sees: the figures, the clusters, the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import plural, translate
from visitapp.rules.concerns.states import ConcernKind
from visitapp.services.concerns.concerns import Concerns
from visitapp.services.concerns.trends import ConcernTrends
from visitapp.services.concerns.views import ClusterView, ConcernFilter, Trends
from visitapp.services.concerns.words import cluster_words
from visitapp.services.support.support import Support
from visitapp.services.support.views import SupportView
from visitapp.services.support.words import headline
from visitapp.ui import words
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.models.concerns import concern_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.pages.support.lines import SupportLines
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn, clear
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_words

_MOST_THEMES = 7


class FiguresCard(Card):
    """How many concerns came in 90 days, by theme, beside the 90 days before; then the clusters,
    and the support that was asked for. `cluster_referred` carries a theme and ids of settings."""

    cluster_referred = Signal(str, object)

    def __init__(self, support: Support) -> None:
        super().__init__(translate("Last 90 days"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.column.addLayout(self._lines)
        self.support = SupportLines(support)
        self.column.addWidget(self.support)
        self.trends = button(translate("Trends by theme, setting and provider…"), kind="link")
        self.refer = button(translate("Refer a theme for support…"), kind="link")
        ways = Flow(gap=16)
        ways.add(self.trends)
        ways.add(self.refer)
        self.column.addWidget(ways)

    def show_figures(self, trends: Trends, clusters: Sequence[ClusterView]) -> None:
        """Show the figures, and each cluster in a sentence."""
        clear(self._lines)
        now = plural(
            "{n} concern, {before} in the 90 days before. Upheld {upheld} of {decided} decided. "
            "Closed on time {in_time} of {closed}.",
            "{n} concerns, {before} in the 90 days before. Upheld {upheld} of {decided} decided. "
            "Closed on time {in_time} of {closed}.",
            trends.count,
            before=trends.before,
            upheld=trends.upheld,
            decided=trends.decided,
            in_time=trends.closed_in_time,
            closed=trends.closed,
        )
        self._lines.addWidget(label(now, wrap=True))
        themes = Flow(gap=24)
        for one in trends.themes[:_MOST_THEMES]:
            said = translate(
                "{theme} {n} (was {before})", theme=one.label, n=one.count, before=one.before
            )
            themes.add(label(said, tone="amber" if one.count > one.before else "muted"))
        if not trends.themes:
            themes.hide()
        self._lines.addWidget(themes)
        referred = self.support.show_lines()
        for cluster in clusters:
            places = [one for one in referred if one.setting_id in cluster.setting_ids]
            self._show_cluster(cluster, [one for one in places if one.theme == cluster.theme])

    def _show_cluster(self, cluster: ClusterView, referred: Sequence[SupportView]) -> None:
        """A cluster with its referrals that stand, and a way to refer it where there is none."""
        said, theme = cluster_words(cluster), cluster.theme
        self._lines.addWidget(label(f"▲ {said}", tone="amber", strong=True, wrap=True))
        several = len(cluster.setting_ids) > 1
        for one in referred:
            state = words.joined(one.setting if several else "", headline(one))
            way = button(state, kind="link", name=translate("Referred: {what}", what=state))
            way.clicked.connect(lambda _=False, id_=one.id: self.support.opened.emit(id_))
            self._lines.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        having = {one.setting_id for one in referred}
        left = [place for place in cluster.setting_ids if place not in having]
        if not left:
            return
        way = button(
            translate("Refer it for support…"),
            kind="link",
            name=translate("Refer for support: {cluster}", cluster=said),
        )
        way.clicked.connect(lambda: self.cluster_referred.emit(theme, left))
        self._lines.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)


class ConcernsPage(ListPage):
    """`concern_opened` carries the id of a concern, `log_requested` that of a setting or nothing;
    `import_requested` asks for a case system's file, `trends_requested` for the figures;
    `support_requested` carries a theme and the ids of settings, of a cluster or none."""

    concern_opened = Signal(str)
    support_requested = Signal(str, object)
    log_requested = Signal(str)
    import_requested = Signal()
    trends_requested = Signal()

    def __init__(
        self, concerns: Concerns, trends: ConcernTrends, support: Support, look: Look
    ) -> None:
        name = translate("Concerns")
        filters = FilterChips(
            translate("Filters"),
            [
                ("open", translate("Open")),
                ("late", translate("Late")),
                ("due", translate("Due this week")),
                ("unacknowledged", translate("Not acknowledged")),
                ("safeguarding", translate("Safeguarding")),
                ("closed", translate("Closed")),
                ("all", translate("All")),
            ],
        )
        empty = EmptyState(
            translate("No concerns yet"),
            translate(
                "Log what is brought to you about a setting the day you hear it: poor practice, "
                "safeguarding, a complaint, an incident. Time limits follow from your council's "
                "policy, and patterns are pointed out."
            ),
            translate("Log a concern"),
        )
        self._themes = concerns.themes()
        table = RowTable(name, concern_columns(self._themes), look)
        super().__init__(name, filters, table, empty, translate("Search concerns, Ctrl F"))
        self._concerns, self._trends = concerns, trends
        self.import_ = button(translate("Import a case file"))
        self.log = button(translate("Log a concern"), kind="primary")
        self.header.add(self.import_)
        self.header.add(self.log)
        every = {"": translate("All kinds")}
        self.kind = choices(translate("Kind"), every | choice_words(ConcernKind))
        self.theme = choices(translate("Theme"), {"": translate("All themes")} | dict(self._themes))
        self.figures = FiguresCard(support)
        self.figures.refer.clicked.connect(lambda: self.support_requested.emit("", []))
        self.figures.cluster_referred.connect(self.support_requested)
        self.figures.trends.clicked.connect(self.trends_requested)
        self._lay_out()
        for box in (self.kind, self.theme):
            box.currentIndexChanged.connect(self.show_list)
        self.log.clicked.connect(lambda: self.log_requested.emit(""))
        self.import_.clicked.connect(self.import_requested)
        empty.begun.connect(lambda: self.log_requested.emit(""))
        table.opened.connect(lambda row: self.concern_opened.emit(row.id))
        listen_buttons(self, page_keys(), {"add": self.log})

    def _lay_out(self) -> None:
        content = self.stack.widget(0)
        if not isinstance(content, ScrollColumn):
            return
        boxes = Flow(gap=12)
        boxes.add(self.kind)
        boxes.add(self.theme)
        content.column.insertWidget(0, self.figures)
        content.column.insertWidget(2, boxes)

    def typed_filters(self) -> list[str]:
        chosen = [box.currentText() for box in (self.kind, self.theme) if box.currentData()]
        return [*chosen, *super().typed_filters()]

    def read(self) -> bool:
        self.figures.show_figures(self._trends.trends(), self._trends.clusters())
        return self._concerns.any()

    def show_list(self) -> None:
        wanted = ConcernFilter(
            state=self.filters.key(),
            kind=self.kind.currentData(),
            theme=self.theme.currentData(),
            text=self.header.search.text(),
        )
        self.table.show_rows(self._concerns.list(wanted))
