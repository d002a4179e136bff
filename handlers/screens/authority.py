"""Page authority: what is written, recording it step by step, and what the page's owner sees."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.authority import SCOPE_LIMIT, Authority, Step
from domain.pages import Page, page_key
from domain.ports.drafts import StoredMedia
from domain.usecases.authority import AuthorityView, OwnerOffer
from handlers.screens import nav
from handlers.screens.base import Content, MediaFile, Row, Screen, button, lines, paragraphs
from texts.words import Words, Zone, mark

EXCERPT = 600
STEPS: dict[Step, str] = {
    Step.OWNER: mark("Step 1 of 4. Whose page is it? Write the owner's name."),
    Step.DOCUMENT: mark(
        "Step 2 of 4. Send a photo or a file of the written authority, or write its number and date: No 12 of 01.09.2026"
    ),
    Step.SCOPE: mark("Step 3 of 4. Which posts does it allow? Write it in up to {limit} characters."),
    Step.DATES: mark("Step 4 of 4. Until when? Write the last day, 31.10.2026, or both days: 01.09.2026 – 31.10.2026"),
}


class AuthorityButton(CallbackData, prefix="pa"):
    """`verb`: open, new, doc, record, revoke, link, agree, no, stop. `key`: a page's, or the code of an owner's link."""

    verb: str
    key: str = ""
    id: int = 0
    version: int = 0


def card_line(page: Page, now: datetime, w: Words) -> Markup:
    """On the page's own card."""
    if page.may_publish_on(page.local_day(now)) and page.authority_until is not None:
        return w("Written authority: until {day}", day=w.full_day(page.authority_until))
    return w("⚠ No written authority of its owner: nothing is published here")


def _facts(one: Authority, by: str, w: Words) -> Markup:
    document = w.plain("a file, stored") if one.document else ""
    said = " · ".join(part for part in (document, one.reference) if part)
    return lines(
        w("Owner: {name}", name=one.owner_name),
        w("Document: {document}", document=said) if said else None,
        w("It allows: {scope}", scope=one.scope) if one.scope else None,
        w("From {first} until {last}", first=w.full_day(one.valid_from), last=w.full_day(one.expires))
        if one.valid_from and one.expires
        else None,
        w("Recorded by {name}", name=by) if by else None,
    )


def see(view: AuthorityView, w: Words) -> Screen:
    """The authority of a page, and what can be done."""
    key, one = page_key(view.page.code), view.current
    head = w("<b>Written authority</b>: {page}", page=view.page.title)
    rows: list[Row] = []
    parts: list[Markup | None] = [head]
    if one is None:
        parts.append(w("There is none: nothing is planned, shown or sent for this page."))
    else:
        parts.append(_facts(one, view.by, w))
        if not view.page.may_publish_on(view.today):
            parts.append(w("⚠ It does not hold today: nothing is planned, shown or sent for this page."))
        linked = w("✓ The owner hears of every post beforehand and can stop it.")
        parts.append(linked if one.owner_id else w("The owner is not in the bot: they do not hear of posts."))
    names = w("May post: {names}", names=w.list(view.editors))
    parts.append(names if view.editors else w("⚠ Nobody may post there yet: choose people under “Who posts”."))
    new = w.plain("Replace it") if one else w.plain("Record it")
    rows.append((button(new, AuthorityButton(verb="new", key=key)),))
    if one is not None:
        at = {"id": one.id, "version": one.version}
        if one.document:
            rows.append((button(w.plain("Show the document"), AuthorityButton(verb="doc", id=one.id)),))
        link = w.plain("A link for the owner")
        rows.append((button(link, AuthorityButton(verb="link", id=one.id)),))
        rows.append((button(w.plain("Revoke: nothing more goes out"), AuthorityButton(verb="revoke", **at)),))
    return Screen(paragraphs(*parts), (*rows, nav.home(w)))


def document(file: StoredMedia, bot_id: int) -> Content:
    """The photo or file of the document as it was sent."""
    known = file.file_id if file.bot_id == bot_id else None
    return Content("", (MediaFile(file.sha256, file.kind, known, file.name),))


def step(view: AuthorityView, w: Words) -> Screen:
    """What is asked next; at the end everything, and the tap that records it."""
    one = view.writing
    if one is None:
        return see(view, w)
    head = w("<b>Written authority</b>: {page}", page=view.page.title)
    facts = _facts(one, "", w) if one.owner_name else None
    if one.step is not Step.DONE:
        ask = w(STEPS[one.step], limit=SCOPE_LIMIT)  # texts: dynamic
        return Screen(paragraphs(head, facts, ask), (nav.cancel(w),))
    ask = w("Is everything right? From then on texts for this page can be handed in and planned, on these days only.")
    yes = button(w.plain("Yes, record it"), AuthorityButton(verb="record", id=one.id))
    again = button(w.plain("Begin again"), AuthorityButton(verb="new", key=page_key(view.page.code)))
    return Screen(paragraphs(head, facts, ask), ((yes,), (again,), nav.home(w)))


def link(view: AuthorityView, url: str, w: Words) -> Screen:
    """The link to be passed on."""
    text = paragraphs(
        w("Pass this link on to the owner of <b>{page}</b>, to nobody else:", page=view.page.title),
        url,
        w("It works once. An earlier link no longer does."),
    )
    back = button(w.plain("‹ Back"), AuthorityButton(verb="open", key=page_key(view.page.code)))
    return Screen(text, ((back,),))


# -- what the owner sees ----------------------------------------------------------------------------------------------


def offer(found: OwnerOffer, code: str, w: Words) -> Screen:
    """Before consent nothing is stored."""
    text = paragraphs(
        w("You are named as the owner of <b>{page}</b>. A campaign team posts there with your written authority.",
          page=found.page.title),
        _facts(found.authority, "", w),
        w("If you agree, I write to you before every post, and you can stop it with one tap. For that I store your name "
          "and your Telegram account; /privacy says what is kept and how to have it erased."),
    )  # fmt: skip
    yes = button(w.plain("Yes, write to me"), AuthorityButton(verb="agree", key=code))
    return Screen(text, ((yes,), (button(w.plain("No, thank you"), AuthorityButton(verb="no")),)))


def agreed(found: OwnerOffer, w: Words) -> Screen:
    text = w("Thank you. Before every post on <b>{page}</b> you hear from me.", page=found.page.title)
    return Screen(text)


def declined(w: Words) -> Screen:
    return Screen(w("All right, nothing is stored. The link stays good, should you change your mind."))


def posting(page: Page, text: str, at: datetime, stop: tuple[int, int], w: Words, zone: Zone, now: datetime) -> Screen:
    """To the owner, before a post. `stop`: slot and draft."""
    shown = text if len(text) <= EXCERPT else text[:EXCERPT].rstrip() + "…"
    head = w("Posting at {time} on <b>{page}</b>:", time=w.moment(at, zone, now), page=page.title)
    row = (button(w.plain("⛔ Stop"), AuthorityButton(verb="stop", id=stop[0], version=stop[1])),)
    return Screen(paragraphs(head, shown), (row,))


def stopped(page: Page, w: Words) -> Screen:
    """To the owner, after [Stop]."""
    return Screen(w("⛔ Stopped: it will not appear on <b>{page}</b>. The team has been told.", page=page.title))


# -- what the staff is told -------------------------------------------------------------------------------------------


def told_stopped(page: Page, text: str, w: Words) -> Screen:
    """To the press secretary: the owner's [Stop]."""
    head = w("⛔ The owner of <b>{page}</b> has stopped a post. It is not planned there again.", page=page.title)
    return Screen(paragraphs(head, text[:EXCERPT]))


def told_revoked(page: Page, w: Words) -> Screen:
    """To keeper and press secretaries."""
    return Screen(
        w("⛔ The authority for <b>{page}</b> was revoked: nothing more is published there.", page=page.title)
    )


def ending(page: Page, one: Authority, days: int, w: Words) -> Screen:
    """Fourteen, seven days and one before its end."""
    until = w.full_day(one.expires) if one.expires else ""
    text = lines(
        w.n(
            "⚠ The written authority for <b>{page}</b> ends in {n} day ({day}).",
            "⚠ The written authority for <b>{page}</b> ends in {n} days ({day}).",
            max(days, 0),
            page=page.title,
            day=until,
        ),
        w("After that nothing is published there until a new one is recorded: /pages"),
    )
    return Screen(text)
