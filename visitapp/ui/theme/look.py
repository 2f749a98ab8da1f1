"""The look in force: colours and text scale, with a signal for those who paint by hand."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.ui.theme.dressing import Dresser
from visitapp.ui.theme.stylesheet import stylesheet
from visitapp.ui.theme.tokens import CONTRAST, DARK, LIGHT, SCALES, TEXT_SIZES, Colours

FONTS = ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold")


def load_fonts() -> None:
    """Register the typeface that ships with the program."""
    folder = files("resources") / "fonts"
    for name in FONTS:
        QFontDatabase.addApplicationFontFromData((folder / f"{name}.ttf").read_bytes())


def window_icon() -> QIcon:
    """The icon of every window."""
    return QIcon(f"{_icons()}/visitapp.svg")


class Look(QObject):
    """Applies a theme (`system`, `light`, `dark` or `contrast`) and a text scale to every dressed
    window. `system` follows the system's own choice of dark colours and of high contrast.

    `changed` is sent when the colours or the scale really changed.
    """

    changed = Signal()

    def __init__(self, app: QApplication, theme: str = "system", scale: int = 100) -> None:
        super().__init__()
        self._app = app
        self.theme = theme
        self.scale = scale
        self.colours: Colours = LIGHT
        self._applied: tuple[Colours, int] | None = None
        self._dresser = Dresser(self)
        load_fonts()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        app.styleHints().accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self._apply()

    def dress(self, widget: QWidget) -> None:
        """Style a window, and whatever is added to it, from now on."""
        self._dresser.dress(widget)

    def set(self, *, theme: str | None = None, scale: int | None = None) -> None:
        """Change the theme, the text scale (per cent), or both, for every window at once."""
        self.theme = theme or self.theme
        self.scale = scale or self.scale
        self._apply()

    def step_scale(self, by: int) -> None:
        """Go `by` steps up or down the list of text sizes."""
        place = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self.scale))
        self.set(scale=SCALES[max(0, min(len(SCALES) - 1, place + by))])

    def px(self, size: float) -> int:
        """A length in pixels at the text scale in force."""
        return round(size * self.scale / 100)

    def font(self, size: str = "body", weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The typeface at one of the token sizes."""
        font = QFont("Inter")
        font.setPixelSize(self.px(TEXT_SIZES[size]))
        font.setWeight(weight)
        return font

    def metrics(
        self, size: str = "body", weight: QFont.Weight = QFont.Weight.Normal
    ) -> QFontMetrics:
        """Measures of that typeface."""
        return QFontMetrics(self.font(size, weight))

    def _wanted(self) -> Colours:
        chosen = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}.get(self.theme)
        if chosen is not None:
            return chosen
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _system_changed(self) -> None:
        if self.theme == "system":
            self._apply()

    def _apply(self) -> None:
        wanted = (self._wanted(), self.scale)
        if wanted == self._applied:
            return
        self._applied, self.colours = wanted, wanted[0]
        self._app.setPalette(_palette(self.colours))
        self._app.setFont(self.font())
        self._dresser.change(stylesheet(self.colours, self.scale, _icons()))
        self.changed.emit()


def _icons() -> str:
    """The folder of the pictures. Qt reads them by path, so the program is never run from a zip."""
    return Path(str(files("resources") / "icons")).as_posix()


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: c.page,
        role.WindowText: c.text,
        role.Base: c.surface,
        role.AlternateBase: c.page,
        role.Text: c.text,
        role.PlaceholderText: c.muted,
        role.Button: c.surface,
        role.ButtonText: c.text,
        role.Highlight: c.accent,
        role.HighlightedText: c.on_accent,
        role.Link: c.accent_text,
        role.ToolTipBase: c.strong,
        role.ToolTipText: c.on_strong,
    }.items():
        palette.setColor(which, QColor(colour))
    return palette
