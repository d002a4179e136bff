"""Words for commitments that cannot be."""

from markupsafe import Markup

from domain.commitments import (
    LONGEST,
    BadPromise,
    BadReasonGiven,
    CommitmentChanged,
    DueDayBad,
    PersonCannotPromise,
    PreviewOver,
    PromiseIncomplete,
    PromiseUnreadable,
    SameDay,
)
from texts.explaining import explain
from texts.words import Words, mark


@explain.register
def _promise(error: BadPromise, w: Words) -> Markup:
    if not error.length:
        return w("Please write in a few words what it is.")
    return w("At most {limit} characters fit, these are {n}.", limit=w.number(error.limit), n=w.number(error.length))


@explain.register
def _reason(error: BadReasonGiven, w: Words) -> Markup:
    if not error.length:
        return w("Please add in a few words why.")
    return w("At most {limit} characters fit, these are {n}.", limit=w.number(error.limit), n=w.number(error.length))


@explain.register
def _day(error: DueDayBad, w: Words) -> Markup:
    return w("{day} does not work: it has passed, or is more than {n} days ahead.", day=w.day(error.day), n=LONGEST)


_LACKS = {
    "due": mark("Please choose first by which day."),
    "place": mark("Please choose first for which region, page or headquarters."),
    "person": mark("Please choose first who promises it."),
}


@explain.register
def _incomplete(error: PromiseIncomplete, w: Words) -> Markup:
    return w(_LACKS[error.lacks])  # texts: dynamic


@explain.register
def _unreadable(_: PromiseUnreadable, w: Words) -> Markup:
    return w("I see no day in it. Write the new day and why, for example: 20.10 the keys come later")


@explain.register
def _same(_: SameDay, w: Words) -> Markup:
    return w("It is due on that day already.")


@explain.register
def _cannot(_: PersonCannotPromise, w: Words) -> Markup:
    return w("This person has no role there. Choose another person or another place.")


@explain.register
def _changed(_: CommitmentChanged, w: Words) -> Markup:
    return w("This was changed or settled meanwhile. Please open it again.")


@explain.register
def _over(_: PreviewOver, w: Words) -> Markup:
    return w("This is saved already, was given up, or a newer line took its place. To write another one, begin again.")
