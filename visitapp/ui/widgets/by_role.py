"""What is left out where the user's role does not see it, or cannot do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Base
else:
    Base = object


class ByRole(Base):
    """A widget that its page shows and hides as it likes, and that stays hidden while the user's
    role does not allow it."""

    _wanted = _allowed = True

    def setVisible(self, visible: bool) -> None:
        """See QWidget."""
        self._wanted = visible
        super().setVisible(visible and self._allowed)

    def allow(self, allowed: bool) -> None:
        """Whether the user's role allows it."""
        if allowed != self._allowed:
            self._allowed = allowed
            super().setVisible(self._wanted and allowed)
