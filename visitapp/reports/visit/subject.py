"""What a report is about: a visit with its form, and what the sections read off them."""

from __future__ import annotations

from datetime import datetime, tzinfo

from msgspec import Struct

from forms.levels import label_of, outcome_label
from forms.model import Area, Form, Question, ScaleValue
from forms.rating.answers import is_answered, relevant_questions, scale_value
from forms.rating.outcome import AreaOutcome, Outcome, ResultOutcome
from visitapp.language import both, translate
from visitapp.rules.choices import FROZEN, Rag
from visitapp.services.views.risk import FilledAnswer
from visitapp.services.views.visits import AnswerView, LastTime, VisitView
from visitapp.services.visits.answers.plain import plain
from visitapp.services.visits.answers.repeat_findings import in_a_row
from visitapp.services.wording import SPOKEN_TO
from visitapp.vocabulary import choice_word


class Shown(Struct, frozen=True):
    """An answer as it is printed: a label, and the RAG whose shape stands beside it."""

    label: str
    rag: str


class Subject:
    """One visit on its form, ready to be read by the sections."""

    def __init__(self, view: VisitView, form: Form, printed_at: datetime) -> None:
        self.view = view
        self.form = form
        self.printed_at = printed_at
        self._answers = {name: plain(answer) for name, answer in view.answers.items()}
        self._relevant = relevant_questions(form, self._answers, view.setting_facts)
        self._areas = {area.id: area for area in view.outcome.areas}
        self._filled = {one.question: one for one in view.filled}

    @property
    def zone(self) -> tzinfo | None:
        """The clock that moments are printed by: the one `printed_at` was read from."""
        return self.printed_at.tzinfo

    @property
    def signed(self) -> bool:
        """Whether the visit is signed off and frozen."""
        return self.view.summary.status in FROZEN

    @property
    def what(self) -> str:
        """What the report is of: `visit`, or `assessment` on a form of another kind."""
        return "visit" if self.form.kind == "visit" else "assessment"

    def graded(self, rag: str, level: str = "") -> str:
        """The RAG as a word; on a form with levels the level, with the RAG it stands for."""
        word = choice_word(Rag, rag)
        return f"{label_of(self.form, level)} ({word})" if level else word

    def graded_outcome(self, outcome: Outcome | ResultOutcome) -> str:
        """The same for the outcome or one of its named results; or that too little is known."""
        rag = outcome.overall if isinstance(outcome, Outcome) else outcome.rag
        label = outcome_label(self.form, outcome)
        if not label or rag == "unrated":
            return label or choice_word(Rag, rag)
        return f"{label} ({choice_word(Rag, rag)})"

    def filled(self, question: Question) -> FilledAnswer | None:
        """What the records said to `question`."""
        return self._filled.get(question.id)

    def area(self, area: Area) -> AreaOutcome:
        """The outcome of `area`; an area that the outcome does not name is not rated."""
        unrated = AreaOutcome(id=area.id, rag="unrated", percent=None, coverage=0)
        return self._areas.get(area.id, unrated)

    def relevant(self, question: Question) -> bool:
        """Whether the form asks `question` in this setting, given the other answers."""
        return question.id in self._relevant

    def answer(self, question: Question) -> AnswerView | None:
        """What was recorded, also when it is only a note."""
        return self.view.answers.get(question.id)

    def answered(self, question: Question) -> bool:
        """Whether something was recorded that answers `question`."""
        return is_answered(question, self._answers.get(question.id))

    def given(self, question: Question) -> ScaleValue | None:
        """The scale value of the answer, after bands; None without a scale or an answer."""
        return scale_value(question, self._answers.get(question.id))

    def shown(self, question: Question) -> Shown | None:
        """What to print beside `question`; None when the answer is words, a date or counts."""
        if not self.relevant(question):
            return Shown(translate("Does not apply"), "unrated")
        if not self.answered(question):
            return Shown(translate("Not answered"), "unrated")
        given = self.given(question)
        return None if given is None else shown_value(given)

    def last(self, question: Question) -> LastTime | None:
        """What the visit before recorded for `question`."""
        return self.view.last_time.get(question.id)

    def last_given(self, question: Question) -> ScaleValue | None:
        """The scale value that the visit before recorded, on this form's scale."""
        last = self.last(question)
        return None if last is None else scale_value(question, plain(last.answer))

    def repeated(self, question: Question) -> int:
        """How many visits in a row, this one included, were below best; 0 unless at least two."""
        return in_a_row(question, self.answer(question), self.last(question))


def best_of(question: Question) -> ScaleValue | None:
    """The value that `question` should come to; None when it is not scored."""
    return None if question.scale is None else question.scale.best


def shown_value(value: ScaleValue) -> Shown:
    """A scale value as it is printed; one without a RAG of its own gets the ring."""
    return Shown(value.label, value.rag or "unrated")


def sample_words(checked: int, met: int) -> str:
    """`3 of 5 (60%)`; the percentage is rounded down, as everywhere."""
    if not checked:
        return translate("none checked")
    percent = 100 * met // checked
    return translate("{met} of {checked} ({percent}%)", met=met, checked=checked, percent=percent)


def people_words(counts: dict[str, int]) -> str:
    """`3 people who use the service and 1 relative or friend`; empty when nobody was counted."""
    parts = [str(word(n)) for group, word in SPOKEN_TO.items() if (n := counts.get(group))]
    return str(both(parts)) if parts else ""
