"""/drafts: the list by state, what a search found, one draft with its story and versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.drafts import OPEN_STATES, Decision, Draft, DraftState
from domain.my_drafts import DraftVersion, Publication
from domain.ports.drafts import StoredMedia
from domain.record import Kind
from domain.usecases.my_drafts import Found, Listing, OldVersion, Story
from handlers.screens import nav, timing_lines
from handlers.screens.base import Content, Row, Screen, button, grid, label, lines
from handlers.screens.changes import fits, marked
from handlers.screens.desk_talk import appeal_row
from handlers.screens.draft_parts import ICONS, contents, files, quote, title, verdict_of, where, why
from handlers.screens.drafts import DraftButton
from handlers.screens.journal_button import journal_button
from handlers.screens.keyboards import pager
from handlers.screens.my_drafts_button import MyButton
from texts.words import Words

_STATES = (
    *(DraftState.WRITING, DraftState.RETURNED, DraftState.SUBMITTED),
    *(DraftState.APPROVED, DraftState.REJECTED),
)
SHOWN_DECISIONS, SHOWN_LINKS = 3, 8
TEXT_LIMIT = 1000
"""Characters of a version's text beside its changes; the rest is one tap away."""


# --- the list --------------------------------------------------------------------------------------------------------


def listing(view: Listing, w: Words, line: Markup | None = None) -> Screen:
    """Newest first, by state with counts. `line`: what has just happened."""
    if not sum(view.counts.values()):
        new = button(w.plain("Write a new one"), DraftButton(verb="new"))
        nothing = w("You have no drafts yet. Just send me a text, or tap below.")
        return Screen(lines(line, nothing), ((new,), nav.home(w)))
    legend = w("✎ yours to finish, ↩ changes wanted\n⏳ being decided, ✓ approved, ✕ rejected")
    here = "" if view.state is None else view.state.value
    turning = pager(view.page, view.pages, lambda to: MyButton(verb="list", arg=here, page=to))
    search = button(w.plain("🔎 Search"), MyButton(verb="search"))
    rows = (*_filters(view, w), *_rows(view.drafts, w), *turning, (search, *nav.home(w)))
    return Screen(lines(line, w("<b>My drafts</b>"), legend), rows)


def _filters(view: Listing, w: Words) -> tuple[Row, ...]:
    """Nothing to choose while all are in one state."""
    there = [state for state in _STATES if view.counts.get(state)]
    if len(there) < 2 and view.state is None:
        return ()
    every = w.plain("All: {n}", n=sum(view.counts.values()))
    choice: list[tuple[DraftState | None, str]] = [(None, every)]
    choice += [(state, f"{ICONS[state]} {view.counts[state]}") for state in there]
    shown = [
        button(f"• {name}" if state is view.state else name, MyButton(verb="list", arg=state.value if state else ""))
        for state, name in choice
    ]
    return grid(shown, 3)


def _rows(drafts: Sequence[Draft], w: Words) -> tuple[Row, ...]:
    return tuple((_open(draft, label(f"{ICONS[draft.state]} {title(draft, w)}")),) for draft in drafts)


def _open(draft: Draft, name: str) -> InlineKeyboardButton:
    """What can still be changed opens its panel, the rest its story."""
    if draft.state in OPEN_STATES:
        return button(name, DraftButton(verb="open", id=draft.id, version=draft.version))
    return button(name, _do(draft, "story"))


def _do(draft: Draft, verb: str, page: int = 0) -> MyButton:
    return MyButton(verb=verb, id=draft.id, version=draft.version, page=page)


def ask_words(w: Words) -> Screen:
    """[Search] was tapped."""
    return Screen(w("Which words shall I look for? They may stand in any order."), (_back(w),))


def no_words(w: Words) -> Screen:
    """A file came; words are still awaited."""
    return Screen(w("Write one or two words from the text, and I will look for them."), (_back(w),))


def found(view: Found, w: Words) -> Screen:
    """What the search found."""
    again = button(w.plain("🔎 Search"), MyButton(verb="search"))
    words = view.words[:60]
    if not view.drafts:
        return Screen(w("None of your drafts has “{words}” in it.", words=words), ((again, *_back(w)),))
    head = w.n("{n} draft with “{words}”", "{n} drafts with “{words}”", view.many, words=words)
    more = w("The newest are shown. More words find fewer.") if view.many > len(view.drafts) else None
    return Screen(lines(head, more), (*_rows(view.drafts, w), (again, *_back(w))))


def _back(w: Words) -> Row:
    return (button(w.plain("‹ My drafts"), MyButton(verb="list")),)


# --- one draft -------------------------------------------------------------------------------------------------------


def story(view: Story, zone: str, now: datetime, w: Words) -> Screen:
    """State, decisions with their reasons, publications with links, and what can be done."""
    draft = view.sheet.draft
    text = lines(
        _standing(draft, w),
        quote(draft.text, 600),
        files(draft.media, w),
        *timing_lines.ends(draft, zone, now, w),
        where(view.sheet.pages, w) if view.sheet.pages else None,
        *_decided(view.decisions, draft, zone, now, w),
        *_published(view.publications, zone, now, w),
    )
    return Screen(text, _story_rows(view, w))


def _standing(draft: Draft, w: Words) -> Markup:
    match draft.state:
        case DraftState.WRITING:
            return w("✎ <b>Not submitted yet</b>")
        case DraftState.SUBMITTED:
            return w("⏳ <b>Being decided</b>")
        case DraftState.APPROVED:
            return w("✓ <b>Approved</b>")
        case DraftState.RETURNED:
            return w("↩ <b>Changes are wanted</b>")
        case DraftState.REJECTED:
            return w("✕ <b>Rejected</b>")
        case DraftState.WITHDRAWN:
            return w("🗑 <b>Withdrawn</b>")


def _decided(decisions: Sequence[Decision], draft: Draft, zone: str, now: datetime, w: Words) -> list[Markup | None]:
    shown: list[Markup | None] = []
    for one in decisions[-SHOWN_DECISIONS:]:
        said = verdict_of(one, one.approver_name, w.moment(one.at, zone, now), w)
        older = one.version != draft.version
        shown.append(w("{decision} (version {n})", decision=said, n=one.version) if older else said)
        shown.append(why(one, w))
    return shown


def _published(links: Sequence[Publication], zone: str, now: datetime, w: Words) -> list[Markup]:
    shown = [
        Markup('🔗 <a href="{}">{}</a>, {}').format(one.url, label(one.page), w.moment(one.at, zone, now))
        for one in links[:SHOWN_LINKS]
    ]
    if len(links) > SHOWN_LINKS:
        left = len(links) - SHOWN_LINKS
        shown.append(w.n("and {n} more publication", "and {n} more publications", left))
    return [w("<b>Published:</b>"), *shown] if shown else []


def _story_rows(view: Story, w: Words) -> tuple[Row, ...]:
    draft = view.sheet.draft
    rows: list[Row] = []
    if draft.state in OPEN_STATES:
        rows.append((button(w.plain("Open the draft"), DraftButton(verb="open", id=draft.id, version=draft.version)),))
    if view.appealable:
        rows += appeal_row(view.decisions[-1], w)
    versions = len(view.versions)
    newest = _do(draft, "version", max((one.version for one in view.versions), default=1))
    copy = button(w.plain("⧉ Copy as new"), _do(draft, "copy"))
    rows.append((copy, button(w.plain("Versions: {n}", n=versions), newest)) if versions > 1 else (copy,))
    if view.may_withdraw:
        rows.append((button(w.plain("Withdraw"), _do(draft, "withdraw")),))
    rows.append((journal_button(Kind.DRAFT, draft.id, w),))
    return (*rows, (*_back(w), *nav.home(w)))


def confirm_withdraw(draft: Draft, w: Words) -> Screen:
    """[Withdraw] was tapped."""
    if draft.state is DraftState.APPROVED:
        what = w("Withdraw this approved text? It leaves the plan, and whoever was to post it is told.")
    else:
        what = w("Withdraw this text? Nobody is asked to decide on it any more.")
    yes = button(w.plain("Yes, withdraw"), _do(draft, "withdraw!"))
    back = button(w.plain("‹ Back"), _do(draft, "story"))
    return Screen(lines(what, quote(draft.text, 300) or title(draft, w)), ((yes, back),))


def withdrawn_line(w: Words) -> Markup:
    return w("🗑 Withdrawn.")


def copied(w: Words) -> Markup:
    """On the panel of a copy."""
    return w("⧉ This is a copy. Change it as you like; the old one stays as it is.")


# --- versions --------------------------------------------------------------------------------------------------------


def version(old: OldVersion, zone: str, now: datetime, w: Words) -> Screen:
    """One version, and what the next one changed."""
    draft, about, following = old.draft, old.about, old.following
    head = w("<b>Version {n} of {all}</b>, {time}", n=draft.version, all=old.last, time=w.moment(about.at, zone, now))
    text = lines(
        head,
        w("✎ Worded by {name}", name=about.edited_by) if about.edited_by else None,
        quote(draft.text, TEXT_LIMIT) or files(draft.media, w),
        *([] if following is None else _next(old, following, zone, now, w)),
    )
    turn = []
    if draft.version > 1:
        turn.append(button(w.plain("‹ Version {n}", n=draft.version - 1), _do(draft, "version", draft.version - 1)))
    if following is not None:
        turn.append(button(w.plain("Version {n} ›", n=following.version), _do(draft, "version", following.version)))
    whole = (button(w.plain("Show it in full"), _do(draft, "whole", draft.version)),)
    needed = len(draft.text) > TEXT_LIMIT or bool(draft.media)
    back = (button(w.plain("‹ Back"), _do(draft, "story")),)
    return Screen(text, (*((tuple(turn),) if turn else ()), *((whole,) if needed else ()), back))


def _next(old: OldVersion, following: DraftVersion, zone: str, now: datetime, w: Words) -> list[Markup]:
    time = w.moment(following.at, zone, now)
    shown = [w("\nWhat version {n} changed, {time}:", n=following.version, time=time)]
    if following.edited_by:
        shown.append(w("✎ Worded by {name}", name=following.edited_by))
    if any(piece.change.value != "same" for piece in old.changes):
        shown.append(marked(old.changes) if fits(old.changes) else w("A lot: open it to read it."))
    elif not old.media_changed:
        shown.append(w("Nothing in the text or its files."))
    if old.media_changed:
        shown.append(w("📎 Other files"))
    return shown


def whole(old: OldVersion, stored: Mapping[str, StoredMedia], bot_id: int) -> tuple[Content, ...]:
    """A version in full with its files."""
    return contents(old.draft.text, old.draft.media, stored, bot_id)
