"""Words for reminders and ladders that cannot be."""

from markupsafe import Markup

from domain.ladder import BadTime, LadderChanged, LongText
from domain.reminders import RemindersChanged, TooLateToSnooze
from texts.explaining import explain
from texts.words import Words


@explain.register
def _bad_time(error: BadTime, w: Words) -> Markup:
    return w(
        "Please choose between {shortest} and {longest}.", shortest=w.ago(error.shortest), longest=w.ago(error.longest)
    )


@explain.register
def _long(error: LongText, w: Words) -> Markup:
    return w.n(
        "That is {n} character; the line may have {limit}.",
        "That is {n} characters; the line may have {limit}.",
        error.length,
        limit=error.limit,
    )


@explain.register
def _ladder_changed(_: LadderChanged, w: Words) -> Markup:
    return w("Somebody else has just changed these reminders. This is how they stand now.")


@explain.register
def _too_late(error: TooLateToSnooze, w: Words) -> Markup:
    if error.until is None or error.until <= error.now:
        return w("A colleague is being asked already, so this can't wait any longer.")
    return w("That is too late: a colleague is asked at {time}.", time=w.time(error.until, error.zone))


@explain.register
def _reminders_changed(_: RemindersChanged, w: Words) -> Markup:
    return w("The list has changed meanwhile. Please look again.")
