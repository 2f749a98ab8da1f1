"""`visitapp providers add` and `settings add --manual` warn of a name that is there already."""

from __future__ import annotations

from tests.support.terminal.commands import Terminal

BY_HAND = ("settings", "add", "--manual", "Elm House", "--type", "day", "--set", "postcode=QW1 1ZZ")


def test_a_setting_of_the_same_name_is_added_with_a_warning(terminal: Terminal) -> None:
    assert terminal(*BY_HAND).err == ""
    again = terminal("settings", "add", "--manual", "ELM house ", "--type", "day", "--json")
    assert (again.status, again.err) == (
        0,
        "There is already a setting of this name: Elm House, QW1 1ZZ.\n",
    )


def test_a_provider_of_the_same_name_is_refused_and_one_spelt_otherwise_warned_of(
    terminal: Terminal,
) -> None:
    assert terminal("providers", "add", "Brook Care").err == ""
    assert terminal("providers", "add", "Brook Care").refusal == (
        "There is already a provider Brook Care."
    )
    spelt = terminal("providers", "add", "BROOK CARE")
    assert (spelt.status, spelt.err) == (0, "There is already a provider Brook Care.\n")
