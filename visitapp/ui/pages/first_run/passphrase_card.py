"""Choosing the passphrase that protects this laptop's data."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from visitapp.language import translate
from visitapp.rules.passwords import SHORTEST, Weakness, weakness
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.text import button, label, named, set_tone


class PassphraseCard(Card):
    """Two fields that must agree, and a sentence on what is missing. `edited`: something changed.

    needed: False when the system's keyring keeps the key, so there is nothing to choose.
    """

    edited = Signal()

    def __init__(self, *, needed: bool) -> None:
        super().__init__(translate("1  Lock this laptop"))
        self._needed = needed
        self._about = label(tone="muted", wrap=True)
        self.column.addWidget(self._about)
        self.first = self._field(translate("Passphrase"))
        self.second = self._field(translate("Passphrase again"))
        self.show_ = button(translate("Show what I type"), kind="chip")
        self.show_.setCheckable(True)
        self.show_.toggled.connect(self._show)
        self.line = label(size="small", wrap=True)
        if not needed:
            self._about.setText(
                translate(
                    "Your records are encrypted. The key is kept with your sign-in to this "
                    "computer, so there is no passphrase to remember."
                )
            )
            return
        self._about.setText(
            translate(
                "Your records are encrypted. You type this passphrase each time you start "
                "Visitapp. Nobody can reset it, so write it down and keep it away from the laptop."
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, field in enumerate((self.first, self.second)):
            caption = label(field.accessibleName(), size="small", strong=True)
            caption.setBuddy(field)
            grid.addWidget(caption, 2 * place, 0, 1, 2)
            grid.addWidget(field, 2 * place + 1, 0)
        grid.addWidget(self.show_, 1, 1)
        grid.setColumnStretch(0, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.line)
        self._say()

    def passphrase(self) -> str | None:
        """What was chosen; None when the keyring keeps the key."""
        return self.first.text() if self._needed else None

    def done(self) -> bool:
        """Whether the laptop can be locked with what was typed."""
        return not self._needed or self.missing() == ""

    def missing(self) -> str:
        """What is still wrong, as a sentence; empty when nothing is."""
        reasons = {
            Weakness.TOO_SHORT: translate(
                "Use at least {n} characters. Three or four words are easy to remember.", n=SHORTEST
            ),
            Weakness.TOO_LONG: translate("This is too long."),
            Weakness.COMMON: translate(
                "This is too easy to guess. Use three or four words that do not belong together."
            ),
            Weakness.NAME: translate("Do not use your name."),
        }
        found = weakness(self.first.text())
        if found is not None:
            return reasons[found]
        if self.second.text() != self.first.text():
            if self.second.text():
                return translate("The two passphrases differ.")
            return translate("Good. Now type the same passphrase again.")
        return ""

    def focus_missing(self) -> None:
        """Put the caret into the field that needs attention."""
        wrong = self.first if weakness(self.first.text()) is not None else self.second
        wrong.setFocus()
        wrong.selectAll()

    def _field(self, name: str) -> QLineEdit:
        field = named(QLineEdit(), name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.textEdited.connect(self._say)
        field.textEdited.connect(self.edited)
        return field

    def _say(self) -> None:
        missing = self.missing()
        self.line.setText(missing or translate("✓ Good. Both passphrases match."))
        set_tone(self.line, "muted" if missing else "green")

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self.first, self.second):
            field.setEchoMode(mode)
        text = translate("Hide what I type") if shown else translate("Show what I type")
        named(self.show_, text).setText(text)
