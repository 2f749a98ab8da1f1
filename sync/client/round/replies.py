"""What a reply of the server leaves to do."""

from __future__ import annotations

from sync.wire import RoundReply


def brings_something(reply: RoundReply) -> bool:
    """Whether a reply says more than where the device stands, which the next one says too."""
    page = bool(reply.page.groups or reply.page.removed)
    return page or reply.scope is not None or reply.caught_up is not None


def only_accepts(reply: RoundReply) -> bool:
    """Whether a reply takes everything as it was sent, and nothing more is to be asked for."""
    taken = all(r.status == "accepted" and r.record is None for r in reply.results)
    return taken and not brings_something(reply) and not reply.page.more
