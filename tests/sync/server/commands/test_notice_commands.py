"""`visitapp-server notices`: sending, listing, releasing, and trying the mail server."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from sync.server.cli import main
from tests.support.server.mail import Letterbox, mail_server
from tests.support.sync.council import DAY, Council
from visitapp.records import NoticeContact, NoticeState, new_id


@pytest.fixture
def post() -> Iterator[Letterbox]:
    with mail_server() as letterbox:
        yield letterbox


@pytest.fixture
def url(council: Council) -> str:
    """The address of a server with one message that waits."""
    lee, ann = council.lead("lee"), council.officer("ann")
    lee.add(
        NoticeContact(
            contact_id=new_id(), audience="brokerage", name="Desk", email="duty@council.example"
        )
    )
    lee.sync()
    visit = ann.visit(ann.setting(), on=DAY, plans="not_met", calls="not_met")
    ann.sign_off(visit, council.library)
    ann.sync()
    (file,) = council.folder.glob("*.db")
    return f"sqlite:///{file.as_posix()}"


def run(url: str, *words: str, **environment: str) -> Result:
    given = {"VISITAPP_DATABASE": url, **environment}
    return CliRunner().invoke(main, ["notices", *words], env=given)


def mail(post: Letterbox) -> dict[str, str]:
    """The configuration of the mail server."""
    return {
        "VISITAPP_SMTP_HOST": "127.0.0.1",
        "VISITAPP_SMTP_PORT": str(post.port),
        "VISITAPP_SMTP_SECURITY": "none",
        "VISITAPP_SMTP_SENDER": "visitapp@council.example",
    }


def test_what_waits_is_sent_and_listed(url: str, post: Letterbox) -> None:
    assert run(url, "send", **mail(post)).output == "Sent: 1. Failed: 0. Waiting: 0.\n"
    assert run(url, "send", **mail(post)).output == "Nothing is due to be sent.\n"
    assert post.addresses == ["duty@council.example"]
    listed = json.loads(run(url, "list", "--json").output)
    assert (listed["state"], listed["address"]) == (NoticeState.SENT, "duty@council.example")
    assert run(url, "list", "--state", "failed").output == ""


def test_without_a_mail_server_nothing_is_sent_and_the_keys_are_named(url: str) -> None:
    said = run(url, "send")
    assert said.exit_code == 1
    assert "No mail server is configured, so nothing was sent." in said.output
    assert "smtp_host" in said.output


def test_a_password_is_never_sent_in_the_clear_to_another_computer(url: str) -> None:
    said = run(
        url, "send",
        VISITAPP_SMTP_HOST="mail.council.example", VISITAPP_SMTP_SENDER="a@council.example",
        VISITAPP_SMTP_SECURITY="none", VISITAPP_SMTP_USER="visitapp", VISITAPP_SMTP_PASSWORD="pw",
    )  # fmt: skip
    assert said.exit_code == 1
    assert "without encryption" in said.output
    assert "pw" not in said.output


def test_a_failed_message_is_released(url: str, post: Letterbox) -> None:
    post.refuse["duty@council.example"] = "550 No such box"
    assert run(url, "send", **mail(post)).output == "Sent: 0. Failed: 1. Waiting: 0.\n"
    assert "550 No such box" in run(url, "list", "--state", "failed").output
    post.refuse.clear()
    assert run(url, "release").output == "Messages released: 1.\n"
    assert run(url, "send", **mail(post)).output == "Sent: 1. Failed: 0. Waiting: 0.\n"


def test_the_mail_server_can_be_tried(url: str, post: Letterbox) -> None:
    assert run(url, "try", "it@council.example", **mail(post)).exit_code == 0
    assert post.addresses == ["it@council.example"]


def test_messages_of_a_restored_server_are_held(
    url: str, council: Council, post: Letterbox
) -> None:
    backup = council.folder / "backup.visitapp"
    restored = f"sqlite:///{(council.folder / 'restored.db').as_posix()}"
    runner = CliRunner()
    made = runner.invoke(main, ["backup", "--out", str(backup), "--database", url])
    assert made.exit_code == 0, made.output
    back = runner.invoke(main, ["restore", str(backup), "--database", restored])
    assert back.exit_code == 0, back.output
    assert run(restored, "send", **mail(post)).output == "Nothing is due to be sent.\n"
    assert json.loads(run(restored, "list", "--json").output)["state"] == NoticeState.HELD
    run(restored, "release")
    assert run(restored, "send", **mail(post)).output == "Sent: 1. Failed: 0. Waiting: 0.\n"
