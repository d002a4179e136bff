"""Words for what can go wrong with proofs in depth: texts compared, spot checks, posts taken down, blocked accounts."""

from markupsafe import Markup

from domain.mishaps import MishapSettled, TooLateToSay
from domain.plan import LinkCounted, NothingOpenThere
from domain.published import NothingToCompare
from domain.spot_checks import NOTE_LIMIT, BadNote, CheckDecided, OwnProof
from texts.explaining import explain
from texts.words import Words


@explain.register
def _counted(_: LinkCounted, w: Words) -> Markup:
    return w("This link is counted already, thank you.")


@explain.register
def _nothing_there(_: NothingOpenThere, w: Words) -> Markup:
    return w("You have nothing to post on this page at the moment.")


@explain.register
def _nothing(_: NothingToCompare, w: Words) -> Markup:
    return w("There is nothing to compare any more: the post was taken back, or it has no text.")


@explain.register
def _decided(_: CheckDecided, w: Words) -> Markup:
    return w("A colleague was faster, or the post was taken back. /checks shows the next one.")


@explain.register
def _own(_: OwnProof, w: Words) -> Markup:
    return w("This concerns you: let a colleague look.")


@explain.register
def _note(error: BadNote, w: Words) -> Markup:
    if error.length:
        return w("That is {n} characters, {limit} fit. Say it shorter.", n=error.length, limit=NOTE_LIMIT)
    return w("Write in a few words what is not right.")


@explain.register
def _late(_: TooLateToSay, w: Words) -> Markup:
    return w("More than a week has passed, so the post simply counts as it is.")


@explain.register
def _settled(_: MishapSettled, w: Words) -> Markup:
    return w("This is settled already, thank you.")
