"""Why an outcome is what it is, a sentence for each reason (docs/form-format.md, rule 9)."""

from __future__ import annotations

from forms.levels import label_of
from forms.model import Form, Question
from forms.rating.outcome import Reason
from forms.rating.plan import Plan, PlannedBand, PlannedPart
from forms.rating.totals import Totals
from forms.rating.verdict import HeldRule, PartVerdict, Verdict
from visitapp.language import both, message, plural, translate

_NUMBERS = (
    message("No"),
    message("One"),
    message("Two"),
    message("Three"),
    message("Four"),
    message("Five"),
    message("Six"),
    message("Seven"),
    message("Eight"),
    message("Nine"),
    message("Ten"),
)


class Reasons:
    """Words a verdict, by the labels of the form's levels or colours."""

    def __init__(self, totals: Totals, verdict: Verdict) -> None:
        self._totals = totals
        self._verdict = verdict
        self._plan: Plan = totals.plan
        self._form: Form = totals.plan.form
        self._labels: dict[int, str] = {}

    def of_overall(self) -> tuple[list[Reason], list[Reason]]:
        """Why the overall is what it is, and the weaker reasons: results where there are any."""
        if not self._form.results:
            return self.of_part(0)
        parts = enumerate(self._verdict.parts)
        rated = [number for number, part in parts if part.rank is not None or part.unknown]
        return _split([self._result(number) for number in rated], self._verdict.overall)

    def of_part(self, number: int) -> tuple[list[Reason], list[Reason]]:
        """Why a part is what it is, and the weaker reasons.

        Each is the band, then rules, critical areas and limits in form order.
        """
        part, verdict = self._plan.parts[number], self._verdict.parts[number]
        found: list[tuple[int | None, Reason]] = []
        if verdict.band is not None:
            found.append(self._band(part, verdict, verdict.band))
        found += [self._rule(part, held) for held in verdict.rules]
        found += [self._critical(place) for place in verdict.critical]
        for place in sorted(self._totals.caps):
            if self._plan.part_at(place) == number:
                found.append(self._limit(part, place))
        if verdict.unknown:
            found.append(self._coverage(part))
        return _split(found, verdict.rank)

    def _band(self, part: PlannedPart, verdict: PartVerdict, rank: int) -> tuple[int, Reason]:
        place = [band.rank for band in part.bands].index(rank)
        shown, start = 100 * verdict.total // verdict.whole, _short(part.bands[place])
        reach = translate("{start} or more", start=start)
        if place > 0:
            end = _short(part.bands[place - 1])
            reach = translate("{start} to below {end}", start=start, end=end)
        text = translate(
            "{what} scores {percent} per cent: {label} is {reach}.",
            what=part.result.title if part.result else translate("The form"),
            percent=shown,
            label=self._label(rank),
            reach=reach,
        )
        return rank, self._reason("band", text, rank)

    def _rule(self, part: PlannedPart, held: HeldRule) -> tuple[int, Reason]:
        titles = [self._form.areas[place].title for place in held.areas]
        areas, rank = self._label(held.rule.areas), held.rule.overall
        at_least = held.rule.at_least
        number = str(_NUMBERS[at_least] if at_least < len(_NUMBERS) else at_least)
        named = titles[0] if len(titles) == 1 else both(titles)
        found = plural(
            "{titles} is {label}.", "{titles} are {label}.", len(titles), titles=named, label=areas
        )
        given = {"number": number, "areas": areas, "label": self._label(rank)}
        if part.result:
            rule = translate(
                "{number} or more {areas} areas give {result} of {label} at best.",
                result=part.result.title,
                **given,
            )
        else:
            rule = translate(
                "{number} or more {areas} areas give an overall of {label} at best.", **given
            )
        return rank, self._reason("areas", f"{found} {rule}", rank)

    def _critical(self, place: int) -> tuple[int, Reason]:
        area, rank = self._form.areas[place], self._verdict.ranks[place] or 0
        text = translate(
            "{area} is a critical area and is {label}.", area=area.title, label=self._label(rank)
        )
        return rank, self._reason("critical_area", text, rank, area=area.id)

    def _limit(self, part: PlannedPart, place: int) -> tuple[int, Reason]:
        planned, move = self._plan.questions[place], self._totals.moves[place]
        question, rank = planned.question, self._totals.caps[place]
        area = self._form.areas[planned.area].id
        text = translate(
            "Question {number}, \u201c{ask}\u201d, is {answer}: that limits {what} to {label}.",
            number=question.number,
            ask=question.ask,
            answer=_answered(question, move.value if move else ""),
            what=part.result.title if part.result else translate("the overall"),
            label=self._label(rank),
        )
        return rank, self._reason("limit", text, rank, area=area, question=question.id)

    def _coverage(self, part: PlannedPart) -> tuple[None, Reason]:
        """Too little of a risk model is known for a colour."""
        possible = sum(self._totals.possible[area] for area in part.areas)
        asked = sum(self._totals.asked[area] for area in part.areas)
        text = translate(
            "Not enough is known: {percent} per cent of {what} was checked, and a rating needs "
            "{needed} per cent.",
            percent=100 * possible // asked,
            what=part.result.title if part.result else translate("the form"),
            needed=f"{float(self._form.minimum_coverage):g}",
        )
        return None, Reason(rule="coverage", text=text)

    def _result(self, number: int) -> tuple[int | None, Reason]:
        """One result beside the others."""
        result, rank = self._plan.parts[number].result, self._verdict.parts[number].rank
        title = result.title if result else ""
        if rank is None:
            text = translate("{result}: not enough is known.", result=title)
            return None, Reason(rule="result", text=text, result=result.id if result else "")
        text = translate("{result} is {label}.", result=title, label=self._label(rank))
        if rank == self._verdict.overall:
            text = translate(
                "{result} is {label}: the worst result gives the overall.",
                result=title,
                label=self._label(rank),
            )
        return rank, self._reason("result", text, rank, result=result.id if result else "")

    def _reason(
        self, rule: str, text: str, rank: int, area: str = "", question: str = "", result: str = ""
    ) -> Reason:
        level = self._plan.levels[rank]
        return Reason(
            rule=rule,
            text=text,
            to=level.rag,
            area=area,
            question=question,
            level=level.id if self._form.levels else "",
            result=result,
        )

    def _label(self, rank: int) -> str:
        if rank not in self._labels:
            self._labels[rank] = label_of(self._form, self._plan.levels[rank].id)
        return self._labels[rank]


def _split(
    found: list[tuple[int | None, Reason]], rank: int | None
) -> tuple[list[Reason], list[Reason]]:
    """Those that give the rank itself, and the others."""
    because = [reason for to, reason in found if to == rank]
    return because, [reason for to, reason in found if to != rank]


def _answered(question: Question, value: str) -> str:
    return question.scale.by_value[value].label if question.scale else value


def _short(band: PlannedBand) -> str:
    return f"{band.start / band.unit:g}"
