"""The API's own description is complete and true: schemathesis asks it everything it can think of.

The real application over a real database, with nobody signed in and with an officer who is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sync.server.http.app import create_app
from sync.wire import Edit, SignIn, Update
from tests.support.server.asgi import ask as ask_app
from tests.support.sync.council import PASSWORD, Council
from tests.support.sync.evidence import Keeper, digest

QUICK, LONG = 12, 200


@pytest.fixture
def application(council: Council) -> tuple[Any, str]:
    """The application and the access token of an officer with a setting."""
    ann = council.officer("ann")
    ann.action(ann.setting())
    ann.sync()
    tokens = council.server.accounts.sign_in(
        SignIn(name="ann", password=PASSWORD, device_id="schemathesis")
    )
    return create_app(council.server), tokens.access_token


def ask_everything(app: Any, headers: dict[str, str], examples: int) -> set[str]:
    """Call every operation with made-up requests; the operations that were asked."""
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", app)
    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in operations:
        ask(operation, headers, examples)
    return {operation.label for operation in operations}


def ask(operation: Any, headers: dict[str, str], examples: int) -> None:
    # What tus headers must hold (pairs in base64, a version whose absence is answered 412) is
    # beyond a schema: that each described request is taken is not asked of uploads.
    left_out = [positive_data_acceptance] if "/evidence/uploads" in operation.path else []

    @seed(20261122)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=left_out)

    check()


EVERYTHING = {
    "GET /health", "GET /ready", "GET /metrics", "POST /v1/sign-in", "POST /v1/renew",
    "POST /v1/sync", "POST /v1/forms", "POST /v1/evidence/uploads",
}  # fmt: skip


@pytest.mark.parametrize("signed_in", [False, True], ids=["nobody", "an officer"])
def test_every_answer_is_as_described(application: tuple[Any, str], signed_in: bool) -> None:
    app, token = application
    headers = {"Authorization": f"Bearer {token}"} if signed_in else {}
    assert ask_everything(app, headers, QUICK) >= EVERYTHING


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("signed_in", [False, True], ids=["nobody", "an officer"])
def test_every_answer_is_as_described_at_length(
    application: tuple[Any, str], signed_in: bool
) -> None:
    app, token = application
    headers = {"Authorization": f"Bearer {token}"} if signed_in else {}
    assert ask_everything(app, headers, LONG) >= EVERYTHING


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), ({"Range": "bytes=3-"}, 206), ({"Range": "bytes=99-"}, 416)],
)
def test_bytes_that_are_there_are_given_as_described(
    council: Council, tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    ann = Keeper(council.officer("ann"), tmp_path / "evidence")
    ann.add(ann.device.setting(), b"a photo")
    ann.sync()
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", create_app(council.server))
    operation = schema["/v1/evidence/{sha256}"]["GET"]
    case = operation.Case(path_parameters={"sha256": digest(b"a photo")}, headers=headers)
    signed_in = {"Authorization": f"Bearer {ann.device.state('access_token')}"}
    assert case.call_and_validate(headers=signed_in).status_code == status


def test_what_travels_as_an_array_is_described_as_one(application: tuple[Any, str]) -> None:
    """By the validator itself: schemathesis turns the array's items into an older draft's."""
    app, _ = application
    described = schemathesis.openapi.from_asgi("/schema/openapi.json", app).raw_schema
    asked = SignIn(name="ann", password=PASSWORD, device_id="laptop")
    head = {"Content-Type": "application/json"}
    tokens = ask_app(app, "POST", "/v1/sign-in", head, msgspec.json.encode(asked))
    edits = {"value": Edit(base=7, old=None, new="met")}
    update = Update(kind="answer", id="a", at="2026-11-22T09:30:00Z", edits=edits)
    for name, said in (("Tokens", tokens.body), ("Update", msgspec.json.encode(update))):
        schema = {**described["components"]["schemas"][name], "components": described["components"]}
        jsonschema_rs.Draft202012Validator(schema).validate(msgspec.json.decode(said))


def test_the_description_names_the_protocols_messages(application: tuple[Any, str]) -> None:
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", application[0]).raw_schema
    named = str(msgspec.json.encode(schema["components"]["schemas"]))
    for word in ("Round", "RoundReply", "Problem", "Tokens", "SignIn"):
        assert word in named
