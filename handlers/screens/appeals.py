"""A second opinion: asked for by the author with one tap."""

from domain.usecases.appeals import Appealed
from handlers.screens.base import Screen, button
from handlers.screens.drafts import DraftButton
from texts.words import Words


def appealed(done: Appealed, w: Words) -> Screen:
    """Below the news: who is asked."""
    draft = done.sheet.draft
    text = w("⚖ The same text waits for a second opinion. Asked: {names}.", names=w.list(done.asked))
    return Screen(text, ((button(w.plain("Open the draft"), DraftButton(verb="open", id=draft.id)),),))
