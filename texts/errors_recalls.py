"""Words for what can go wrong with recalls."""

from markupsafe import Markup

from domain.recalls import (
    NobodyToRead,
    NotPublished,
    OwnCorrection,
    OwnLook,
    ProofNeeded,
    RecallChanged,
    RecallTaskClosed,
    SameText,
    TaskState,
    TextRecalled,
)
from texts.explaining import explain
from texts.words import Words


@explain.register
def _changed(_: RecallChanged, w: Words) -> Markup:
    return w("This has changed since. Open it again with /recall.")


@explain.register
def _closed(error: RecallTaskClosed, w: Words) -> Markup:
    match error.state:
        case TaskState.DONE:
            return w("This is done already, thank you!")
        case TaskState.SAID:
            return w("You have said so already. The press secretary will have a look.")
        case _:
            return w("This is no longer asked, thank you.")


@explain.register
def _recalled(_: TextRecalled, w: Words) -> Markup:
    return w("This text is recalled, so it is not to be posted again. Please answer the message about the recall.")


@explain.register
def _nothing(_: NotPublished, w: Words) -> Markup:
    return w("Nobody has published this text, so there is nothing to recall.")


@explain.register
def _same(_: SameText, w: Words) -> Markup:
    return w("This is the very text that is public. Send me the corrected one.")


@explain.register
def _own(_: OwnCorrection, w: Words) -> Markup:
    return w("You wrote this correction: another person has to read it.")


@explain.register
def _own_look(_: OwnLook, w: Words) -> Markup:
    return w("This is your own post: send a screenshot, or let a colleague look.")


@explain.register
def _nobody(_: NobodyToRead, w: Words) -> Markup:
    return w(
        "A second person has to read it, and there is nobody. Appoint one more press secretary, or have it removed."
    )


@explain.register
def _proof(error: ProofNeeded, w: Words) -> Markup:
    if error.picture:
        return w("Only a screenshot shows that a post is gone. Send it as a picture.")
    return w("Send the link to the post, or a screenshot.")
