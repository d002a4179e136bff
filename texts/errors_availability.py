"""Words for hours and days off that cannot be."""

from markupsafe import Markup

from domain.availability import BadAmount, DayPassed, DayTooFar, NoWeekday
from domain.typed_hours import BadDays, BadHours
from texts.explaining import explain
from texts.words import Words


@explain.register
def _hours(_: BadHours, w: Words) -> Markup:
    return w("I cannot read these hours. Write them like this: <code>9-12, 18-21</code>. Nothing is changed yet.")


@explain.register
def _days(_: BadDays, w: Words) -> Markup:
    return w("I cannot read these days. Write them like this: <code>3-5 Oct, 12 Oct</code>. Nothing is changed yet.")


@explain.register
def _weekday(_: NoWeekday, w: Words) -> Markup:
    return w("One weekday has to stay. If you need a longer break, there is /away.")


@explain.register
def _amount(error: BadAmount, w: Words) -> Markup:
    return w("A number from 1 to {most}, please.", most=error.most)


@explain.register
def _passed(error: DayPassed, w: Words) -> Markup:
    return w("{day} has passed already. Choose today or a later day.", day=w.day(error.day))


@explain.register
def _far(error: DayTooFar, w: Words) -> Markup:
    return w(
        "That is more than {days} days ahead. Days off can be set up to then; for a longer time there is /away.",
        days=error.days,
    )
