"""Which area of the visit is shown, and the way from one area or question to another."""

from __future__ import annotations

from collections.abc import Callable

from forms.model import Area
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.narrowing import Narrowing
from visitapp.ui.pages.visit.sidebar import VisitSidebar
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.header import PageHeader


class AreaNavigation:
    """Moves the area view, and marks the area in the header and the sidebar."""

    def __init__(
        self,
        header: PageHeader,
        sidebar: VisitSidebar,
        view: AreaView,
        narrowing: Narrowing,
        sheet: Callable[[], VisitState],
    ) -> None:
        self._header, self._sidebar, self._view = header, sidebar, view
        self._narrowing, self._sheet = narrowing, sheet
        self._area: Area | None = None
        self._came: tuple[str, str] | None = None  # the question left by narrowing, the one reached

    def begin(self) -> None:
        """Another visit was opened: none of its areas is shown yet."""
        self._area, self._came = None, None

    def show_area(self, area: Area) -> None:
        """Show the questions of an area and go to the first."""
        self._open_area(area)
        self._view.go_first()

    def show_question(self, question: str, part: str = "") -> None:
        """Go to a question, and show every question again when it is not among those shown."""
        sheet = self._sheet()
        area = sheet.form.area_of[question]
        kept = self._narrowing.kept(sheet, area)
        if kept is not None and question not in kept:
            self._narrowing.end()
        if area is not self._area or kept is not None:
            self._open_area(area)
        self._view.go_question(question, part)

    def step(self, by: int) -> None:
        """Go to the next question (`by` 1) or the previous one (-1), also across areas."""
        if not self._view.step(by):
            self.step_area(by)

    def step_area(self, by: int) -> None:
        """Go to the next or previous area that has something to show; stay where there is none."""
        areas = self._sheet().form.areas
        wanted = self._wanted()
        if self._area is not None:
            place = areas.index(self._area)
            rest = areas[place + 1 :] if by > 0 else tuple(reversed(areas[:place]))
            following = next((area for area in rest if area in wanted), None)
            if following is not None:
                self.show_area(following)

    def rebuild(self) -> None:
        """Show the area again as it is narrowed now, at the question in focus or the one nearest to
        it; or the first area that has something to show. What narrowing alone led away from is gone
        back to when it ends."""
        wanted, card = self._wanted(), self._view.current()
        if self._area is None or card is None:
            return
        here, came, self._came = card.question.id, self._came, None
        narrowed = self._narrowing.kept(self._sheet(), self._area) is not None
        if not narrowed and came is not None and came[1] == here and not self._answered(here):
            self.show_question(came[0])
            return
        if self._area in wanted or not wanted:
            self._open_area(self._area)
            self._view.go_near(here)
        else:
            self.show_area(wanted[0])
        landed = self._view.current()
        if narrowed and landed is not None:
            self._came = (came[0] if came else here, landed.question.id)

    def _answered(self, question: str) -> bool:
        sheet = self._sheet()
        return sheet.answered(sheet.form.questions[question])

    def _open_area(self, area: Area) -> None:
        self._view.flush()
        self._area = area
        sheet = self._sheet()
        self._header.title.setText(f"{area.number} {area.title}")
        self._header.line.setText(sheet.form.owners.get(area.owner, ""))
        self._sidebar.mark(area)
        self._view.show_area(area, self._narrowing.kept(sheet, area), self._narrowing.nothing())

    def _wanted(self) -> list[Area]:
        """The areas of the section chosen that have something to show."""
        sheet = self._sheet()
        return [area for area in self._sidebar.shown() if self._narrowing.wants(sheet, area)]
