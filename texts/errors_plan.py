"""Words for what can go wrong with assignments, proofs and offers."""

from markupsafe import Markup

from domain.plan import (
    AlreadyAnswered,
    AssignmentClosed,
    AssignmentState,
    DoubleBooked,
    LinkUsed,
    SilenceHolds,
    TooLateToUndo,
    WrongPage,
)
from texts.explaining import explain
from texts.words import Words, mark

_CLOSED = {
    AssignmentState.ASSIGNED: mark("This is open already."),
    AssignmentState.OFFERED: mark("This has not been accepted yet."),
    AssignmentState.POSTED: mark("This is posted already, thank you!"),
    AssignmentState.DECLINED: mark("You have passed this on already."),
    AssignmentState.REPLACED: mark("A colleague has taken this over. There is nothing left to do."),
    AssignmentState.MISSED: mark("The day is over, and no link came for this one."),
    AssignmentState.CANCELLED: mark("This is no longer needed, thank you."),
}


@explain.register
def _closed(error: AssignmentClosed, w: Words) -> Markup:
    return w(_CLOSED[error.state])  # texts: dynamic


@explain.register
def _used(_: LinkUsed, w: Words) -> Markup:
    return w("This link already proves another publication. Send the link to the new post.")


@explain.register
def _wrong(error: WrongPage, w: Words) -> Markup:
    return w("This link leads to another page. A post on <b>{page}</b> is needed.", page=error.expected)


@explain.register
def _double(_: DoubleBooked, w: Words) -> Markup:
    return w("You already have another post at this very time.")


@explain.register
def _too_late(_: TooLateToUndo, w: Words) -> Markup:
    return w("That day is over and its count is closed. Tell your coordinator if the link was wrong.")


@explain.register
def _silence(error: SilenceHolds, w: Words) -> Markup:
    if error.until is None:
        return w("There is a silence period now, so no texts for posting go out.")
    when = w.moment(error.until, error.zone, error.now)
    return w("There is a silence period until {when}. The text comes after that.", when=when)


@explain.register
def _answered(error: AlreadyAnswered, w: Words) -> Markup:
    return w("{name} has answered this already.", name=error.by) if error.by else w("This is answered already.")
