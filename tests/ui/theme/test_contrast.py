"""Text reads at 4.5 to 1 and shapes at 3 to 1; in high contrast at 7 and 4.5 to 1."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from visitapp.ui import theme
from visitapp.ui.theme.contrast import contrast
from visitapp.ui.theme.stylesheet import stylesheet
from visitapp.ui.theme.tokens import (
    CONTRAST,
    DARK,
    LIGHT,
    SCALES,
    SHAPE_PAIRS,
    TEXT_PAIRS,
    Colours,
)

UI = Path(theme.__file__).parents[1]
THEMES = pytest.mark.parametrize(
    "colours", [LIGHT, DARK, CONTRAST], ids=lambda colours: colours.name
)


@THEMES
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_read_on_its_ground(colours: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= (
        7 if colours is CONTRAST else 4.5
    )


@THEMES
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_stand_out_from_their_ground(colours: Colours, shape: str, ground: str) -> None:
    assert contrast(getattr(colours, shape), getattr(colours, ground)) >= (
        4.5 if colours is CONTRAST else 3
    )


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_text_colour_of_the_tokens_is_measured() -> None:
    measured = {text for text, _ in TEXT_PAIRS}
    named = {name for name in Colours.__struct_fields__ if name.endswith("_fg")}
    assert named | {"text", "muted", "accent_text", "on_accent", "on_strong"} <= measured


def test_every_theme_has_its_pictures() -> None:
    icons = UI.parents[1] / "resources" / "icons"
    for colours in (LIGHT, DARK, CONTRAST):
        assert (icons / f"chevron-{colours.name}.svg").is_file()
        assert (icons / f"tick-{colours.name}.svg").is_file()


def test_in_high_contrast_every_card_has_an_edge() -> None:
    """A card is told from the page by its edge alone there."""
    assert CONTRAST.page == CONTRAST.surface
    assert contrast(CONTRAST.line, CONTRAST.page) >= 7


def test_no_colour_is_written_outside_the_tokens() -> None:
    written = [
        str(path.relative_to(UI))
        for path in UI.rglob("*.py")
        if path.name != "tokens.py" and re.search(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8"))
    ]
    assert written == []


@THEMES
def test_every_text_size_grows_with_the_scale(colours: Colours) -> None:
    sizes = [
        [int(px) for px in re.findall(r"font-size: (\d+)px", stylesheet(colours, scale, ""))]
        for scale in SCALES
    ]
    for smaller, larger in pairwise(sizes):
        assert all(one < other for one, other in zip(smaller, larger, strict=True))
    assert [2 * px for px in sizes[0]] == sizes[-1]
