"""Keys of the pages about the casework of settings, and those that lead to them."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.ui.shell.shortcuts import Key


def setting_keys() -> list[Key]:
    """Keys of the page of a setting that lead to its casework."""
    return [
        Key("plan", ("P",), "P", translate("Open the improvement plan")),
        Key("intervention", ("I",), "I", translate("Open the intervention, or refer the setting")),
        Key("escalation", ("L",), "L", translate("Open the escalation ladder")),
    ]


def action_keys() -> list[Key]:
    """Keys of the page Actions: what is done with the action in focus."""
    return [
        Key("done", ("D",), "D", translate("Mark the action in focus as done")),
        Key("verify", ("V",), "V", translate("Verify the action in focus")),
    ]


def escalation_keys() -> list[Key]:
    """Keys of the page Escalation."""
    return [
        Key("open", ("Ctrl+Shift+N",), translate("Ctrl Shift N"), translate("Open this step")),
        Key("review", ("R",), "R", translate("Review the step in view")),
        Key("end", ("E",), "E", translate("End the step in view")),
        Key("note", ("N",), "N", translate("Add a meeting or another note")),
        Key("letter", ("Ctrl+P",), translate("Ctrl P"), translate("Print the letter in view")),
        Key("person", ("P",), "P", translate("Put somebody on the list of people")),
        Key("move", ("M",), "M", translate("Say that the person in view was moved")),
    ]


def intervention_keys() -> list[Key]:
    """Keys of the page of an intervention."""
    return [
        Key("add", ("Ctrl+Shift+N",), translate("Ctrl Shift N"), translate("Set a criterion")),
        Key("accept", ("Ctrl+Return",), translate("Ctrl Enter"), translate("Accept the referral")),
        Key("step", ("S",), "S", translate("Take the next step")),
        Key("visit", ("Ctrl+N",), translate("Ctrl N"), translate("Start a visit")),
        Key("plan", ("Ctrl+Shift+P",), translate("Ctrl Shift P"), translate("Plan the visits")),
        Key("change", ("C",), "C", translate("Give it another officer or end")),
        Key("read", ("R",), "R", translate("Write down a reading")),
        Key("drop", ("Del",), translate("Delete"), translate("Remove the criterion in view")),
        Key("report", ("P",), "P", translate("Save the report as a PDF")),
    ]
