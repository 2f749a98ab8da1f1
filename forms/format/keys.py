"""Every key that a form may hold, declared once (docs/form-format.md) for checker and schema."""

from __future__ import annotations

from fractions import Fraction

from forms.format.kinds import (
    QUESTION_NAME,
    Flag,
    Key,
    ListOf,
    MapOf,
    Name,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)
from forms.format.sources import SOURCES
from forms.model import (
    EVIDENCE_KINDS,
    PRIORITIES,
    PURPOSES,
    QUESTION_TYPES,
    RAGS,
    SETS_RATING,
)

FORM_KINDS = ("visit", "self_assessment", "risk")

PERCENTAGE = Number(Fraction(0), Fraction(100))
WEIGHT = Number(Fraction(0), Fraction(1000))
RAG = OneOf(tuple(reversed(RAGS)))

SCALE_VALUE = Record(
    "a scale value",
    (
        Key("value", Name(), "The word that an answer holds.", required=True),
        Key("label", Text(80), "The name that people see.", required=True),
        Key("score", Number(Fraction(0), Fraction(1)), "From 0, nothing, to 1, all."),
        Key("rag", RAG, "The colour of the answer by itself."),
        Key("excluded", Flag(), "Leaves the calculation, as Not applicable does."),
        Key("unchecked", Flag(), "Has no score and lowers coverage, as Not checked does."),
        Key("needs_reason", Flag(), "Must be explained before sign-off."),
    ),
)

LEVEL = Record(
    "a level",
    (
        Key("id", Name(40), "The word that bands, rules and limits use.", required=True),
        Key("label", Text(80), "The name that people see.", required=True),
        Key("rag", RAG, "The colour it stands for.", required=True),
    ),
)

GRADE = Name(40)
"""A colour, or one of the levels of a form that has levels."""

FORM_BAND = Record(
    "a band",
    (
        Key("rag", RAG, "The colour of the band."),
        Key("level", GRADE, "The level of the band, in a form that has levels."),
        Key("from", PERCENTAGE, "The percentage at which the band begins.", required=True),
    ),
)

QUESTION_BAND = Record(
    "a band",
    (
        Key("value", Name(), "The scale value of the band.", required=True),
        Key("from", Number(), "The number at which the band begins.", required=True),
    ),
)

OVERALL_RULE = Record(
    "a rule",
    (
        Key("areas", GRADE, "The colour or level of the areas counted.", required=True),
        Key("at_least", Whole(1, 1000), "How many such areas make the rule hold.", required=True),
        Key("overall", GRADE, "The best overall that is then possible.", required=True),
    ),
)

OVERALL = Record(
    "the overall",
    (
        Key(
            "minimum_coverage",
            PERCENTAGE,
            "Below this coverage the outcome is provisional; a risk model then gives no colour.",
        ),
        Key("rules", ListOf(OVERALL_RULE, 0), "The best overall with so many weak areas."),
    ),
)

WHEN = Key("when", ListOf(Name()), "The scale values it is for.", required=True)

EVIDENCE = Record(
    "an evidence rule",
    (
        WHEN,
        Key("kind", OneOf(EVIDENCE_KINDS), "What must support the answer.", required=True),
    ),
)

ACTION = Record(
    "an action rule",
    (
        WHEN,
        Key("suggest", Text(250), "The title of the suggested action.", required=True),
        Key("priority", OneOf(PRIORITIES), "How soon: medium when absent."),
        Key("due_days", Whole(0, 3650), "Days until it is due, instead of the priority's own."),
    ),
)

QUESTION = Record(
    "a question",
    (
        Key("id", Name(80, QUESTION_NAME), "Its name for ever, unique in the form.", required=True),
        Key("ask", Text(500), "The question as it is read out.", required=True),
        Key("look_for", Text(), "What to look at, and what good looks like."),
        Key("type", OneOf(QUESTION_TYPES), "What an answer is.", required=True),
        Key("scale", Name(), "The scale that scores it."),
        Key("bands", ListOf(QUESTION_BAND), "How a number becomes a scale value."),
        Key("weight", WEIGHT, "How much it counts: 1 when absent, 0 is recorded and not scored."),
        Key("required", Flag(), "Must be answered before sign-off: true when absent."),
        Key("limits", MapOf(GRADE), "Answers that cap the overall, each at a colour or level."),
        Key("relevant", Text(500), "The condition (CEL) under which the question is asked."),
        Key("evidence", EVIDENCE, "Evidence that an answer needs."),
        Key("action", ACTION, "The action that an answer suggests."),
        Key("minimum", Whole(1, 1000), "How many to check or speak to; fewer is warned of."),
        Key("minimum_percent", Whole(1, 100), "The same, in per cent of the beds."),
        Key("unit", Text(40), "What a number counts, such as minutes."),
        Key("frameworks", MapOf(Text(200)), "Where it stands in published frameworks."),
        Key("source", OneOf(tuple(SOURCES)), "The record that fills the answer of a risk form."),
    ),
)

FRAMEWORK = Record(
    "a framework",
    (
        Key("title", Text(120), "Its name as published.", required=True),
        Key("version", Text(40), "The edition that the tags are of.", required=True),
        Key("key_questions", MapOf(Text(200)), "What a tag may name, each with its words."),
    ),
)

AREA = Record(
    "an area",
    (
        Key("id", Name(), "Its name for ever, unique in the form.", required=True),
        Key("title", Text(120), "Its heading.", required=True),
        Key("weight", WEIGHT, "How much the area counts: 1 when absent."),
        Key("critical", Flag(), "When Red it makes the overall Red."),
        Key("owner", Name(), "Who fills the area: one of `owners`."),
        Key("questions", ListOf(QUESTION), "Its questions, in the order they are asked.", True),
    ),
)

RESULT = Record(
    "a result",
    (
        Key("id", Name(40), "Its name for ever, unique in the form.", required=True),
        Key("title", Text(80), "The name that people see.", required=True),
        Key("areas", ListOf(Name()), "The areas that make it.", required=True),
        Key("bands", ListOf(FORM_BAND), "Its own bands; the form's when absent."),
        Key("rules", ListOf(OVERALL_RULE, 0), "Its own rules; the form's when absent."),
    ),
)

FORM = Record(
    "the form",
    (
        Key("id", Name(), "The name of the form in every version.", required=True),
        Key("version", Name(20, r"[A-Za-z0-9][A-Za-z0-9._-]*"), "This version.", required=True),
        Key("kind", OneOf(FORM_KINDS), "What the form is used for.", required=True),
        Key("title", Text(200), "The name that people read.", required=True),
        Key("intro", Text(), "What to know before using the form."),
        Key("applies_to", ListOf(Name(), 0), "The service types it is for; absent is all."),
        Key(
            "purposes",
            ListOf(OneOf(PURPOSES)),
            "The purposes that a visit on this form may have; absent is all.",
        ),
        Key("sets_rating", OneOf(SETS_RATING), "The rating a visit may set; absent is none."),
        Key(
            "frameworks", MapOf(FRAMEWORK), "The published frameworks that questions are tagged by."
        ),
        Key("owners", MapOf(Text(120)), "Who fills which areas, where several teams share a form."),
        Key("scales", MapOf(ListOf(SCALE_VALUE)), "Lists of answers, each with its scores."),
        Key("levels", ListOf(LEVEL), "What the form rates at, best first; absent is the colours."),
        Key("bands", ListOf(FORM_BAND), "How a percentage becomes a colour or a level."),
        Key("overall", OVERALL, "How areas and coverage make the overall."),
        Key("results", ListOf(RESULT), "Results over some areas each; absent is one over all."),
        Key("areas", ListOf(AREA), "The chapters of the form.", required=True),
    ),
)
