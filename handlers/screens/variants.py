"""A text of its own for one network: the list of networks, one network as it will be read, the question for its text."""

from collections.abc import Mapping

from aiogram.filters.callback_data import CallbackData

from domain.drafts import OPEN_STATES, Draft
from domain.platforms import Platform
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.readings import networks_of, own_networks, previews
from domain.usecases.drafts import Panel
from handlers.screens.base import Content, Row, Screen, button, lines
from handlers.screens.draft_parts import contents, quote, rooms
from handlers.screens.drafts import DraftButton
from texts.names import platform_name
from texts.words import Words


class VariantButton(CallbackData, prefix="v"):
    """`verb`: net, own, master, keep; all: every text, for whoever decides. `network`: a `Platform`."""

    verb: str
    id: int
    version: int
    network: str = ""


def _do(draft: Draft, verb: str, network: Platform) -> VariantButton:
    return VariantButton(verb=verb, id=draft.id, version=draft.version, network=network)


def listing(view: Panel, w: Words) -> Screen:
    """Every network of the chosen pages with its room."""
    draft = view.draft
    text = lines(
        w("<b>Text per network</b>"),
        w("The text of the draft goes everywhere. Where it does not fit, write another one for that network."),
        "\u00a0",
        *rooms(previews(draft, view.pages), w),
        w("✂ has a text of its own") if own_networks(draft, view.pages) else None,
    )
    own = {variant.platform for variant in draft.variants}
    rows: list[Row] = []
    for network in networks_of(view.pages):
        mark = " ✂" if network in own else ""
        rows.append((button(platform_name(network, w) + mark, _do(draft, "net", network)),))
    return Screen(text, (*rows, _to_panel(draft, w)))


def one(view: Panel, network: Platform, w: Words) -> Screen:
    """Below the messages that show what this network gets."""
    draft = view.draft
    name = platform_name(network, w)
    here = [reading for reading in previews(draft, view.pages) if reading.platform is network]
    own = any(reading.own for reading in here)
    text = lines(
        w("⬆ Above: exactly as it will be read on {network}.", network=name),
        *rooms(here, w),
        w("This network has a text of its own. When you change the draft's text, it stays as it is.") if own else None,
    )
    rows: list[Row] = []
    if draft.state in OPEN_STATES:
        write = w.plain("✎ Change this text") if own else w.plain("✎ Own text for {network}", network=name)
        rows.append((button(write, _do(draft, "own", network)),))
        if own:
            rows.append((button(w.plain("↺ Same text as everywhere"), _do(draft, "master", network)),))
    back = button(w.plain("‹ Back"), DraftButton(verb="nets", id=draft.id, version=draft.version))
    return Screen(text, (*rows, (back,)))


def content(
    view: Panel, network: Platform, stored: Mapping[str, StoredMedia], bot_id: int, w: Words
) -> tuple[Content, ...]:
    """What this network gets, imprint included: each reading as messages of its own."""
    here = [reading for reading in previews(view.draft, view.pages) if reading.platform is network]
    media = view.draft.published_media
    if len(here) == 1:
        return contents(here[0].text, media, stored, bot_id)
    parts: list[Content] = []
    for reading in here:
        parts += [Content("⬇ " + w.list(reading.titles)), *contents(reading.text, media, stored, bot_id)]
    return tuple(parts)


def ask(view: Panel, network: Platform, w: Words) -> Screen:
    """The next message is the text for this network."""
    draft = view.draft
    here = [reading for reading in previews(draft, view.pages) if reading.platform is network]
    text = lines(
        w("Send the text for {network}. Files stay those of the draft.", network=platform_name(network, w)),
        *rooms(here, w),
        quote(draft.text_for(network)),
        w("To copy this text, press and hold it."),
    )
    return Screen(text, ((button(w.plain("‹ Back"), _do(draft, "keep", network)),),))


def no_text(draft_id: int, version: int, network: Platform, w: Words) -> Screen:
    """A file or something forwarded came; the text is still awaited."""
    text = w("Only a text in words can be another text for {network}.", network=platform_name(network, w))
    still = w("It is still awaited. Files belong to the draft itself: tap ‹ Back to add them there.")
    back = VariantButton(verb="keep", id=draft_id, version=version, network=network)
    return Screen(lines(text, still), ((button(w.plain("‹ Back"), back),),))


def on_card(sheet: DraftSheet, w: Words) -> tuple[Row, ...]:
    """On the card of whoever decides: one decision is about all of the texts."""
    draft = sheet.draft
    if not own_networks(draft, sheet.pages):
        return ()
    return ((button(w.plain("✂ Show all texts"), VariantButton(verb="all", id=draft.id, version=draft.version)),),)


def _to_panel(draft: Draft, w: Words) -> Row:
    return (button(w.plain("‹ Back"), DraftButton(verb="open", id=draft.id, version=draft.version)),)
