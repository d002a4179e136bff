"""Words for decisions that stand."""

from markupsafe import Markup

from domain.undo import CannotUndo, TooLate
from texts.explaining import explain
from texts.words import Words


@explain.register
def _cannot_undo(error: CannotUndo, w: Words) -> Markup:
    match error.why:
        case TooLate.TIME:
            return w("Too late to undo: the decision stands, and its author knows. Write to them if it was a mistake.")
        case TooLate.OTHER:
            return w("Too late to undo: {name} has decided after you.", name=error.by)
        case TooLate.AUTHOR:
            return w("Too late to undo: the author is at work on it again.")
        case TooLate.IMPRINT:
            return w("Nothing to undo any more: the imprint line has changed, and the text waits for a decision again.")
        case TooLate.NOT_THEIRS:
            return w("There is nothing of yours to undo here.")
