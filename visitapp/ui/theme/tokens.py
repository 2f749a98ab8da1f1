"""The design tokens. A colour is named for its job; no other file holds a colour."""

from __future__ import annotations

from msgspec import Struct


class Colours(Struct, frozen=True, kw_only=True):
    """One colour for each job, as `#rrggbb`; `name` says light, dark or contrast.

    `*_fg` is read on `*_bg`; `*_solid` fills a shape.
    """

    name: str
    page: str
    surface: str
    line: str
    control_line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    row_selected: str
    hover: str
    strong: str
    on_strong: str
    badge: str
    red_fg: str
    red_bg: str
    red_solid: str
    amber_fg: str
    amber_bg: str
    amber_solid: str
    amber_line: str
    amber_wash: str
    green_fg: str
    green_bg: str
    green_solid: str
    green_soft: str
    unrated_fg: str
    unrated_bg: str
    unrated_solid: str
    track: str

    def rag_fg(self, rag: str) -> str:
        """The text colour of a RAG (red, amber, green; anything else is unrated)."""
        return str(getattr(self, f"{rag}_fg", self.unrated_fg))

    def rag_bg(self, rag: str) -> str:
        """The background of a RAG chip."""
        return str(getattr(self, f"{rag}_bg", self.unrated_bg))

    def rag_solid(self, rag: str) -> str:
        """The fill of a RAG shape on a chart."""
        return str(getattr(self, f"{rag}_solid", self.unrated_solid))


LIGHT = Colours(
    name="light",
    page="#f4f5f7",
    surface="#ffffff",
    line="#e1e5ea",
    control_line="#7f8a99",
    text="#1a2230",
    muted="#566273",
    accent="#1f5dbf",
    on_accent="#ffffff",
    accent_hover="#184c9f",
    accent_text="#1b4fa5",
    accent_soft="#e8eefb",
    row_selected="#eff4fe",
    hover="#f3f5f9",
    strong="#1a2230",
    on_strong="#ffffff",
    badge="#e9edf2",
    red_fg="#9c1a20",
    red_bg="#fde4e4",
    red_solid="#c2262e",
    amber_fg="#854600",
    amber_bg="#fff0d2",
    amber_solid="#b45a08",
    amber_line="#d99a3d",
    amber_wash="#fffaf0",
    green_fg="#0f6037",
    green_bg="#e0f2e7",
    green_solid="#1d7a47",
    green_soft="#7cb595",
    unrated_fg="#455162",
    unrated_bg="#e9edf2",
    unrated_solid="#66748a",
    track="#cbd2dd",
)

DARK = Colours(
    name="dark",
    page="#12161c",
    surface="#1b2129",
    line="#2d3540",
    control_line="#748294",
    text="#e8ecf2",
    muted="#a6b1c0",
    accent="#2f6dcf",
    on_accent="#ffffff",
    accent_hover="#2760b8",
    accent_text="#93bbff",
    accent_soft="#223250",
    row_selected="#212c3e",
    hover="#252d37",
    strong="#e8ecf2",
    on_strong="#12161c",
    badge="#2d3540",
    red_fg="#ffb4b1",
    red_bg="#4a1f23",
    red_solid="#f0696d",
    amber_fg="#ffd08a",
    amber_bg="#453311",
    amber_solid="#e59c33",
    amber_line="#8f6a2a",
    amber_wash="#2a2418",
    green_fg="#9ce2b7",
    green_bg="#173b29",
    green_solid="#4fb57d",
    green_soft="#3a7856",
    unrated_fg="#c5ced9",
    unrated_bg="#2d3540",
    unrated_solid="#93a0b2",
    track="#414c5a",
)

CONTRAST = Colours(
    name="contrast",
    page="#000000",
    surface="#000000",
    line="#ffffff",
    control_line="#ffffff",
    text="#ffffff",
    muted="#e6e6e6",
    accent="#ffe14d",
    on_accent="#000000",
    accent_hover="#ffffff",
    accent_text="#ffe14d",
    accent_soft="#1c2a4a",
    row_selected="#1c2a4a",
    hover="#262626",
    strong="#ffffff",
    on_strong="#000000",
    badge="#333333",
    red_fg="#ffc9c7",
    red_bg="#4a0d10",
    red_solid="#ff7a7a",
    amber_fg="#ffdf9e",
    amber_bg="#3d2900",
    amber_solid="#ffb347",
    amber_line="#ffb347",
    amber_wash="#1f1500",
    green_fg="#b8f5cd",
    green_bg="#06331b",
    green_solid="#5fe08f",
    green_soft="#5fe08f",
    unrated_fg="#ffffff",
    unrated_bg="#333333",
    unrated_solid="#cccccc",
    track="#8c8c8c",
)
"""White and yellow on black: text at 7 to 1, and every edge is drawn."""

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "page"),
    ("text", "surface"),
    ("text", "row_selected"),
    ("text", "hover"),
    ("text", "amber_wash"),
    ("muted", "page"),
    ("muted", "surface"),
    ("muted", "row_selected"),
    ("muted", "hover"),
    ("muted", "amber_wash"),
    ("accent_text", "surface"),
    ("accent_text", "page"),
    ("accent_text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_strong", "strong"),
    ("text", "badge"),
    ("text", "accent_soft"),
    ("red_fg", "red_bg"),
    ("red_fg", "surface"),
    ("red_fg", "row_selected"),
    ("amber_fg", "amber_bg"),
    ("amber_fg", "surface"),
    ("amber_fg", "row_selected"),
    ("green_fg", "green_bg"),
    ("green_fg", "surface"),
    ("green_fg", "row_selected"),
    ("unrated_fg", "unrated_bg"),
)
"""Every text colour with every background it is put on: contrast at least 4.5 to 1."""

SHAPE_PAIRS: tuple[tuple[str, str], ...] = (
    ("red_solid", "surface"),
    ("amber_solid", "surface"),
    ("green_solid", "surface"),
    ("unrated_solid", "surface"),
    ("control_line", "surface"),
    ("control_line", "page"),
    ("control_line", "amber_wash"),
    ("accent", "surface"),
    ("accent_text", "surface"),
)
"""Shapes, borders of controls and focus rings with their backgrounds: contrast at least 3 to 1."""

MISSPELT = "#D9483B"
"""The line under a misspelt word: at least 3 to 1 against the fields of every theme."""

CELL_PADDING = 12
"""Pixels left of a cell's words and of the head above it, at every size of text."""

TEXT_SIZES = {"small": 12, "body": 14, "lead": 15, "heading": 15, "title": 20, "figure": 26}
"""Text sizes in pixels at 100 %."""

SCALES = (100, 125, 150, 175, 200)
"""The text sizes that can be chosen, in per cent."""
