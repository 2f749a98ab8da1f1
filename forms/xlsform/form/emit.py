"""Writes a built form as YAML that reads well and can be edited by hand."""

from __future__ import annotations

import yaml

from forms.xlsform.form.build import Built
from forms.xlsform.form.questions import Draft
from forms.xlsform.form.scales import Scale

Tree = str | int | bool | list["Tree"] | dict[str, "Tree"]

_HEAD = """\
# Imported from an XLSForm. Its answers have no scores, so nothing is rated yet: give the values of
# a scale a score and a rag, its questions a weight, and the form its bands.
"""


class _OnOneLine(dict[str, Tree]):
    """Keys and values that are written on one line."""


class _Dumper(yaml.CSafeDumper):
    """Safe types only, and one-line mappings."""


def _one_line(dumper: _Dumper, value: _OnOneLine) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


_Dumper.add_representer(_OnOneLine, _one_line)


def emit(form: Built) -> str:
    """The form's text."""
    tree: dict[str, Tree] = {
        "id": form.about.id,
        "version": form.about.version,
        "kind": "visit",
        "title": form.about.title,
    }
    if form.intro:
        tree["intro"] = form.intro
    if form.scales:
        tree["scales"] = {scale.id: _scale(scale) for scale in form.scales}
    tree["areas"] = [
        {"id": area.id, "title": area.title, "questions": [_question(q) for q in area.questions]}
        for area in form.areas
    ]
    text = yaml.dump(
        tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, line_break="\n"
    )
    return _HEAD + text


def _scale(scale: Scale) -> Tree:
    return [_OnOneLine(value=value, label=label) for value, label in scale.labels.items()]


def _question(draft: Draft) -> Tree:
    order = ("id", "ask", "look_for", "type", "scale", "weight", "required", "relevant")
    return {key: draft.keys[key] for key in order if draft.keys.get(key, "") != ""}
