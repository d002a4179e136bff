"""Words for what can go wrong with fill-in masters."""

from markupsafe import Markup

from domain.masters import BadAnswer, MasterChanged, MasterClosed, NothingChosen
from domain.wordings import BadMaster
from texts.explaining import explain
from texts.words import Words, mark

_BAD_MASTER = {
    "empty": mark("Send the text of the master as a message."),
    "long": mark("That is too long for a master: at most 3,000 characters."),
    "no_fields": mark("There is no field in it. Put what the regions fill in into braces, and send it again."),
    "many": mark("At most 8 fields, and “{near}” is one more. Send it again."),
    "unclosed": mark("The brace before “{near}” is not closed. Send it again."),
    "unopened": mark("A brace closes at “{near}” that was never opened. Send it again."),
    "no_name": mark("The field at “{near}” has no name. Send it again."),
    "name": mark("“{near}” is no name of a field: only letters, digits and spaces, at most 40."),
}


@explain.register
def _bad_master(error: BadMaster, w: Words) -> Markup:
    return w(_BAD_MASTER[error.reason], near=error.near)  # texts: dynamic


@explain.register
def _bad_answer(error: BadAnswer, w: Words) -> Markup:
    match error.reason:
        case "long":
            used, limit = w.number(error.length), w.number(error.limit)
            return w("That is {used} characters, and {limit} fit here. Send it shorter.", used=used, limit=limit)
        case "lines":
            return w("One line, please: it stands in the middle of a text.")
        case "photo":
            return w("Everything is answered: send a photo or tap a button above.")
        case _:
            return w("Answer in words here; a photo is asked for at the end.")


@explain.register
def _changed(_: MasterChanged, w: Words) -> Markup:
    return w("This has changed since. Open it again with /masters.")


@explain.register
def _closed(_: MasterClosed, w: Words) -> Markup:
    return w("It is over: nobody begins to fill it in any more.")


@explain.register
def _nothing(_: NothingChosen, w: Words) -> Markup:
    return w("Everything on this list is left out or decided.")
