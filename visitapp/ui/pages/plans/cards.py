"""The cards of the page of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from visitapp.language import plural, translate
from visitapp.rules.plans.states import AccuracyStatus, PlanStatus
from visitapp.services.plans.views import AccuracyView, ActionEvent, PlanView, ProgressPoint
from visitapp.services.views.actions import ActionView
from visitapp.services.views.visits import EvidenceView
from visitapp.ui import words
from visitapp.ui.pages.plans.columns import moves_text, point_columns, progress_text
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.plan_bar import PlanBar
from visitapp.ui.widgets.progress_chart import ProgressChart
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class SummaryCard(Card):
    """Goal, dates, version, and where the actions stand."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._goal = label(size="heading", wrap=True)
        self._facts = label(tone="muted", wrap=True)
        self._bar = PlanBar(look)
        self._counts = label(wrap=True)
        self._changed = label(tone="amber", wrap=True)
        self.versions = button(translate("Show every version"), kind="chip")
        for widget in (self._goal, self._facts, self._bar, self._counts, self._changed):
            self.column.addWidget(widget)
        self.column.addWidget(self.versions, 0, Qt.AlignmentFlag.AlignLeft)

    def show_plan(self, plan: PlanView) -> None:
        """Show where a plan stands."""
        counts = plan.counts
        self._goal.setText(plan.goal)
        agreed = translate("Not agreed yet")
        if plan.version:
            agreed = translate(
                "Version {n}, agreed {day} with {whom}",
                n=plan.version,
                day=words.day(plan.agreed_on),
                whom=plan.agreed_with,
            )
        dates = translate(
            "{first} to {last}", first=words.day(plan.starts_on), last=words.day(plan.ends_on)
        )
        lines = [
            words.joined(choice_word(PlanStatus, plan.status), dates, _left(plan)),
            agreed,
            plan.provider_people,
            plan.ended_reason,
        ]
        self._facts.setText("\n".join(line for line in lines if line))
        self._bar.setVisible(bool(counts.actions))
        text = counts_text(plan)
        self._bar.show_parts(counts.verified, counts.done, counts.in_time, counts.overdue, text)
        self._counts.setText(text)
        changed = translate("Changed since it was agreed:")
        self._changed.setText("\n".join([changed, *plan.changed]))
        self._changed.setVisible(bool(plan.changed))
        self.versions.setVisible(bool(plan.version))


def _left(plan: PlanView) -> str:
    if plan.ended_on is not None:
        return translate("ended {day}", day=words.day(plan.ended_on))
    if plan.days_left < 0:
        return plural("{n} day past its end date", "{n} days past its end date", -plan.days_left)
    return plural("{n} day left", "{n} days left", plan.days_left)


def counts_text(plan: PlanView) -> str:
    """`7 of 18 verified, 38% · 3 to verify · 5 not yet overdue · 3 overdue · 6 dates moved`."""
    counts = plan.counts
    parts = [
        translate(
            "{n} of {all} verified, {percent}%",
            n=counts.verified,
            all=counts.actions,
            percent=counts.percent,
        ),
        translate("{n} to verify", n=counts.done) if counts.done else "",
        translate("{n} not yet overdue", n=counts.in_time) if counts.in_time else "",
        translate("{n} overdue", n=counts.overdue) if counts.overdue else "",
        plural("{n} date moved", "{n} dates moved", counts.moves) if counts.moves else "",
        translate("{n} reopened", n=counts.reopened) if counts.reopened else "",
        translate("{n} without a success measure", n=counts.without_measure)
        if counts.without_measure
        else "",
    ]
    return words.joined(*parts)


class ProgressCard(Card):
    """The progress as a picture, or as a table."""

    def __init__(self, look: Look) -> None:
        super().__init__(translate("Progress"))
        self._as_table = self._drawn = False
        self.chart = ProgressChart(look)
        self.table = RowTable(translate("Progress day by day"), point_columns(), look)
        self.table.hide()
        self.toggle = button(translate("Show as table"), kind="chip")
        self.toggle.clicked.connect(self._turn)
        self._first_day = label(tone="muted", wrap=True)
        self.column.addWidget(self._first_day)
        self.column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.chart)
        self.column.addWidget(self.table)

    def show_points(self, points: Sequence[ProgressPoint]) -> None:
        """Show how the plan came along."""
        self.chart.show_points(points)
        self.table.show_rows(points)
        last = points[-1]
        self._first_day.setText(
            translate(
                "The picture begins tomorrow. Today: {asked} asked for, {done} done, "
                "{verified} verified.",
                asked=last.asked,
                done=last.done,
                verified=last.verified,
            )
        )
        self._drawn = last.on > points[0].on
        self._show_parts()

    def _turn(self) -> None:
        self._as_table = not self._as_table
        self._show_parts()

    def _show_parts(self) -> None:
        """A day alone is no line: the picture has nothing to draw on the first one."""
        as_table = self._as_table
        self.table.setVisible(as_table)
        self.chart.setVisible(self._drawn and not as_table)
        self._first_day.setVisible(not self._drawn)
        text = translate("Show as picture") if as_table else translate("Show as table")
        self.toggle.setText(text)
        self.toggle.setAccessibleName(text)


class ProviderCard(Card):
    """The plan as a file for the provider, and what comes back in it."""

    def __init__(self) -> None:
        super().__init__(translate("With the provider"))
        teaching = translate(
            "The provider fills in the marked cells of a spreadsheet and sends it back. You choose "
            "what to take from it; verified stays what you have seen."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.send = button(translate("Save for the provider…"), makes="action_update")
        self.take = button(translate("Take the provider's file…"), makes="action_update")
        ways = Flow(gap=8)
        ways.add(self.send)
        ways.add(self.take)
        self.column.addWidget(ways)
        self.comments = button(translate("Comments on the report…"), kind="link")
        self.column.addWidget(self.comments, 0, Qt.AlignmentFlag.AlignLeft)

    def show_comments(self, points: Sequence[AccuracyView]) -> None:
        """Say how many comments on the report's accuracy came, and wait."""
        waiting = sum(one.status == AccuracyStatus.OPEN for one in points)
        text = translate("Comments on the report…")
        if waiting:
            text = plural(
                "{n} comment on the report to answer…",
                "{n} comments on the report to answer…",
                waiting,
            )
        self.comments.setText(text)
        self.comments.setAccessibleName(text)
        self.comments.setVisible(bool(points))


class ActionCard(Card):
    """The action under the cursor: how we will know, and what was said and done."""

    update_requested = Signal(object)
    change_requested = Signal(object)
    evidence_requested = Signal(object)
    evidence_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._action: ActionView | None = None
        self._title = label(size="heading", wrap=True)
        self._facts = label(tone="muted", wrap=True)
        self._measure = label(wrap=True)
        self.change = button(translate("Verify or change"), makes="action")
        self.tell = button(translate("Add an update"), makes="action_update")
        self.prove = button(translate("Add evidence…"), makes="evidence")
        ways = Flow(gap=8)
        for way in (self.change, self.tell, self.prove):
            ways.add(way)
        self._pieces = QVBoxLayout()
        self._events = QVBoxLayout()
        for widget in (self._title, self._facts, self._measure, ways):
            self.column.addWidget(widget)
        self.column.addLayout(self._pieces)
        self.column.addWidget(label(translate("What was said and done"), strong=True))
        self.column.addLayout(self._events)
        self.change.clicked.connect(lambda: self.change_requested.emit(self._action))
        self.tell.clicked.connect(lambda: self.update_requested.emit(self._action))
        self.prove.clicked.connect(lambda: self.evidence_requested.emit(self._action))

    def show_action(
        self,
        action: ActionView | None,
        events: Sequence[ActionEvent],
        evidence: Sequence[EvidenceView],
    ) -> None:
        """Show one action with its history; None hides the card."""
        self._action = action
        self.setVisible(action is not None)
        if action is None:
            return
        self._title.setText(f"{action.number} {action.title}")
        due = translate("due {day}", day=words.day(action.due_on))
        first = translate("first due {day}", day=words.day(action.first_due_on))
        self._facts.setText(
            words.joined(
                words.action_statuses()[action.status],
                due,
                first if action.first_due_on != action.due_on else "",
                progress_text(action),
                moves_text(action),
            )
        )
        measure = action.success_measure or translate("not recorded yet")
        self._measure.setText(translate("How we will know: {measure}", measure=measure))
        clear(self._pieces)
        for piece in evidence:
            self._pieces.addWidget(self._piece(piece), 0, Qt.AlignmentFlag.AlignLeft)
        clear(self._events)
        for place, event in enumerate(events):
            if place:
                self._events.addWidget(rule())
            head = words.joined(event.who, words.day(event.on))
            self._events.addWidget(label(head, size="small", tone="muted", wrap=True))
            came = translate("Came with the provider's file.") if event.file else ""
            for text in filter(None, (event.what, event.text, came)):
                self._events.addWidget(label(text, wrap=True))
        if not events:
            self._events.addWidget(label(translate("Nothing yet."), tone="muted"))

    def _piece(self, piece: EvidenceView) -> QPushButton:
        way = button(translate("Evidence: {title}", title=piece.title), kind="chip")
        way.clicked.connect(lambda: self.evidence_opened.emit(piece))
        return way
