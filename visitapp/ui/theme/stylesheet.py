"""The style sheet, made from the tokens. Widgets say what they are by properties
(`kind`, `tone`, `size`, `rag`); how that looks is said here only."""

from __future__ import annotations

from collections.abc import Callable

from visitapp.ui.theme.tokens import CELL_PADDING, TEXT_SIZES, Colours

RAGS = ("red", "amber", "green", "unrated")
Px = Callable[[float], int]


def stylesheet(colours: Colours, scale: int, icons: str) -> str:
    """The whole style sheet for these colours at a text scale in per cent.

    `icons` is the folder of the pictures, with forward slashes.
    """

    def px(size: float) -> int:
        return round(size * scale / 100)

    parts = (_text, _surfaces, _buttons, _choices, _inputs, _lists, _navigation, _chips)
    sheet = "\n".join(part(colours, px) for part in parts)
    return sheet + _arrows(colours, px, icons) + _indicators(colours, px, icons)


def _text(c: Colours, px: Px) -> str:
    sizes = "\n".join(
        f'QLabel[step="{name}"] {{ font-size: {px(size)}px; }}' for name, size in TEXT_SIZES.items()
    )
    return f"""
{sizes}
QLabel[step="title"], QLabel[step="figure"] {{ font-weight: 700; }}
QLabel[step="heading"], QLabel[strong="true"] {{ font-weight: 600; }}
QLabel[tone="muted"] {{ color: {c.muted}; }}
QLabel[tone="accent"] {{ color: {c.accent_text}; }}
QLabel[tone="red"] {{ color: {c.red_fg}; }}
QLabel[tone="amber"] {{ color: {c.amber_fg}; }}
QLabel[tone="green"] {{ color: {c.green_fg}; }}
QToolTip {{ background: {c.strong}; color: {c.on_strong}; border: none; padding: 4px; }}
"""


def _surfaces(c: Colours, px: Px) -> str:
    return f"""
QMainWindow, QDialog, Page, Body, QStackedWidget {{ background: {c.page}; }}
Navigation Body, Dialog Body {{ background: transparent; }}
QScrollArea {{ background: transparent; border: none; }}
Card {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 9px; }}
Card[tone="amber"] {{ background: {c.amber_wash}; border-color: {c.amber_line}; }}
QuestionCard {{ margin: 1px; }}
QuestionCard[current="true"] {{ margin: 0; border: 2px solid {c.accent_text}; }}
PageHeader {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
TabStrip {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[rule="true"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
MessageBar {{ background: {c.amber_wash}; border: 1px solid {c.amber_line}; border-radius: 8px; }}
MessageBar[kind="info"] {{ background: {c.accent_soft}; border-color: {c.accent_soft}; }}
Toast {{ background: {c.strong}; border: none; }}
Toast QLabel {{ color: {c.on_strong}; }}
Toast QPushButton {{ background: transparent; border: 1px solid {c.on_strong};
  color: {c.on_strong}; padding: {px(4)}px {px(10)}px; }}
Quote {{ border: none; border-left: 3px solid {c.control_line}; }}
StatusPill[step="small"] {{ background: {c.hover}; border: 1px solid {c.control_line};
  border-radius: {px(14)}px; color: {c.text}; padding: {px(7)}px {px(12)}px;
  font-size: {px(12)}px; font-weight: 400; min-height: {px(16)}px; }}
QFrame[kind="tag"] {{ background: {c.hover}; border: 1px solid {c.line};
  border-radius: {px(9)}px; }}
QFrame[kind="tag"][tone="amber"] {{ background: {c.amber_wash}; border-color: {c.amber_line}; }}
QFrame[kind="pad"] {{ background: {c.surface}; border: 1px dashed {c.control_line};
  border-radius: 8px; }}
QFrame[kind="action"] {{ border: 2px solid transparent; border-radius: 6px; }}
QFrame[kind="action"][current="true"] {{ border-color: {c.control_line}; }}
QFrame[kind="action"]:focus {{ border-color: {c.accent}; }}
QFrame[kind="offer"] {{ background: {c.accent_soft}; border: none; border-radius: 8px; }}
QProgressBar {{ background: {c.badge}; border: none; border-radius: 4px; max-height: 8px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
QSplitter::handle {{ background: {c.line}; }}
"""


def _buttons(c: Colours, px: Px) -> str:
    return f"""
QPushButton {{ background: {c.surface}; border: 1px solid {c.control_line}; border-radius: 8px;
  color: {c.text}; font-weight: 600; padding: {px(7)}px {px(14)}px; min-height: {px(18)}px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:focus {{ border: 2px solid {c.accent_text}; padding: {px(7) - 1}px {px(14) - 1}px; }}
QPushButton:disabled {{ color: {c.muted}; background: {c.page}; border-color: {c.line}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; border-color: {c.accent};
  color: {c.on_accent}; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.badge}; border-color: {c.badge};
  color: {c.muted}; }}
QPushButton[kind="primary"]:checked {{ background: {c.accent_hover}; }}
QPushButton:checked {{ background: {c.accent_soft}; border-color: {c.accent_text};
  color: {c.accent_text}; }}
QPushButton[kind="chip"] {{ border-radius: {px(12)}px; font-weight: 400; font-size: {px(12)}px;
  padding: {px(4)}px {px(12)}px; min-height: {px(16)}px; }}
QPushButton[kind="chip"]:focus {{ padding: {px(4) - 1}px {px(12) - 1}px; }}
QPushButton[kind="chip"]:checked {{ background: {c.strong}; border-color: {c.strong};
  color: {c.on_strong}; }}
QPushButton[kind="chip"]:checked:focus {{ border: 2px solid {c.accent_text}; }}
QPushButton[kind="chip"][tone="amber"] {{ color: {c.amber_fg}; border-color: {c.amber_solid}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent;
  color: {c.accent_text}; font-weight: 500; padding: {px(2)}px; text-align: left; }}
QPushButton[kind="link"][tone="muted"] {{ color: {c.muted}; font-size: {px(12)}px; }}
QPushButton[kind="link"]:hover {{ color: {c.text}; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {c.accent_text}; border-radius: 4px;
  padding: {px(2)}px; }}
QPushButton[kind="tab"] {{ background: transparent; border: none; border-radius: 0;
  border-bottom: 3px solid transparent; color: {c.muted}; font-weight: 500;
  padding: {px(10)}px {px(2)}px {px(8)}px {px(2)}px; }}
QPushButton[kind="tab"]:hover {{ color: {c.text}; }}
QPushButton[kind="tab"]:checked {{ color: {c.text}; border-bottom: 3px solid {c.accent}; }}
QPushButton[kind="tab"]:focus {{ border-bottom: 3px solid {c.text}; }}
"""


def _choices(c: Colours, px: Px) -> str:
    chosen = "\n".join(
        f'QPushButton[kind="segment"][rag="{rag}"]:checked {{ background: {c.rag_bg(rag)};'
        f" border: 2px solid {c.rag_solid(rag)}; color: {c.rag_fg(rag)}; font-weight: 600; }}"
        for rag in RAGS
    )
    return f"""
QPushButton[kind="segment"] {{ border-radius: 0; font-weight: 500;
  padding: {px(7)}px {px(15)}px; }}
QPushButton[kind="segment"][place="first"] {{ border-top-left-radius: 7px;
  border-bottom-left-radius: 7px; }}
QPushButton[kind="segment"][place="last"] {{ border-top-right-radius: 7px;
  border-bottom-right-radius: 7px; }}
{chosen}
QPushButton[kind="segment"]:focus, QPushButton[kind="segment"]:checked:focus {{
  border: 2px solid {c.accent_text}; padding: {px(7) - 1}px {px(15) - 1}px; }}
QPushButton[kind="side"] {{ padding: 0; min-height: 0; }}
QPushButton[kind="side"]:checked {{ background: {c.surface}; border: 2px solid {c.accent_text};
  color: {c.text}; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox:focus {{ color: {c.accent_text}; }}
QRadioButton {{ spacing: 8px; padding: 2px 4px; border: 2px solid transparent;
  border-radius: 4px; }}
QRadioButton:focus {{ border-color: {c.accent_text}; }}
"""


def _inputs(c: Colours, px: Px) -> str:
    fields = "QLineEdit, QPlainTextEdit, QTextBrowser, QSpinBox, QDoubleSpinBox, QComboBox"
    focused = ", ".join(f"{name}:focus" for name in fields.split(", "))
    disabled = ", ".join(f"{name}:disabled" for name in fields.split(", "))
    return f"""
{fields} {{ background: {c.surface}; border: 1px solid {c.control_line}; border-radius: 7px;
  color: {c.text}; padding: {px(7)}px {px(10)}px; selection-background-color: {c.accent};
  selection-color: {c.on_accent}; placeholder-text-color: {c.muted}; }}
{focused} {{ border: 2px solid {c.accent_text}; padding: {px(7) - 1}px {px(10) - 1}px; }}
{disabled} {{ background: {c.page}; color: {c.muted}; }}
QPlainTextEdit[readOnly="true"] {{ background: {c.page}; }}
QSpinBox[kind="count"], QDoubleSpinBox[kind="count"] {{ padding: {px(3)}px {px(6)}px;
  font-weight: 600; }}
QComboBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text};
  border: 1px solid {c.control_line}; selection-background-color: {c.accent_soft};
  selection-color: {c.text}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.control_line}; padding: 4px; }}
QMenu::item {{ padding: {px(6)}px {px(20)}px; border-radius: 5px; }}
QMenu::item:selected {{ background: {c.accent_soft}; }}
"""


def _lists(c: Colours, px: Px) -> str:
    return f"""
QAbstractItemView {{ background: {c.surface}; border: none; outline: none; }}
PickList {{ border: 2px solid {c.surface}; border-radius: 5px; }}
PickList:focus {{ border-color: {c.accent_text}; }}
QTableView, QListView {{ gridline-color: {c.line}; selection-background-color: {c.row_selected};
  selection-color: {c.text}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none;
  border-bottom: 1px solid {c.line}; font-size: {px(12)}px; font-weight: 600;
  padding: {px(9)}px {CELL_PADDING}px; text-align: left; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {c.control_line}; border-radius: 4px;
  min-height: 30px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {c.control_line}; border-radius: 4px;
  min-width: 30px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _navigation(c: Colours, px: Px) -> str:
    return f"""
Navigation, VisitSidebar, ReviewList, Steps, QFrame[kind="side"] {{
  background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
QPushButton[kind="nav"] {{ background: transparent; border: 1px solid transparent;
  font-weight: 500; text-align: left; padding: {px(4)}px {px(10)}px; }}
QPushButton[kind="nav"]:hover {{ background: {c.hover}; }}
QPushButton[kind="nav"][current="true"] {{ background: {c.accent_soft}; color: {c.accent_text};
  font-weight: 600; }}
QPushButton[kind="nav"]:focus {{ border: 2px solid {c.accent_text};
  padding: {px(4) - 1}px {px(10) - 1}px; }}
QPushButton[kind="item"] {{ background: {c.surface}; border: none; border-radius: 0;
  border-bottom: 1px solid {c.line}; border-left: 3px solid {c.surface}; padding: 0; }}
QPushButton[kind="item"]:hover {{ background: {c.hover}; }}
QPushButton[kind="item"]:checked {{ background: {c.row_selected};
  border-left: 3px solid {c.accent}; color: {c.text}; }}
QPushButton[kind="item"]:focus {{ border: 2px solid {c.accent_text}; }}
QPushButton[kind="line"] {{ background: transparent; border: 1px solid transparent;
  border-radius: 4px; padding: 0; min-height: 0; }}
QPushButton[kind="line"]:hover {{ background: {c.hover}; }}
QPushButton[kind="line"]:focus {{ border: 1px solid {c.accent_text}; padding: 0; }}
QPushButton[kind="area"] {{ background: transparent; border: 1px solid transparent; padding: 0;
  min-height: 0; }}
QPushButton[kind="area"]:hover {{ background: {c.hover}; }}
QPushButton[kind="area"]:checked {{ background: {c.accent_soft}; }}
QPushButton[kind="area"]:focus {{ border: 2px solid {c.accent_text}; padding: 0; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QLabel[badge="true"] {{ background: {c.badge}; border-radius: {px(8)}px; font-weight: 600;
  font-size: {px(12)}px; padding: {px(1)}px {px(8)}px; }}
"""


def _chips(c: Colours, px: Px) -> str:
    return "\n".join(
        f'RagChip[rag="{rag}"] {{ background: {c.rag_bg(rag)}; color: {c.rag_fg(rag)};'
        f" border-radius: 5px; font-weight: 600; font-size: {px(12)}px;"
        f" padding: {px(3)}px {px(7)}px; }}\n"
        f'RagChip[rag="{rag}"][large="true"] {{ font-size: {px(17)}px;'
        f" padding: {px(6)}px {px(13)}px; border-radius: 7px; }}\n"
        f'RagChip[rag="{rag}"][faint="true"] {{ background: transparent;'
        f" border: 1px dashed {c.rag_solid(rag)}; }}"
        for rag in RAGS
    )


def _arrows(c: Colours, px: Px, icons: str) -> str:
    return f"""
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox::down-arrow {{ image: url({icons}/chevron-{c.name}.svg);
  width: {px(12)}px; height: {px(12)}px; }}
"""


def _indicators(c: Colours, px: Px, icons: str) -> str:
    """The boxes and circles of choices. Fusion mixes their edge from the ground: too faint."""
    side, ring = 2 * px(7), px(4)
    kinds = ("QCheckBox", "QRadioButton", "QListView")

    def every(state: str = "", of: tuple[str, ...] = kinds) -> str:
        return ", ".join(f"{kind}::indicator{state}" for kind in of)

    ticked = every(":checked", ("QCheckBox", "QListView"))
    return f"""
{every()} {{ background: {c.surface}; border: 1px solid {c.muted}; border-radius: {px(3)}px;
  width: {side}px; height: {side}px; }}
{ticked} {{ background: {c.accent}; border-color: {c.accent};
  image: url({icons}/tick-{c.name}.svg); }}
QRadioButton::indicator {{ border-radius: {side // 2 + 1}px; }}
QRadioButton::indicator:checked {{ background: {c.on_accent}; border: {ring}px solid {c.accent};
  width: {side + 2 - 2 * ring}px; height: {side + 2 - 2 * ring}px; }}
{every(":disabled:unchecked")} {{ background: {c.page}; }}
"""
