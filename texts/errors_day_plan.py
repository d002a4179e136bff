"""Words for what can go wrong when a day is changed by hand."""

from markupsafe import Markup

from domain.day_plan import (
    BadClock,
    BadReason,
    ChangeStands,
    Doubt,
    Doubtful,
    MomentGone,
    MomentTaken,
    NotCarried,
    NoTextThere,
    NothingToSwap,
    PageStopped,
    SilentMoment,
    SlotChanged,
    SlotSettled,
    Unfit,
    UrgentPlace,
)
from domain.day_plan_people import CannotTake, MayNotPost, Why
from domain.plan import SlotState
from texts.explaining import explain
from texts.words import Words, mark

_SETTLED = {
    SlotState.POSTED: mark("This post is out already: there is nothing to change."),
    SlotState.MISSED: mark("Its day is over: there is nothing to change any more."),
    SlotState.CANCELLED: mark("This is no longer in the plan."),
}
_DOUBT = {
    Doubt.WINDOW: mark("This is outside the hours of the page."),
    Doubt.GAP: mark("This is too close to another post of the page."),
    Doubt.CAP: mark("The page has reached its limit for a day."),
}
_WHY = {
    Why.UNREACHABLE: mark("{name} cannot be reached at the moment."),
    Why.AWAY: mark("{name} is away then."),
    Why.DAY_OFF: mark("{name} has a day off then."),
    Why.BUSY: mark("{name} has another post at that very time."),
    Why.CAP: mark("{name} has enough to post that day."),
    Why.DECLINED: mark("{name} has passed this one on before."),
    Why.QUIET: mark("{name} has quiet hours then. Choose another time, or give it to somebody else first."),
    Why.HOURS: mark("{name} does not post at that time. Choose another time, or give it to somebody else first."),
}
_UNFIT = {
    Unfit.PAGE: mark("This text is not approved for <b>{page}</b>."),
    Unfit.TIME: mark("The text may not be published at that time: it is too early for it, or too late."),
    Unfit.THERE: mark("This text stands or stood on <b>{page}</b> already."),
    Unfit.IMPRINT: mark("The text was approved with another imprint line than <b>{page}</b> carries that day."),
    Unfit.OWNER: mark("The owner of <b>{page}</b> has stopped this text."),
    Unfit.GONE: mark("This text can no longer be chosen: it was taken or changed meanwhile."),
}


@explain.register
def _changed(error: SlotChanged, w: Words) -> Markup:
    if error.by:
        return w("{name} has just changed this one. Look at it again before you go on.", name=error.by)
    return w("This one has changed meanwhile. Look at it again before you go on.")


@explain.register
def _settled(error: SlotSettled, w: Words) -> Markup:
    return w(_SETTLED.get(error.state, _SETTLED[SlotState.MISSED]))  # texts: dynamic


@explain.register
def _urgent(_: UrgentPlace, w: Words) -> Markup:
    return w("This belongs to an urgent call: it is changed on the card of the call.")


@explain.register
def _taken(error: MomentTaken, w: Words) -> Markup:
    time = w.time(error.at, error.zone)
    if error.skipped:
        return w(
            "At {time} this page has a post that was taken out. Bring that one back, or choose another minute.",
            time=time,
        )
    return w("At {time} this page has another post. Choose another minute.", time=time)


@explain.register
def _gone(_: MomentGone, w: Words) -> Markup:
    return w("This time has passed, or is the one it has. Choose one that lies ahead on the same day.")


@explain.register
def _clock(_: BadClock, w: Words) -> Markup:
    return w("I need an hour of that day, like 18:40. /cancel leaves this.")


@explain.register
def _doubtful(error: Doubtful, w: Words) -> Markup:
    return w(_DOUBT[error.doubts[0]])  # texts: dynamic


@explain.register
def _silent(_: SilentMoment, w: Words) -> Markup:
    return w("There is a silence then: nothing is published.")


@explain.register
def _stopped(error: PageStopped, w: Words) -> Markup:
    return w("<b>{page}</b> is stopped. First it has to go on: /stop.", page=error.page)


@explain.register
def _cannot(error: CannotTake, w: Words) -> Markup:
    return w(_WHY[error.why], name=error.name)  # texts: dynamic


@explain.register
def _may_not(error: MayNotPost, w: Words) -> Markup:
    return w("{name} does not post on <b>{page}</b>.", name=error.name, page=error.page)


@explain.register
def _unfit(error: NotCarried, w: Words) -> Markup:
    return w(_UNFIT[error.why], page=error.page)  # texts: dynamic


@explain.register
def _no_text(error: NoTextThere, w: Words) -> Markup:
    return w("There is no approved text for <b>{page}</b> at that time.", page=error.page)


@explain.register
def _nothing(_: NothingToSwap, w: Words) -> Markup:
    return w("There is nothing here that could change places.")


@explain.register
def _reason(error: BadReason, w: Words) -> Markup:
    return w("Give a reason of 1 to {limit} characters.", limit=w.number(error.limit))


@explain.register
def _stands(error: ChangeStands, w: Words) -> Markup:
    if error.late:
        return w("Five minutes are over, so this stands. Change it once more if needed.")
    return w("Something has happened to it since, so it can no longer be undone.")
