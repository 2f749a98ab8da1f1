"""A draft of an e-mail with a report, as a file that the computer's mail program opens.

Nothing is sent: a person looks at it, says to whom it goes, and sends it. `X-Unsent` is what
Outlook and others know a draft by.
"""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from visitapp.reports.paper.whole_file import write_whole


def write_draft(out: Path, *, to: str, subject: str, text: str, attachment: Path) -> Path:
    """Write the draft to `out`, whole or not at all. Raises EnvironmentProblem (DISK_FULL,
    FOLDER_UNUSABLE)."""
    draft = EmailMessage(policy=SMTP)
    draft["Subject"] = " ".join(subject.split())
    if to:
        draft["To"] = " ".join(to.split())
    draft["X-Unsent"] = "1"
    draft.set_content(text)
    draft.add_attachment(
        attachment.read_bytes(), maintype="application", subtype="pdf", filename=attachment.name
    )
    return write_whole(out, draft.as_bytes())
