"""What every operation answers when it goes well is what its description says: real requests.

Made-up requests (test_openapi.py) are nearly all refused, so that they say nothing of this.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import schemathesis
from schemathesis.specs.openapi.checks import response_schema_conformance

from sync.hand_in import BeginHandIn, EndHandIn
from sync.server.http.app import create_app
from sync.server.http.health import Probes
from sync.wire import (
    PROTOCOL,
    Batch,
    CatchUp,
    Create,
    Edit,
    NewPassword,
    PublishForm,
    PublishPolicy,
    Renewal,
    Round,
    SignIn,
    Update,
)
from tests.support.policies.texts import policy_text
from tests.support.sync.council import DAY, FORM, PASSWORD, Council
from tests.support.sync.evidence import digest, evidence_record
from tests.support.sync.wire_values import to_wire
from visitapp.records import Action, new_id
from visitapp.records.declared import derived_fields

METRICS_TOKEN = "prometheus"
PHOTO = b"a photo of the medicine room"
TUS = {"Tus-Resumable": "1.0.0"}
PART = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}


_NULL = {"application/json": {"schema": {"type": "null"}}}
"""How what answers a HEAD is described: the body that is left out."""


class Caller:
    """Real requests to a server with an officer and her setting; each answer is held against the
    description. `went_well`: the operations that answered with success, by `METHOD path`."""

    def __init__(self, council: Council) -> None:
        council.server.probes = Probes(council.database, METRICS_TOKEN)
        app = create_app(council.server)
        self.council = council
        self.schema = schemathesis.openapi.from_asgi("/schema/openapi.json", app)
        self.went_well: set[str] = set()
        self.ann = council.officer("ann")
        self.home = self.ann.setting()
        self.action = self.ann.action(self.home)
        evidence_record(self.ann, self.home, PHOTO)
        self.ann.sync()

    def ask(self, label: str, body: Any = None, *, token: str = "", **asked: Any) -> Any:
        """The answer to one request, which went well and is as described; its head when it has no
        body. content: bytes of the request that are not JSON."""
        method, path = label.split()
        content = asked.pop("content", None)
        case = self.schema[path][method].Case(**_json(body), **asked)
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        # Items of an array by their place are beyond schemathesis; `_validate` knows them.
        beyond = [response_schema_conformance]
        raw = {"data": content} if content is not None else {}
        answer = case.call_and_validate(headers=sent, excluded_checks=beyond, **raw)
        described = self.schema.raw_schema["paths"][path][method.lower()]["responses"]
        assert answer.status_code // 100 == 2
        kind = answer.headers.get("content-type", [""])[0].partition(";")[0]
        self._validate(described[str(answer.status_code)], kind, answer.content)
        self.went_well.add(label)
        if answer.content in (b"", b"null"):
            return {name: values[0] for name, values in answer.headers.items()}
        return answer.json() if kind == "application/json" else answer.content

    def token(self, which: str = "access_token") -> str:
        return str(self.ann.state(which))

    def _validate(self, described: Any, kind: str, content: bytes) -> None:
        given = described.get("content") or {}
        if not content:
            assert given in ({}, _NULL), "a body is described and none is given"
            return
        assert kind in given
        if kind == "application/json":
            components = closed(self.schema.raw_schema["components"])
            schema = {**given[kind]["schema"], "components": components}
            jsonschema_rs.Draft202012Validator(schema).validate(msgspec.json.decode(content))


def closed(schema: Any) -> Any:
    """The same schema, where an object may have no fields but those that are described."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(value) for name, value in schema.items()}
    if schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
        made["additionalProperties"] = False
    return made


def _json(body: Any) -> dict[str, Any]:
    return {} if body is None else {"body": msgspec.to_builtins(body)}


def probe(caller: Caller) -> None:
    assert caller.ask("GET /health") == {"status": "ok"}
    assert caller.ask("GET /ready") == {"status": "ready"}


def metrics(caller: Caller) -> None:
    assert b"visitapp" in caller.ask("GET /metrics", token=METRICS_TOKEN)


def sign_in_and_renew(caller: Caller) -> None:
    who = SignIn(name="ann", password=PASSWORD, device_id="another-laptop")
    tokens = caller.ask("POST /v1/sign-in", who)
    assert tokens["user"][:2] == ["user_account", caller.ann.user_id]
    renewed = caller.ask("POST /v1/renew", Renewal(refresh_token=tokens["refresh_token"]))
    assert renewed["access_token"] != tokens["access_token"]


def change_password(caller: Caller) -> None:
    caller.council.user("bea")
    wanted = NewPassword(
        name="bea",
        password=PASSWORD,
        new_password="marmalade at the harbour",
        device_id="bea-laptop",
    )
    assert caller.ask("POST /v1/password", wanted) == {"changed": True}


def sync(caller: Caller) -> None:
    """A batch with a result of each status, a page with records and a catching up."""
    seen = caller.council.get(Action, caller.action).revision
    caller.ann.edit(Action, caller.action, owner="The manager")
    caller.ann.sync()
    asked = Round(protocol=PROTOCOL, batch=_batch(caller, seen))
    reply = caller.ask("POST /v1/sync", asked, token=caller.token())
    statuses = [result["status"] for result in reply["results"]]
    assert statuses == ["accepted", "merged", "conflict", "refused"]
    assert {"user_account", "setting", "evidence"} <= {
        group["kind"] for group in reply["page"]["groups"]
    }
    assert reply["scope"] == [caller.home]
    again = Round(
        protocol=PROTOCOL, cursor=reply["revision"], catch_up=CatchUp(settings=[caller.home])
    )
    caught_up = caller.ask("POST /v1/sync", again, token=caller.token())["caught_up"]
    assert {"setting", "action"} <= {group["kind"] for group in caught_up["groups"]}


def _batch(caller: Caller, seen: int) -> Batch:
    """What is accepted, merged, set aside as a conflict and refused, in this order, from somebody
    who saw the action at the revision `seen`."""
    at = "2026-11-22T09:30:00Z"
    known = to_wire(caller.council.get(Action, caller.action))
    own = {name: value for name, value in known.items() if name not in derived_fields(Action)}
    new = {**own, "title": "Train the staff"}
    elsewhere = {**new, "setting_id": new_id()}

    def edit(field: str, old: Any, value: Any) -> Update:
        edits = {field: Edit(base=seen, old=old, new=value)}
        return Update(kind="action", id=caller.action, at=at, edits=edits)

    return Batch(
        id=new_id(),
        changes=[
            Create(kind="action", id=new_id(), at=at, values=new),
            edit("title", "Mend the call bells", "Mend all call bells"),
            edit("owner", None, "The deputy"),
            Create(kind="action", id=new_id(), at=at, values=elsewhere),
        ],
    )


def publish(caller: Caller) -> None:
    lee = caller.council.lead("lee")
    text = FORM.replace('version: "1"', 'version: "2"')
    told = caller.ask("POST /v1/forms", PublishForm(text=text), token=lee.state("access_token"))
    assert (told["form_id"], told["version"]) == ("short", "2")
    policy = PublishPolicy(text=policy_text("2027.1", DAY))
    told = caller.ask("POST /v1/policies", policy, token=lee.state("access_token"))
    assert (told["version"], told["in_force_from"]) == ("2027.1", DAY.isoformat())


def _upload(caller: Caller) -> dict[str, str]:
    """A begun upload, as the parameters of its address."""
    sha256 = base64.b64encode(digest(PHOTO).encode()).decode()
    head = {**TUS, "Upload-Length": str(len(PHOTO)), "Upload-Metadata": f"sha256 {sha256}"}
    begun = caller.ask("POST /v1/evidence/uploads", token=caller.token(), headers=head)
    return {"upload_id": begun["location"].rpartition("/")[2]}


def upload(caller: Caller) -> None:
    """Begun, asked for, sent and fetched; another one begun and given up."""
    token, one = caller.token(), "/v1/evidence/uploads/{upload_id}"
    where = _upload(caller)
    asked = caller.ask(f"HEAD {one}", token=token, path_parameters=where, headers=TUS)
    assert (asked["upload-offset"], asked["upload-length"]) == ("0", str(len(PHOTO)))
    caller.ask(f"DELETE {one}", token=token, path_parameters=where, headers=TUS)
    where = _upload(caller)
    sent = {"path_parameters": where, "headers": PART, "content": PHOTO}
    assert caller.ask(f"PATCH {one}", token=token, **sent)["upload-offset"] == str(len(PHOTO))
    wanted = {"path_parameters": {"sha256": digest(PHOTO)}, "headers": {}}
    assert caller.ask("GET /v1/evidence/{sha256}", token=token, **wanted) == PHOTO


def hand_in(caller: Caller) -> None:
    """All that a revoked device may do, from the first to the last."""
    caller.council.admin.revoke(caller.ann.state("device_id"))
    token = caller.token("refresh_token")
    begin = BeginHandIn(
        protocol=PROTOCOL,
        server_id=caller.council.server_id,
        device_id=caller.token("device_id"),
        held=digest(b"held"),
        sha256=digest(PHOTO),
        size=len(PHOTO),
    )
    begun = caller.ask("POST /v1/hand-in", begin, token=token)
    where = {"path_parameters": {"hand_in_id": begun["id"]}}
    head = {"Upload-Offset": "0", "Content-Type": "application/octet-stream"}
    one = "/v1/hand-in/{hand_in_id}"
    sent = caller.ask(f"PATCH {one}", token=token, headers=head, content=PHOTO, **where)
    assert sent["position"] == len(PHOTO)
    ended = caller.ask(f"POST {one}/end", EndHandIn(passphrase="one-two"), token=token, **where)
    assert ended["sha256"] == digest(PHOTO)


STORIES: list[Callable[[Caller], None]] = [
    probe, metrics, change_password, sign_in_and_renew, sync, publish, upload, hand_in,
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_goes_well_is_answered_as_described(
    council: Council, story: Callable[[Caller], None]
) -> None:
    story(Caller(council))


def test_every_operation_goes_well_in_one_of_them(council: Council) -> None:
    caller = Caller(council)
    for story in STORIES:
        story(caller)
    described = {result.ok().label for result in caller.schema.get_all_operations()}
    assert caller.went_well == described
