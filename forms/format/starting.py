"""The text of a new form, with remarks that say what each part is for."""

from __future__ import annotations

import json

from forms.format.check import check_form
from forms.format.keys import FORM_KINDS
from visitapp.errors import Code, Refused
from visitapp.language import message, verbatim


def starting_form(form_id: str, title: str, kind: str) -> str:
    """A small form of this kind (visit, self_assessment or risk) that passes `check_form`.

    Raises Refused (BAD_VALUE) for an id, a title or a kind that a form cannot have.
    """
    if kind not in FORM_KINDS:
        kinds = ", ".join(FORM_KINDS)
        raise Refused(
            Code.BAD_VALUE,
            message("“{kind}” is not a kind of form.", kind=kind),
            message("Use {kinds}.", kinds=kinds),
        )
    head = _HEAD.format(
        id=json.dumps(form_id, ensure_ascii=False),
        kind=kind,
        title=json.dumps(title, ensure_ascii=False),
    )
    rating = _RATING.replace(*_FLOOR) if kind == "risk" else _RATING
    text = head + rating + _AREAS + (_SOURCED if kind == "risk" else "")
    faults = check_form(text, form_id)
    if faults:
        raise Refused(Code.BAD_VALUE, verbatim(faults[0].what), verbatim(faults[0].remedy))
    return text


_HEAD = """\
# docs/form-format.md explains every key. After each change: visitapp forms check FILE

id: {id}  # its name in every version; never change it
version: "1"  # give every published change a new one
kind: {kind}
title: {title}
intro: >-
  Say here what people should know before they use the form, and which weights and limits are
  your own.
applies_to: [residential, nursing, home_care, supported_living, day, other]

"""

_RATING = """\
scales:
  standard:
    # The score runs from 0, nothing, to 1, all.
    - {value: met,            label: Met,            score: 1,   rag: green}
    - {value: partly,         label: Partly met,     score: 0.5, rag: amber}
    - {value: not_met,        label: Not met,        score: 0,   rag: red}
    # Excluded leaves the rating altogether. Unchecked has no score and lowers the coverage.
    - {value: not_applicable, label: Not applicable, excluded: true,  needs_reason: true}
    - {value: not_checked,    label: Not checked,    unchecked: true, needs_reason: true}

# From which percentage up an area or the whole form has a colour. The lowest begins at 0.
# A form may rate at levels of its own, such as Good and Poor, and give several results, such as
# quality and contract: see `levels` and `results` in docs/form-format.md.
bands:
  - {rag: green, from: 80}
  - {rag: amber, from: 60}
  - {rag: red,   from: 0}

overall:
  minimum_coverage: 70   # with less of the form checked, the outcome is provisional
  rules:                 # so many areas of one colour give at best this overall
    - {areas: red, at_least: 1, overall: amber}
    - {areas: red, at_least: 2, overall: red}

"""

_FLOOR = (
    "70   # with less of the form checked, the outcome is provisional",
    "40   # with less of it answered there is no colour, unless a limit is hit",
)
"""What a risk form says in place of the minimum coverage of the others."""

_AREAS = """\
areas:
  - id: first_area
    title: The first area
    # weight: 2          # how much the area counts beside the others; 1 when left out
    # critical: true     # when this area is Red, the overall is Red
    questions:
      - id: first_question
        ask: Is what people need in place?
        look_for: Say where to look and what good looks like.
        type: choice     # or number, percent, sample, text, date, people
        scale: standard
        # weight: 2      # how much it counts in its area; 0 is recorded and not scored
        # limits: {not_met: amber}   # this answer allows no better overall than this
        evidence: {when: [not_met], kind: note}
        action: {when: [partly, not_met], suggest: Say what should be done, priority: medium}

      - id: records_sampled
        ask: Of the records sampled, how many are complete?
        type: sample     # answered as how many were checked, and how many of them met it
        scale: standard
        bands: [{value: met, from: 90}, {value: partly, from: 60}, {value: not_met, from: 0}]
        # Asked only under a condition on earlier answers, or on facts of the setting:
        relevant: "answers.first_question != 'not_applicable'"

      - id: anything_else
        ask: What else should the reader know?
        type: text
        required: false  # may be left without an answer at sign-off
"""

_SOURCED = """\

      - id: actions_overdue
        ask: How many actions are overdue?
        type: number
        scale: standard
        bands: [{value: met, from: 0}, {value: partly, from: 1}, {value: not_met, from: 4}]
        source: actions.overdue   # the record that fills the answer
"""
