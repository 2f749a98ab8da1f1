"""What must hold of names that a form declares in its head and uses further down."""

from __future__ import annotations

from forms.format.faults import Faults, nearest
from forms.format.part import Part, Word
from visitapp.language import translate


def check_owners(form: Part, faults: Faults) -> None:
    """The owner of an area is one of the form's `owners`."""
    declared = [word.text for word, _ in form.named("owners")]
    for area in form.parts("areas"):
        owner = area.text("owner")
        if owner and owner not in declared:
            what = translate("There is no owner `{owner}`.", owner=owner)
            remedy = nearest(owner, declared) or translate(
                "Declare it under `owners:` in the form's head."
            )
            faults.add(area.line_of("owner"), what, remedy)


def check_frameworks(form: Part, questions: list[Part], faults: Faults) -> None:
    """Where the form declares its frameworks, tags name these and their key questions."""
    if "frameworks" not in form.given:
        return
    declared = {
        word.text: [key.text for key, _ in part.named("key_questions")]
        for word, part in form.named("frameworks")
        if isinstance(part, Part)
    }
    for question in questions:
        for word, tag in question.named("frameworks"):
            if word.text not in declared:
                what = translate("There is no framework `{text}`.", text=word.text)
                remedy = nearest(word.text, list(declared)) or translate(
                    "Declare it in the form's head."
                )
                faults.add(word.line, what, remedy)
            elif isinstance(tag, Word) and tag.text not in (known := declared[word.text]) and known:
                what = translate(
                    "`{text}` is not a key question of `{framework}`.",
                    text=tag.text[:60],
                    framework=word.text,
                )
                faults.add(tag.line, what, nearest(tag.text, known))
