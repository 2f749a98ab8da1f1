"""What can go wrong, told apart, each with a stable code.

    VisitappError
    ├── EnvironmentProblem      the user's machine, network or key: a sentence and a next step
    │   └── LinkProblem         the server was not reached, or what answered was not it
    └── Refused                 what was asked cannot be done; nothing was changed
        ├── BadFile             a file that was given: which file, which row, what to do
        ├── NotFound            no such record, form or setting
        └── NotAllowed          the user's role or scope does not reach it

Anything else that is raised is a bug of ours: it is logged with a reference and shown as such.
"""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, english, message


class Code(StrEnum):
    """The catalogue. A code never changes its meaning; screens, scripts and the server share it."""

    # the user's environment
    WRONG_KEY = "wrong-key"
    NO_KEY = "no-key"
    DATABASE_NEWER = "database-newer"
    DATABASE_OLDER = "database-older"
    DATABASE_DAMAGED = "database-damaged"
    DATABASE_IN_USE = "database-in-use"
    DATABASE_UNREACHABLE = "database-unreachable"
    DISK_FULL = "disk-full"
    FOLDER_UNUSABLE = "folder-unusable"
    SERVER_UNREACHABLE = "server-unreachable"
    MAIL_UNREACHABLE = "mail-unreachable"
    NO_MAIL_SERVER = "no-mail-server"
    NOT_A_SERVER = "not-a-server"
    UNTRUSTED_SERVER = "untrusted-server"
    PROXY_SIGN_IN = "proxy-sign-in"
    BODY_ALTERED = "body-altered"
    SERVER_FAULT = "server-fault"
    SERVER_STOPPING = "server-stopping"
    SERVER_BUSY = "server-busy"
    SERVER_TOO_NEW = "server-too-new"
    OTHER_SERVER = "other-server"
    # a file that was given
    FILE_MISSING = "file-missing"
    FILE_EMPTY = "file-empty"
    FILE_OLDER = "file-older"
    FILE_TOO_LARGE = "file-too-large"
    FILE_UNREADABLE = "file-unreadable"
    FILE_UNKNOWN = "file-unknown"
    FORM_FAULTS = "form-faults"
    FORM_ALTERED = "form-altered"
    FORM_UNFIT = "form-unfit"
    FORM_OLDER = "form-older"
    POLICY_FAULTS = "policy-faults"
    POLICY_ALTERED = "policy-altered"
    POLICY_OLDER = "policy-older"
    ANSWERS_FAULTS = "answers-faults"
    AUDIT_BROKEN = "audit-broken"
    # what was asked
    NOT_FOUND = "not-found"
    ALREADY_THERE = "already-there"
    NOT_ALLOWED = "not-allowed"
    OUT_OF_SCOPE = "out-of-scope"
    BAD_VALUE = "bad-value"
    VISIT_FROZEN = "visit-frozen"
    VISIT_INCOMPLETE = "visit-incomplete"
    NOT_SIGNED_OFF = "not-signed-off"
    OUTCOME_DIFFERS = "outcome-differs"
    OUTCOME_OLDER = "outcome-older"
    OUTCOME_NEWER = "outcome-newer"
    ALREADY_SETTLED = "already-settled"
    STEP_REFUSED = "step-refused"
    RECORD_REMOVED = "record-removed"
    ALREADY_RUNNING = "already-running"
    # sync and sign-in
    NOT_CONNECTED = "not-connected"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_IN_AGAIN = "sign-in-again"
    NEW_PASSWORD_NEEDED = "new-password-needed"  # noqa: S105 - a code, no secret
    DEVICE_REVOKED = "device-revoked"
    DEVICE_ERASED = "device-erased"
    TOO_MANY_ATTEMPTS = "too-many-attempts"
    PROTOCOL = "protocol"
    BAD_REQUEST = "bad-request"
    BATCH_TOO_LARGE = "batch-too-large"
    MASS_REMOVAL = "mass-removal"
    # evidence bytes
    EVIDENCE_DIFFERS = "evidence-differs"
    EVIDENCE_AWAY = "evidence-away"
    EVIDENCE_DAMAGED = "evidence-damaged"
    UPLOAD_POSITION = "upload-position"
    UPLOAD_DAMAGED = "upload-damaged"
    # ours
    BUG = "bug"


class VisitappError(Exception):
    """A problem that can be said in a sentence.

    `what` says what happened; `next_step` what to do about it. Both are messages: whoever shows the
    error words it, in their own language. `field` names the value that was refused, where it is
    one.
    """

    def __init__(
        self, code: Code, what: Message, next_step: Message | None = None, *, field: str = ""
    ) -> None:
        super().__init__(what)
        self.field = field
        self.code = code
        self.what = what
        self.next_step = next_step

    def __str__(self) -> str:
        return " ".join(map(str, self.sentences()))

    def english(self) -> str:
        """The same in English whatever language is chosen, for logs and other programs."""
        return " ".join(map(english, self.sentences()))

    def sentences(self) -> list[Message]:
        """What happened, and what to do about it where that is said."""
        return [self.what] if self.next_step is None else [self.what, self.next_step]


class EnvironmentProblem(VisitappError):
    """The user's machine, network or key stands in the way."""


class LinkProblem(EnvironmentProblem):
    """The server was not reached, or what answered was not it. Nothing waiting was touched.

    `retry_after`: in how many seconds the server wants to be asked again; None when it did not say.
    """

    def __init__(
        self,
        code: Code,
        what: Message,
        next_step: Message | None = None,
        *,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code, what, next_step)
        self.retry_after = retry_after


class Refused(VisitappError):
    """What was asked cannot be done. Nothing was changed."""


class BadFile(Refused):
    """A file that cannot be taken: `file` names it and `row` the line in it, when known."""

    def __init__(
        self,
        code: Code,
        what: Message,
        next_step: Message | None = None,
        *,
        file: str,
        row: int | None = None,
    ) -> None:
        super().__init__(code, what, next_step)
        self.file = file
        self.row = row

    def sentences(self) -> list[Message]:
        what, *rest = super().sentences()
        if self.row is None:
            return [message("{file}: {what}", file=self.file, what=what), *rest]
        place = {"file": self.file, "line": self.row, "what": what}
        return [message("{file}, line {line}: {what}", **place), *rest]


class NotFound(Refused):
    """No such record, form or setting."""

    def __init__(self, what: Message, next_step: Message | None = None) -> None:
        super().__init__(Code.NOT_FOUND, what, next_step)


class NotAllowed(Refused):
    """The user's role or scope does not reach it."""

    def __init__(
        self, what: Message, next_step: Message | None = None, *, code: Code = Code.NOT_ALLOWED
    ) -> None:
        super().__init__(code, what, next_step)
