"""The keys of the Visit page, as data: what it listens to is what the help shows."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.ui.shell.shortcuts import Key


def visit_keys() -> list[Key]:
    """Keys of the Visit page. A whole form can be answered with them."""
    return [
        Key("choose", (), "0 … 9", translate("Choose the answer with that key")),
        Key(
            "other",
            (),
            "X, C …",
            translate("Not applicable or Not checked, as shown on the answer"),
        ),
        Key(
            "all_met",
            (),
            "M",
            translate("Sample: all that were checked met the standard"),
        ),
        Key("today", (), "T", translate("Date: today")),
        Key(
            "enter",
            ("Return", "Enter"),
            translate("Enter"),
            translate(
                "Press the button in focus; in a number, go to the next empty one or question"
            ),
        ),
        Key("next", ("J", "Down"), translate("J or ↓"), translate("Next question")),
        Key("previous", ("K", "Up"), translate("K or ↑"), translate("Previous question")),
        Key("next_area", ("PgDown",), translate("Page Down"), translate("Next area")),
        Key("previous_area", ("PgUp",), translate("Page Up"), translate("Previous area")),
        Key("go_on", ("G",), "G", translate("Move on after a choice, or stay")),
        *_writing_keys(),
        *_further_keys(),
        *_room_keys(),
    ]


def _room_keys() -> list[Key]:
    """What is done in the room beside answering."""
    return [
        Key("last_visit", ("F8",), "F8", translate("Last visit beside the form, or close it")),
        Key(
            "last_report",
            ("Shift+F8",),
            translate("Shift F8"),
            translate("Open the report of the last visit"),
        ),
        Key("verify", (), "V, R, X", translate("Open action in focus: verified, not yet, extend")),
        Key(
            "conclude",
            ("Ctrl+T",),
            translate("Ctrl T"),
            translate("Summary, what you told the manager, signatures"),
        ),
        Key(
            "blind",
            ("Ctrl+H",),
            translate("Ctrl H"),
            translate("Hide the outcome until all is answered, or show it"),
        ),
        Key("print", ("Ctrl+P",), translate("Ctrl P"), translate("Print the report")),
        Key(
            "open_report",
            ("Ctrl+Shift+O",),
            translate("Ctrl Shift O"),
            translate("Open the report"),
        ),
        Key("mail", ("Ctrl+E",), translate("Ctrl E"), translate("Draft an e-mail with the report")),
    ]


def _writing_keys() -> list[Key]:
    """What helps to write a note."""
    return [
        Key("note", ("N",), "N", translate("Write a note")),
        Key("snippets", ("Ctrl+J",), translate("Ctrl J"), translate("Insert a snippet in a note")),
        Key("snippet", (), translate(";name Tab"), translate("The snippet of that name")),
        Key("spelling", ("F7",), "F7", translate("Next marked word of the note, with others")),
    ]


def _further_keys() -> list[Key]:
    """What goes with an answer, and what a visit has beside its questions."""
    return [
        *_evidence_keys(),
        Key("action", ("A",), "A", translate("Add an action")),
        Key("unchanged", ("=",), "=", translate("Confirm the last answer as unchanged")),
        Key(
            "good_practice",
            ("Shift+G",),
            translate("Shift G"),
            translate("Mark the answer as good practice"),
        ),
        Key("concern", ("D",), "D", translate("Raise a concern, without leaving the visit")),
        Key(
            "escape",
            ("Esc",),
            translate("Esc"),
            translate("Leave a field and go back to the question"),
        ),
        Key(
            "suggested",
            ("Shift+A",),
            translate("Shift A"),
            translate("Add all suggested actions"),
        ),
        Key(
            "side",
            ("F6",),
            "F6",
            translate("To the open actions beside the questions, and back"),
        ),
        Key("undo", ("Ctrl+Z",), translate("Ctrl Z"), translate("Undo the last answer")),
        Key("unanswered", ("U",), "U", translate("Show unanswered questions only")),
        Key("left", ("L",), "L", translate("Show only what was not checked last time")),
        Key("comment", ("Ctrl+M",), translate("Ctrl M"), translate("Comment on the answer")),
        Key(
            "next_comment",
            ("Ctrl+Shift+M",),
            translate("Ctrl Shift M"),
            translate("Next question with comments"),
        ),
        Key(
            "sign_off", ("Ctrl+Return",), translate("Ctrl Enter"), translate("Review and sign off")
        ),
    ]


def _evidence_keys() -> list[Key]:
    """Evidence of a question, and what the dialog for it takes."""
    return [
        Key("evidence", ("E",), "E", translate("Add evidence")),
        Key(
            "evidence_kind",
            (),
            translate("Alt 1 … Alt 4"),
            translate("In Add evidence: a note, a document, a photo or a conversation"),
        ),
        Key(
            "mark_photo",
            (),
            translate("Ctrl M"),
            translate("In Add evidence: blur, crop or point on the photo in focus"),
        ),
        Key(
            "paste",
            ("Ctrl+V",),
            translate("Ctrl V"),
            translate("Add the picture or files on the clipboard as evidence"),
        ),
        Key(
            "photos",
            ("Shift+P",),
            translate("Shift P"),
            translate("Choose from the new photos in the photos folder"),
        ),
    ]
