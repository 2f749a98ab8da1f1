"""What the system says of the network: whether there is one, and whether it costs by the amount."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class Network(QObject):
    """A network that is always there and costs nothing: where the system does not say."""

    changed = Signal()

    def reachable(self) -> bool:
        """False when the system knows that there is no network."""
        return True

    def metered(self) -> bool:
        """True when the system knows that the connection is paid for by the amount."""
        return False


class SystemNetwork(Network):
    """The same from the operating system, where Qt has a way to ask it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QNetworkInformation.loadDefaultBackend()
        self._information = QNetworkInformation.instance()
        if self._information is not None:
            self._information.reachabilityChanged.connect(self.changed)
            self._information.isMeteredChanged.connect(self.changed)

    def reachable(self) -> bool:
        """See `Network`."""
        known = self._information
        gone = QNetworkInformation.Reachability.Disconnected
        return known is None or known.reachability() != gone

    def metered(self) -> bool:
        """See `Network`."""
        return self._information is not None and self._information.isMetered()
