"""Choosing what locks this laptop: a passphrase for its data, or a PIN for its window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from visitapp.language import translate
from visitapp.rules.passwords import SHORTEST, SHORTEST_PIN, Weakness, pin_weakness, weakness
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.text import button, label, named, set_tone


class PassphraseCard(Card):
    """Two fields that must agree, and a sentence on what is missing. `edited`: something changed.

    needed: False when the system's keyring keeps the key. Then a PIN can be chosen, or nothing.
    """

    edited = Signal()

    def __init__(self, *, needed: bool) -> None:
        super().__init__(translate("1  Lock this laptop"))
        self._needed = needed
        names = (translate("Passphrase"), translate("Passphrase again"))
        about = translate(
            "Your records are encrypted. You type this passphrase each time you start "
            "Visitapp. Nobody can reset it, so write it down and keep it away from the laptop."
        )
        if not needed:
            names = (translate("PIN, if you want one"), translate("The same PIN again"))
            about = translate(
                "Your records are encrypted. The key is kept with your sign-in to this computer, "
                "so there is no passphrase to remember. When you are away the window locks. "
                "Without a PIN, anybody at this laptop can unlock it. You can also choose one "
                "later: press Ctrl K and type PIN."
            )
        self.column.addWidget(label(about, tone="muted", wrap=True))
        self.first, self.second = map(self._field, names)
        self.show_ = button(translate("Show what I type"), kind="chip")
        self.show_.setCheckable(True)
        self.show_.toggled.connect(self._show)
        self.line = label(size="small", wrap=True)
        self._lay_out()
        self._say()

    def _lay_out(self) -> None:
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

    def passphrase(self) -> str | None:
        """What was chosen; None when the keyring keeps the key."""
        return self.first.text() if self._needed else None

    def pin(self) -> str:
        """The PIN that was chosen; empty when none was, or none can be."""
        return "" if self._needed else self.first.text()

    def done(self) -> bool:
        """Whether the laptop can be locked with what was typed, or needs nothing."""
        return self.missing() == ""

    def missing(self) -> str:
        """What is still wrong, as a sentence; empty when nothing is."""
        return self._of_passphrase() if self._needed else self._of_pin()

    def _of_pin(self) -> str:
        if not (self.first.text() or self.second.text()):
            return ""
        reasons = {
            Weakness.TOO_SHORT: translate(
                "Use at least {n} letters or figures for the PIN, or leave it empty.",
                n=SHORTEST_PIN,
            ),
            Weakness.TOO_LONG: translate("This is too long."),
            Weakness.COMMON: translate("This PIN is too easy to guess."),
        }
        found = pin_weakness(self.first.text())
        if found is not None:
            return reasons[found]
        if self.second.text() == self.first.text():
            return ""
        if self.second.text():
            return translate("The two PINs differ.")
        return translate("Good. Now type the same PIN again.")

    def _of_passphrase(self) -> str:
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
        judge = weakness if self._needed else pin_weakness
        wrong = self.first if judge(self.first.text()) is not None else self.second
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
        good = translate("✓ Good. Both passphrases match.")
        if not self._needed:
            good = translate("✓ Good. Both PINs match.") if self.first.text() else ""
        self.line.setText(missing or good)
        set_tone(self.line, "muted" if missing else "green")

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self.first, self.second):
            field.setEchoMode(mode)
        text = translate("Hide what I type") if shown else translate("Show what I type")
        named(self.show_, text).setText(text)
