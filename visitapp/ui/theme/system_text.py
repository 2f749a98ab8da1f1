"""How large the system's text is, for a window whose text size nobody chose."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFontDatabase, QGuiApplication

from visitapp.ui.theme.tokens import SCALES

_USUAL_DPI, _USUAL_POINTS = 96, 9
"""Of Linux and of Windows at their normal text size."""


def nearest_scale(ratio: float) -> int:
    """The text size that can be chosen nearest to so many times the normal one; of two, the
    larger."""
    return min(reversed(SCALES), key=lambda scale: abs(scale - 100 * ratio))


def system_scale() -> int:
    """The text size of the system. Windows enlarges its own typeface, Linux the points of an
    inch."""
    if sys.platform == "win32":
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        return nearest_scale(font.pointSizeF() / _USUAL_POINTS)
    screen = QGuiApplication.primaryScreen()
    return nearest_scale(screen.logicalDotsPerInch() / _USUAL_DPI if screen else 1)
