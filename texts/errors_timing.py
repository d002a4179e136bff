"""Words for embargo and expiry."""

from markupsafe import Markup

from domain.timing import BadMoment, EdgesCrossed, MomentPassed, TextExpired
from texts.explaining import explain
from texts.words import Words


@explain.register
def _bad(_: BadMoment, w: Words) -> Markup:
    return w("I need a day and an hour within a year, for example 12.10 15:00. /cancel leaves it as it was.")


@explain.register
def _passed(error: MomentPassed, w: Words) -> Markup:
    return w("That has passed: {time}. Choose a later moment.", time=w.moment(error.at, error.zone, error.now))


@explain.register
def _crossed(_: EdgesCrossed, w: Words) -> Markup:
    return w("So it would expire before it may be published. Choose an end that comes after the beginning.")


@explain.register
def _expired(error: TextExpired, w: Words) -> Markup:
    time = w.moment(error.at, error.zone, error.now)
    return w("This text was meant to be public until {time} only. Now it is too late for it.", time=time)
