"""Words for what can go wrong in decisions about people."""

from markupsafe import Markup

from domain.account_move import AccountTaken, MoveOver, NobodyToConfirm, SameMover
from domain.succession import NotASuccessor
from domain.team import (
    AccessClosed,
    AlreadySuspended,
    LastOwner,
    NotAboutYourself,
    NoteTooLong,
    NothingToFind,
    NotSuspended,
    OutOfReach,
    PhoneInNote,
)
from domain.two_people import NobodySecond, SamePerson, WishOver
from texts.explaining import explain
from texts.words import Words


@explain.register
def _last_owner(_: LastOwner, w: Words) -> Markup:
    return w("There has to be an owner: let another one in first.")


@explain.register
def _out_of_reach(error: OutOfReach, w: Words) -> Markup:
    return w("{name} has a role above yours, or in a region that is not yours. Ask a manager.", name=error.name)


@explain.register
def _yourself(_: NotAboutYourself, w: Words) -> Markup:
    return w("This is for other people. About yourself: /settings, /leave, or ask a colleague.")


@explain.register
def _suspended_already(error: AlreadySuspended, w: Words) -> Markup:
    return w("Access is closed for {name} already.", name=error.name)


@explain.register
def _not_suspended(error: NotSuspended, w: Words) -> Markup:
    return w("Access is open for {name} already.", name=error.name)


@explain.register
def _successor(_: NotASuccessor, w: Words) -> Markup:
    return w("This person cannot take over any more. Choose somebody else.")


@explain.register
def _note_long(error: NoteTooLong, w: Words) -> Markup:
    return w("A note has at most {most} characters, yours has {length}.", most=error.most, length=error.length)


@explain.register
def _phone(_: PhoneInNote, w: Words) -> Markup:
    return w("A phone number is not kept here unless the person gives it. Write the note without it.")


@explain.register
def _nothing(_: NothingToFind, w: Words) -> Markup:
    return w("Type at least one letter of the name.")


@explain.register
def _wish_over(_: WishOver, w: Words) -> Markup:
    return w("This has been decided already, or its day is over.")


@explain.register
def _same(_: SamePerson, w: Words) -> Markup:
    return w("The second yes has to come from somebody else.")


@explain.register
def _nobody_second(_: NobodySecond, w: Words) -> Markup:
    return w("Two people decide about this, and nobody else is here who could agree.")


@explain.register
def _move_over(_: MoveOver, w: Words) -> Markup:
    return w("This link no longer works, or it has been decided. Ask for a new one.")


@explain.register
def _mover(_: SameMover, w: Words) -> Markup:
    return w("Somebody else has to confirm: whoever started it cannot.")


@explain.register
def _nobody_confirms(_: NobodyToConfirm, w: Words) -> Markup:
    return w("A second person has to confirm, and nobody else here may decide about them.")


@explain.register
def _taken(_: AccountTaken, w: Words) -> Markup:
    return w("This account is or was somebody's here. Open the link on the new account.")


@explain.register
def _closed(error: AccessClosed, w: Words) -> Markup:
    if error.moved and error.ask:
        return w(
            "You use headquarters from another account now. If that was not you, please call {name} at once.",
            name=error.ask,
        )
    if error.moved:
        return w(
            "You use headquarters from another account now. If that was not you, please call your coordinator at once."
        )
    if error.ask:
        return w("Your access is closed at the moment. If that surprises you, please talk to {name}.", name=error.ask)
    return w("Your access is closed at the moment. If that surprises you, please talk to your coordinator.")
