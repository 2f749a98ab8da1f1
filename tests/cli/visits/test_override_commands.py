"""`visitapp visits override`."""

from __future__ import annotations

from typing import Any

from tests.support.terminal.commands import Terminal


def test_it_is_asked_shown_and_withdrawn(
    terminal: Terminal, visit: str, complete: dict[str, Any], write: Any
) -> None:
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    ask = ("visits", "override", "ask", visit, "--to", "amber", "--reason")
    assert "not signed off" in terminal(*ask, "Because").refusal
    terminal.json("visits", "sign-off", visit)
    assert "red, amber or green" in terminal(*ask[:5], "blue", "--reason", "Because").refusal
    one = terminal.json(*ask, "All were referred the same day.")
    assert (one["outcome_rag"], one["rag"], one["status"]) == ("red", "amber", "asked")
    line = "Outcome Red, overridden to Amber by You: All were referred the same day."
    assert line in terminal("visits", "show", visit).out
    assert line in terminal("visits", "override", "list", visit).out
    for decide in ("agree", "decline"):
        refusal = terminal("visits", "override", decide, one["id"], "--reason", "So").refusal
        assert "team lead" in refusal
    terminal.json("visits", "override", "withdraw", one["id"], "--reason", "Mistaken.")
    assert terminal("visits", "override", "list", visit).out == "No overrides.\n"
