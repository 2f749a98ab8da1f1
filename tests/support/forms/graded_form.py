"""A small form with levels and two results, as YAML text, and one with the levels alone."""

from __future__ import annotations

from tests.support.forms.small_forms import area, question, text

BANDS = """\
levels:
  - {id: excellent, label: Excellent, rag: green}
  - {id: good, label: Good, rag: green}
  - {id: fair, label: Requires improvement, rag: amber}
  - {id: poor, label: Poor, rag: red}
bands: [{level: poor, from: 0}, {level: fair, from: 39}, {level: good, from: 63},
        {level: excellent, from: 88}]
"""
OVERALL = """\
overall:
  rules:
    - {areas: poor, at_least: 2, overall: poor}
results:
  - {id: quality, title: Quality, areas: [care, staff]}
  - {id: contract, title: Contract, areas: [price]}
"""
GOOD = text(
    area("care", question("calls"), question("meals"), extra="critical: true"),
    area("staff", question("numbers"), question("training", extra="limits: {not_met: fair}")),
    area("price", question("fees"), question("records")),
    bands=BANDS,
    overall=OVERALL,
)
PLAIN = text(
    area("care", question("calls"), question("meals"), question("bells"), question("baths")),
    area("staff", question("numbers")),
    bands=BANDS,
)
