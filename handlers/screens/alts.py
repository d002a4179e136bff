"""Describing pictures: one after the other, each with what is said of it so far."""

from domain.drafts import ALT_LIMIT
from domain.usecases.alts import Picture
from handlers.screens.base import Content, Screen, button, lines
from handlers.screens.draft_parts import contents, quote
from handlers.screens.drafts import DraftButton
from texts.words import Words


def content(picture: Picture, bot_id: int) -> tuple[Content, ...]:
    """The picture alone."""
    return contents("", (picture.file,), picture.stored, bot_id)


def ask(picture: Picture, w: Words, *, every: bool) -> Screen:
    """The next message says what the picture above shows."""
    draft, several = picture.draft, picture.of > 1
    text = lines(
        w("🖼 <b>Picture {n} of {all}</b>", n=picture.n, all=picture.of) if several else w("🖼 <b>The picture</b>"),
        w("What does it show? One or two sentences for people who do not see it."),
        quote(picture.file.alt),
    )
    verb = "alts" if every else "alt"
    back = button(w.plain("‹ Back"), DraftButton(verb="altback", id=draft.id, version=draft.version))
    if picture.n == picture.of:
        return Screen(text, ((back,),))
    on = DraftButton(verb=verb, id=draft.id, version=draft.version, arg=str(picture.n))
    return Screen(text, ((button(w.plain("Skip ›"), on), back),))


def no_words(draft_id: int, version: int, w: Words) -> Screen:
    """A file came, or a text that says nothing; the description is still awaited."""
    text = w("Describe the picture in words, at most {limit} characters.", limit=w.number(ALT_LIMIT))
    back = button(w.plain("‹ Back"), DraftButton(verb="altback", id=draft_id, version=version))
    return Screen(text, ((back,),))
