"""Words for what keeps a text from going out as urgent, and for answers that come too late."""

from markupsafe import Markup

from domain.urgent import (
    NobodyChosen,
    NoPageChosen,
    NotApproved,
    NothingToPost,
    NotSettled,
    NotToday,
    ReasonNeeded,
    UrgentChanged,
    UrgentOver,
    UrgentSilent,
    UrgentTaken,
)
from texts.explaining import explain
from texts.words import Words


@explain.register
def _settles(error: NotSettled, w: Words) -> Markup:
    time = w.moment(error.at, error.zone, error.now)
    return w("It can be urgent from {time}: until then its approval can be undone.", time=time)


@explain.register
def _not_approved(_: NotApproved, w: Words) -> Markup:
    return w("Only an approved text can be urgent, and this one is not approved as it stands.")


@explain.register
def _not_today(error: NotToday, w: Words) -> Markup:
    if error.at is None:
        return w("This text has expired, so it is not published any more.")
    return w("This text must not appear before {time}.", time=w.moment(error.at, error.zone, error.now))


@explain.register
def _silent(error: UrgentSilent, w: Words) -> Markup:
    if error.until is None:
        return w("There is a silence period now. Nothing urgent goes out in it, whatever the reason.")
    when = w.moment(error.until, error.zone, error.now)
    return w("There is a silence period until {when}. Nothing urgent goes out in it, whatever the reason.", when=when)


@explain.register
def _nothing(_: NothingToPost, w: Words) -> Markup:
    return w("Its pages have this text already, or somebody is publishing it right now.")


@explain.register
def _no_page(_: NoPageChosen, w: Words) -> Markup:
    return w("Choose at least one page.")


@explain.register
def _nobody(error: NobodyChosen, w: Words) -> Markup:
    return w("Nobody who can be asked now is chosen for <b>{page}</b>.", page=error.page)


@explain.register
def _reason(_: ReasonNeeded, w: Words) -> Markup:
    return w("A gap or a daily limit is exceeded: say why first. Nothing was sent.")


@explain.register
def _changed(_: UrgentChanged, w: Words) -> Markup:
    return w("This has changed since. Open it again with /urgent.")


@explain.register
def _taken(error: UrgentTaken, w: Words) -> Markup:
    return w("{name} was faster and has it. Thank you!", name=error.by)


@explain.register
def _over(_: UrgentOver, w: Words) -> Markup:
    return w("This is no longer needed, thank you!")
