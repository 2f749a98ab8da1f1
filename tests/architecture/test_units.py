"""The systemd units run commands that exist, and alike."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import pytest

from sync.server.cli import main
from tests.support.terminal.command_names import commands

FOLDER = Path(__file__).parents[2] / "packaging" / "server"
SERVICES = {path.stem: path for path in FOLDER.glob("*.service")}
SHARED = ("User", "EnvironmentFile", "StateDirectory", "UMask", "ProtectSystem", "NoNewPrivileges")


class Unit(ConfigParser):
    """A unit file as its sections. The case of names matters."""

    def optionxform(self, optionstr: str) -> str:
        """See `ConfigParser`."""
        return optionstr


def unit(path: Path) -> Unit:
    """What a unit file says."""
    read = Unit(interpolation=None, strict=True)
    read.read_string(path.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_a_command_of_the_server(name: str) -> None:
    program, *command = unit(SERVICES[name])["Service"]["ExecStart"].split()
    assert Path(program).name == "visitapp-server"
    assert " ".join(command) in dict(commands(main))


@pytest.mark.parametrize("key", SHARED)
def test_every_service_has_the_same_rights(key: str) -> None:
    assert len({unit(path)["Service"][key] for path in SERVICES.values()}) == 1


@pytest.mark.parametrize("timer", sorted(FOLDER.glob("*.timer")), ids=lambda path: path.stem)
def test_a_timer_has_its_service_and_catches_up(timer: Path) -> None:
    assert timer.stem in SERVICES
    assert unit(timer)["Timer"]["Persistent"] == "true"
    assert unit(SERVICES[timer.stem])["Service"]["Type"] == "oneshot"
