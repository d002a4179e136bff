"""Words for what the talk at the desk refuses."""

from markupsafe import Markup

from domain.appeals import FirstDecider, NobodyElse, NothingToAppeal, SecondAppeal
from domain.claims import Claimed
from domain.comments import COMMENT_LIMIT, CommentTooLong, NoMoreComments
from domain.drafts import DraftState
from domain.edits import BoldWords, EditGone, NothingChanged, OwnTextsOnly, OwnWordsOnly
from texts.explaining import explain
from texts.words import Words


@explain.register
def _claimed(error: Claimed, w: Words) -> Markup:
    return w("{name} is already on it, until {time}.", name=error.name, time=w.time(error.until, error.zone))


@explain.register
def _too_long(error: CommentTooLong, w: Words) -> Markup:
    return w(
        "That is {n} characters, and a comment has at most {limit}. Shorten it and send it again.",
        n=w.number(error.length),
        limit=COMMENT_LIMIT,
    )


@explain.register
def _no_more(error: NoMoreComments, w: Words) -> Markup:
    if error.state is DraftState.WITHDRAWN:
        return w("This draft is deleted: there is nothing left to talk over.")
    return w("It is decided, so comments are closed. Your words are still here in the chat.")


@explain.register
def _nothing_to_appeal(_: NothingToAppeal, w: Words) -> Markup:
    return w("The draft has gone on since: this decision is no longer the last word on it.")


@explain.register
def _second_appeal(_: SecondAppeal, w: Words) -> Markup:
    return w("A second opinion was asked for already. It holds; you can send a new text.")


@explain.register
def _nobody_else(error: NobodyElse, w: Words) -> Markup:
    if error.region:
        what = w("Nobody else can decide here: {region} needs one more press secretary.", region=error.region)
    else:
        what = w("Nobody else can decide here: the campaign needs one more press secretary for all regions.")
    return what + " " + w("Who can appoint one: {names}.", names=w.list(error.ask)) if error.ask else what


@explain.register
def _first_decider(_: FirstDecider, w: Words) -> Markup:
    return w("You gave the first opinion. The author asked for a second one, so somebody else decides.")


@explain.register
def _own_words(error: OwnWordsOnly, w: Words) -> Markup:
    return w("“{page}” is a personal page: only its owner writes there. Write a comment instead.", page=error.page)


@explain.register
def _bold(_: BoldWords, w: Words) -> Markup:
    return w("Sources and checklist are about the author's words: send it back or write a comment instead.")


@explain.register
def _own_texts(_: OwnTextsOnly, w: Words) -> Markup:
    return w("Every network here has a text of its own: ask the author to change it.")


@explain.register
def _nothing_changed(_: NothingChanged, w: Words) -> Markup:
    return w("This is the text as it is. Change something, or go back and approve it.")


@explain.register
def _edit_gone(_: EditGone, w: Words) -> Markup:
    return w("This wording was replaced, approved or left. Look at the card again.")
