"""Words for drafts that cannot be handed in, changed or decided on."""

from markupsafe import Markup

from domain.drafts import (
    ALT_LIMIT,
    AlreadyDecided,
    AltTooLong,
    CloseText,
    DraftChanged,
    DraftClosed,
    DraftState,
    EditLeftOut,
    EmptyDraft,
    MediaRefused,
    NoPages,
    NotYourPage,
    OnlyMaterial,
    OwnDraft,
    SeveralPersonalPages,
    SharedText,
    TooLong,
)
from texts.explaining import explain
from texts.media_faults import media_fault
from texts.names import platform_name
from texts.words import Words


@explain.register
def _empty(_: EmptyDraft, w: Words) -> Markup:
    return w("The draft is empty: send a text or a picture.")


@explain.register
def _no_pages(_: NoPages, w: Words) -> Markup:
    return w("Choose at least one page where it should be published.")


@explain.register
def _too_long(error: TooLong, w: Words) -> Markup:
    name, room = platform_name(error.platform, w), error.measure
    return w.n(
        "Too long for {network}: {n} character over the limit of {limit}, imprint included. Shorten the text.",
        "Too long for {network}: {n} characters over the limit of {limit}, imprint included. Shorten the text.",
        -room.left,
        network=name,
        limit=w.number(room.limit),
    )


@explain.register
def _media_refused(error: MediaRefused, w: Words) -> Markup:
    return w("{fault}. Nothing was sent.", fault=media_fault(error.platform, error.fault, w))


@explain.register
def _only_material(_: OnlyMaterial, w: Words) -> Markup:
    return w("A voice message or a document is not published: add a text or a picture.")


@explain.register
def _alt_too_long(error: AltTooLong, w: Words) -> Markup:
    return w(
        "That is {n} characters, and a description has at most {limit}. Send a shorter one.",
        n=w.number(error.length),
        limit=w.number(ALT_LIMIT),
    )


@explain.register
def _several_personal(_: SeveralPersonalPages, w: Words) -> Markup:
    return w("One text can stand on one personal page only. The others need their own words.")


@explain.register
def _not_your_page(error: NotYourPage, w: Words) -> Markup:
    return w("“{page}” is somebody's own page: only that person can write for it.", page=error.page)


@explain.register
def _shared(_: SharedText, w: Words) -> Markup:
    return w("This text is already meant for another personal page, word for word or nearly. Say it in your own words.")


@explain.register
def _close(_: CloseText, w: Words) -> Markup:
    return w("It is close to another person's text for their own page. Say it in your own words.")


@explain.register
def _own(_: OwnDraft, w: Words) -> Markup:
    return w("This is your own draft: somebody else decides on it.")


@explain.register
def _changed(_: DraftChanged, w: Words) -> Markup:
    return w("The draft has changed since you saw it. Open it again.")


@explain.register
def _decided(error: AlreadyDecided, w: Words) -> Markup:
    if not error.by:
        return w("Somebody else has just decided on it.")
    match error.state:
        case DraftState.APPROVED:
            return w("{name} has already approved it.", name=error.by)
        case DraftState.RETURNED:
            return w("{name} has already asked for changes.", name=error.by)
        case DraftState.REJECTED:
            return w("{name} has already rejected it.", name=error.by)
        case _:
            return w("You have already decided: now it is up to somebody else.")


@explain.register
def _closed(error: DraftClosed, w: Words) -> Markup:
    match error.state:
        case DraftState.APPROVED:
            return w("It is approved and can no longer be changed. Send a new text if you want to say more.")
        case DraftState.REJECTED:
            return w("It was rejected and can no longer be changed. You can send a new text.")
        case DraftState.WITHDRAWN:
            return w("This draft is deleted.")
        case DraftState.SUBMITTED:
            return w("It is being decided on. Take it back first if you want to work on it.")
        case DraftState.RETURNED:
            return w("It was sent back for changes: its author is working on it.")
        case _:
            return w("The author has taken it back.")


@explain.register
def _edit_left_out(error: EditLeftOut, w: Words) -> Markup:
    match error.state:
        case DraftState.APPROVED:
            return w(
                "You have edited a message whose text is approved: what was approved stays as it is. "
                "If it must not go out like that, choose it under /drafts and tap <b>Withdraw</b>."
            )
        case DraftState.REJECTED:
            return w(
                "The text of that message was rejected, so the edit changes nothing. Send the new text as a message."
            )
        case _:
            return w(
                "The edit changes no draft: the one made from that message is deleted or joined with another. "
                "Yours are under /drafts."
            )
