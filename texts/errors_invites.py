"""Words for what can go wrong when many are invited, and in the course."""

from markupsafe import Markup

from domain.awaited import SHORT
from domain.course import CourseOver, PracticeLink
from domain.invites import (
    AlreadyAsked,
    EntryDecided,
    LineUnclear,
    OnlyVolunteersShare,
    OrderOver,
    OrderState,
    TableGone,
    TooManyInvites,
)
from texts.explaining import explain
from texts.words import Words


@explain.register
def _line(error: LineUnclear, w: Words) -> Markup:
    match error.lacks:
        case "role":
            return _no_role(w, long=len(error.said) > SHORT)
        case "region" if error.said:
            return w("I did not find the region in “{said}”. Write its name as in the lists.", said=error.said)
        case "one region":
            return w("There are two regions in it: {said}. One line is for one region: send two.", said=error.said)
        case "digits":
            return w("“{said}”: write the number in figures, like this: 50 volunteers Kazan.", said=error.said)
        case "region":
            return w("For which region? Write it like this: 50 volunteers Kazan.")
    return w("How many? Write one number, like this: 50 volunteers Kazan.")


def _no_role(w: Words, *, long: bool) -> Markup:
    if long:
        return w(
            "I did not find the role. Write it like this: 50 volunteers Kazan. If this is a post, tap /draft and send"
            " it once more."
        )
    return w("I did not find the role. Write it like this: 50 volunteers Kazan.")


@explain.register
def _many(error: TooManyInvites, w: Words) -> Markup:
    return w("At most {n} at once. Ask for the rest afterwards.", n=w.number(error.most))


@explain.register
def _share(_: OnlyVolunteersShare, w: Words) -> Markup:
    return w("A shared link is for volunteers only. Everybody else comes in by a link of their own.")


@explain.register
def _order(error: OrderOver, w: Words) -> Markup:
    match error.state:
        case OrderState.MADE:
            return w("These invites are made already.")
        case OrderState.CANCELLED:
            return w("This was put away. Ask for it once more.")
        case OrderState.WAITING:
            return w("This has changed or waited for too long. Ask for it once more.")


@explain.register
def _table(_: TableGone, w: Words) -> Markup:
    return w("The table is not there any more. Please send it once more.")


@explain.register
def _asked(error: AlreadyAsked, w: Words) -> Markup:
    if error.refused:
        return w("By this link you were not let in. If you know somebody at headquarters, ask them for your own link.")
    return w("You are on the list already. As soon as a coordinator has looked, the answer comes here.")


@explain.register
def _decided(_: EntryDecided, w: Words) -> Markup:
    return w("A colleague was faster: this is decided already.")


@explain.register
def _practice(_: PracticeLink, w: Words) -> Markup:
    return w("This is no link yet. Copy the practice link and send it here.")


@explain.register
def _course(_: CourseOver, w: Words) -> Markup:
    return w("You have turned over on another phone. Open the course once more: /help.")
