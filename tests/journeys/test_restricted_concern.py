"""A concern that becomes restricted leaves nothing on the laptop of somebody who may not see it: no
file, rescue file, list, count or log has a word of it. Through the command line and a real server
process, over either database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import write_cqc
from tests.support.storage.postgres import fresh_database
from tests.support.terminal.commands import Council, Terminal
from visitapp.bootstrap import open_services
from visitapp.services.rescue.file import read_contents
from visitapp.services.services import Services

MARKER = "Quendlewick"
"""A word that nothing else has."""
PHRASE = "a rescue passphrase"
WORDS = {
    "title": f"{MARKER} heading",
    "text": f"What {MARKER} said",
    "reference": f"K-{MARKER}",
}


class Laptop(Terminal):
    """A person's data folder, whose database a test can look into."""

    def __init__(self, folder: Path, council: str, name: str) -> None:
        self.ring = MemoryKeyring()
        super().__init__(folder / name, self.ring)
        self._sign_in = ("connect", council, "--user", name, "--password-stdin")
        self._name = name

    def connect(self) -> None:
        self.json(*self._sign_in, stdin=f"{self._name}\n")
        self.json("sync")

    def _services(self) -> closing[Services]:
        return closing(open_services(self.data_dir, keyring=self.ring))

    def in_database(self) -> str:
        """Every value of every table, the index of the search included."""
        with self._services() as services, services.desk.reading() as session:
            named = text("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = session.scalars(named).all()
            rows = [
                row for one in tables for row in session.execute(text(f'SELECT * FROM "{one}"'))
            ]
        return "\n".join(map(str, rows)).casefold()

    def in_rescue_file(self, out: Path) -> str:
        """What the rescue file holds, decrypted."""
        with self._services() as services:
            services.rescue.save(out, PHRASE)
        return str(msgspec.to_builtins(read_contents(out, PHRASE))).casefold()

    def in_files(self) -> list[Path]:
        """The files, logs among them, that have the marker in them as they lie there."""
        forms = {
            one.encode(code) for one in (MARKER, MARKER.lower()) for code in ("utf-8", "utf-16-le")
        }
        files = [path for path in self.data_dir.rglob("*") if path.is_file()]
        assert files
        return [path for path in files if any(form in path.read_bytes() for form in forms)]

    def in_exported_lists(self, folder: Path) -> str:
        """What the lists have that are written to files."""
        folder.mkdir()
        for number, one in enumerate(
            (("concerns", "list", "--state", "all"), ("settings", "list"))
        ):
            assert self(*one, "--out", folder / f"{number}.csv").status == 0
        return "".join(path.read_text(encoding="utf-8") for path in folder.iterdir()).casefold()

    def listed(self, setting: str) -> str:
        """What its lists, figures, timeline and search say."""
        with self._services() as services:
            timeline = services.settings.view(setting).timeline
        said = [
            *timeline,
            self.json("concerns", "list", "--state", "all"),
            self.json("concerns", "trends"),
            self.json("settings", "list"),
            self.json("settings", "list", "--search", MARKER),
        ]
        return str(said).casefold()


@pytest.fixture(params=["sqlite", "postgresql"])
def council(request: pytest.FixtureRequest, tmp_path: Path) -> Council:
    """A server with an officer and a team lead, over either database."""
    database = f"sqlite:///{tmp_path / 'server.db'}"
    if request.param == "postgresql":
        database = fresh_database(request.getfixturevalue("postgres"))
    council = Council(database)
    council.add_user("olive", "officer", "north")
    council.add_user("lena", "lead", "north")
    return council


@pytest.mark.timeout(600)
def test_nothing_of_a_restricted_concern_stays(council: Council, tmp_path: Path) -> None:
    marker = MARKER.casefold()
    with council.serving() as url:
        olive, lena = Laptop(tmp_path, url, "olive"), Laptop(tmp_path, url, "lena")
        olive.json("import", write_cqc(tmp_path / "cqc.csv"))
        (place,) = olive.json("directory", "search", "heather")
        setting = olive.json("settings", "add", place["location_id"])["id"]
        olive.connect()
        lena.connect()
        given = [word for name, value in WORDS.items() for word in (f"--{name}", value)]
        kind = ("--kind", "complaint", "--theme", "medicines", "--severity", "4")
        concern = lena.json("concerns", "add", setting, *kind, *given)["row"]["id"]
        lena.json("concerns", "update", concern, f"Noted of {MARKER}", "--told", f"The {MARKER}")
        lena.json("concerns", "ask", concern, "--reason", f"Asked about {MARKER}")
        lena.json("sync")
        lena.json("concerns", "edit", concern, "--text", f"{MARKER} said something else")
        lena.json("sync")
        olive.json("sync")
        assert olive.in_database().count(marker) > 5, "she had it, with its trail"
        assert marker in olive.listed(setting)

        lena.json("concerns", "restrict", concern, "--reason", f"{MARKER} is at risk")
        lena.json("sync")
        olive.json("sync")
        assert marker not in olive.in_database()
        assert marker not in olive.in_exported_lists(tmp_path / "lists")
        assert marker not in olive.in_rescue_file(tmp_path / "olive.rescue")
        assert olive.in_files() == []
        listed = olive.listed(setting)
        assert marker not in listed
        assert olive.json("concerns", "list", "--state", "all") == []
        trends = olive.json("concerns", "trends")
        assert (trends["trends"]["count"], trends["table"]["rows"]) == (0, [])
        refused = olive("concerns", "need-to-know", concern, "--out", tmp_path / "note.pdf")
        assert marker not in refused.refusal.casefold()
        assert marker not in council.admin("audit", "list").casefold()

        assert marker in lena.in_database()
        assert len(lena.json("concerns", "list", "--state", "all")) == 1
