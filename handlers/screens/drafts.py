"""The author's screens: writing, pages, preview, handing in, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from domain.diff import Piece
from domain.drafts import OPEN_STATES, UNFINISHED_STATES, Decision, Draft, DraftState, Verdict, pictures
from domain.pages import page_key
from domain.ports.drafts import DraftSheet, StoredMedia
from domain.readings import Preview, previews
from domain.timing import is_expired
from domain.usecases.drafts import Panel
from handlers.screens import lanes, nav, rubric_lines, timing_lines
from handlers.screens.base import Content, Row, Screen, button, grid, label, lines
from handlers.screens.desk_talk import all_comments, appeal_row, comment_line, do
from handlers.screens.draft_parts import (
    PAGES_NAMED,
    attached,
    close_to_another,
    excerpt,
    files,
    imprints,
    left_out,
    origin,
    own_texts,
    quote,
    readings,
    rooms,
    title,
    undescribed,
    verdict_of,
    where,
    why,
)
from handlers.screens.edits import what_changed
from handlers.screens.imprint_lines import without
from handlers.screens.lessons import lesson
from handlers.screens.my_drafts_button import story_button
from texts.words import Words

PAGES_SHOWN = 8


class DraftButton(CallbackData, prefix="d"):
    """`arg`: a page's key, the first page shown, another draft's id."""

    verb: str
    id: int = 0
    version: int = 0
    arg: str = ""


def _do(draft: Draft, verb: str, arg: str = "") -> DraftButton:
    return DraftButton(verb=verb, id=draft.id, version=draft.version, arg=arg)


# --- asking ----------------------------------------------------------------------------------------------------------


def ask(w: Words) -> Screen:
    """/draft: the next message becomes a draft."""
    text = w("Send the text of the post: with a photo, an album, a video or a voice message, or forward one.")
    return Screen(text, (nav.cancel(w),))


def ask_new_text(draft: Draft, w: Words) -> Screen:
    """Changing: the next message replaces the text."""
    text = lines(
        w("Send the new text. Files you send join those already there."),
        quote(draft.text),
        w("To copy the old text, press and hold it."),
    )
    return Screen(text, ((button(w.plain("‹ Back"), _do(draft, "back")),),))


def unfinished(draft: Draft, w: Words) -> Screen:
    """/draft while there is one that waits for its author."""
    go_on = button(w.plain("Go on with it"), _do(draft, "open"))
    new = button(w.plain("Write a new one"), DraftButton(verb="new"))
    text = lines(w("You have an unfinished draft:"), quote(draft.text, 300) or title(draft, w))
    return Screen(text, ((go_on,), (new,), nav.home(w)))


def confirm_delete(draft: Draft, w: Words) -> Screen:
    yes = button(w.plain("Yes, delete"), _do(draft, "delete!"))
    back = button(w.plain("‹ Back"), _do(draft, "open"))
    return Screen(lines(w("Delete this draft?"), quote(draft.text, 300) or title(draft, w)), ((yes, back),))


def confirm_close(draft: Draft, w: Words) -> Screen:
    """Handing in what is close to another person's text."""
    text = lines(
        close_to_another(w),
        w("Say it in your own words, or hand it in as it is: the press secretary will see this note."),
        quote(draft.text),
    )
    own = button(w.plain("Say it in my own words"), _do(draft, "text"))
    as_it_is = button(w.plain("Hand it in as it is"), _do(draft, "submit!"))
    return Screen(text, ((own,), (as_it_is,), (button(w.plain("‹ Back"), _do(draft, "open")),)))


# --- the panel -------------------------------------------------------------------------------------------------------


def panel(
    view: Panel,
    zone: str,
    now: datetime,
    w: Words,
    first: int = 0,
    *,
    previewed: bool = False,
    note: Markup | None = None,
) -> Screen:
    """A draft before its author. `first`: the first of the pages to choose from that is shown; `note`: what just happened."""
    draft = view.draft
    targets = _targets(view, previews(draft, view.pages), w)
    text = lines(
        *_standing(view, zone, now, w),
        w("⬆ Above: exactly as it will be read.") if previewed else quote(draft.text),
        note,
        own_texts(draft, view.pages, w),
        *timing_lines.ends(draft, zone, now, w),
        rubric_lines.on_panel(view, w),
        left_out(view.left_out, w),
        *attached(draft, w),
        undescribed(draft, w),
        origin(draft, w),
        close_to_another(w) if view.close else None,
        w("✎ An approver has changed the wording.") if draft.edited_by is not None else None,
        *(comment_line(comment, draft, zone, now, w) for comment in view.talk.last),
        "\u00a0" if targets else None,
        *targets,
        *lanes.on_panel(view, w),
        w("\n<b>You also have an unfinished draft:</b> {title}\nDoes this belong to it?", title=title(view.other, w))
        if view.other
        else None,
    )
    return Screen(text, (*_join(view, w), *_toggles(view, first, w), *_verbs(view, w)))


def _standing(view: Panel, zone: str, now: datetime, w: Words) -> list[Markup]:
    draft = view.draft
    match draft.state:
        case DraftState.WRITING:
            return [w("<b>Draft</b>, not submitted yet")]
        case DraftState.SUBMITTED:
            at = w.moment(draft.submitted_at or draft.updated_at, zone, now)
            by = w.moment(draft.decide_by or now, zone, now)
            shown = [w("⏳ <b>Submitted</b>, {time}", time=at), _deciders(view, by, w)]
            return shown + [verdict_of(d, d.approver_name, w.moment(d.at, zone, now), w) for d in view.decisions]
        case DraftState.WITHDRAWN:
            return [w("🗑 <b>Deleted</b>")]
        case _:
            return _outcome(view.decisions, zone, now, w)


def _deciders(view: Panel, by: str, w: Words) -> Markup:
    if not view.deciders:
        return w("There is nobody yet who could decide: headquarters must name a press secretary.")
    names = list(view.deciders[:3])
    if len(names) == 1:
        return w("{name} decides by {time}", name=names[0], time=by)
    if len(view.deciders) > 3:
        names.append(w.plain("others"))
    return w("{names} decide by {time}", names=w.list(names), time=by)


def _outcome(decisions: Sequence[Decision], zone: str, now: datetime, w: Words) -> list[Markup]:
    shown = []
    for decision in decisions[-2:]:
        shown.append(verdict_of(decision, decision.approver_name, w.moment(decision.at, zone, now), w))
        reason = why(decision, w)
        shown += [reason] if reason else []
    return shown


def _targets(view: Panel, readings: Sequence[Preview], w: Words) -> list[Markup]:
    if view.draft.state in UNFINISHED_STATES and not view.choice:
        return [w("There is no page yet that you may write for. Ask your coordinator.")]
    if not view.pages:
        chooses = view.draft.state in UNFINISHED_STATES
        return [w("<b>Where should it be published?</b> Choose the pages.")] if chooses else []
    named = where(view.pages, w)
    if view.draft.state not in OPEN_STATES:
        return [named]
    unlined = without(view.pages, w)
    return [named, *rooms(readings, w), *imprints(readings, w), *([unlined] if unlined else [])]


def _join(view: Panel, w: Words) -> tuple[Row, ...]:
    if view.other is None:
        return ()
    add = button(w.plain("Add to that draft"), _do(view.draft, "join", str(view.other.id)))
    return ((add, button(w.plain("It is a new one"), _do(view.draft, "open"))),)


def _toggles(view: Panel, first: int, w: Words) -> tuple[Row, ...]:
    if view.draft.state not in UNFINISHED_STATES:
        return ()
    chosen = {page.code for page in view.pages}
    shown = view.choice[first : first + PAGES_SHOWN]
    toggles = [
        button(
            label(("☑ " if page.code in chosen else "☐ ") + page.title), _do(view.draft, "page", page_key(page.code))
        )
        for page in shown
    ]
    pager = []
    if first > 0:
        pager.append(button("‹", _do(view.draft, "pages", str(max(0, first - PAGES_SHOWN)))))
    if first + PAGES_SHOWN < len(view.choice):
        left = len(view.choice) - first - PAGES_SHOWN
        more = w.plain("{n} more ›", n=left)
        pager.append(button(more, _do(view.draft, "pages", str(first + PAGES_SHOWN))))
    return (*grid(toggles, 1 if len(shown) <= 4 else 2), *([tuple(pager)] if pager else []))


def _verbs(view: Panel, w: Words) -> tuple[Row, ...]:
    draft = view.draft
    change = button(w.plain("Change text"), _do(draft, "text"))
    match draft.state:
        case DraftState.WRITING | DraftState.RETURNED:
            hand_in = w.plain("Submit ›") if draft.state is DraftState.WRITING else w.plain("Submit again ›")
            return (
                (button(w.plain("Preview"), _do(draft, "preview")), change),
                *_details(view, w),
                (timing_lines.when_button(draft, w), *rubric_lines.panel_row(view, w)),
                *_alone(_history(view, w)),
                *lanes.panel_rows(view, w),
                (button(hand_in, _do(draft, "submit")),),
                (button(w.plain("Delete"), _do(draft, "delete")), *nav.home(w)),
            )
        case DraftState.SUBMITTED:
            preview = button(w.plain("Preview"), _do(draft, "preview"))
            return (
                (preview, change),
                *_details(view, w),
                *lanes.panel_rows(view, w),
                _talk(view, w),
                *_alone(_history(view, w)),
                (button(w.plain("Take back"), _do(draft, "take")), *nav.home(w)),
            )
        case _:
            mine = (button(w.plain("My drafts"), DraftButton(verb="list")), *nav.home(w))
            return (*_alone(_history(view, w)), mine)


def _alone(row: Row) -> tuple[Row, ...]:
    return (row,) if row else ()


def _history(view: Panel, w: Words) -> Row:
    """Once it has been handed in there is something to tell."""
    draft = view.draft
    told = draft.submitted_at is not None and draft.state is not DraftState.WITHDRAWN
    return (story_button(draft, w),) if told else ()


def _talk(view: Panel, w: Words) -> Row:
    """While others decide on it."""
    comment = button(w.plain("💬 Comment"), do(view.draft, "ask"))
    return (comment, *all_comments(view.draft, view.talk.total, w))


def _details(view: Panel, w: Words) -> tuple[Row, ...]:
    """Texts per network, descriptions of pictures: where there is something of the kind."""
    draft, row = view.draft, []
    if view.pages:
        row.append(button(w.plain("✂ Text per network"), _do(draft, "nets")))
    shown = pictures(draft)
    if shown and all(file.alt for file in shown):
        row.append(button(w.plain("🖼 Descriptions"), _do(draft, "alts")))
    elif shown:
        row.append(button(w.plain("🖼 Describe picture"), _do(draft, "alt")))
    return (tuple(row),) if row else ()


def reading(view: Panel, stored: Mapping[str, StoredMedia], bot_id: int, w: Words) -> tuple[Content, ...]:
    """What will stand on the chosen pages, as messages."""
    return readings(view.draft, view.pages, stored, bot_id, w)


def link_note(w: Words, *, could_read: bool) -> Markup:
    """On the panel of a draft that was made from a bare link."""
    if could_read:
        return w("🔗 This is what the page says about itself: change it into what you want to say.")
    return w("🔗 I could not read that page, so only the link is here: write what you want to say about it.")


# --- news --------------------------------------------------------------------------------------------------


def not_joined_toast(w: Words) -> str:
    """The other draft was handed in or deleted since it was offered."""
    return w.plain("Not added: one of the two drafts is no longer open. Both stay as they are.")


def stale_toast(w: Words) -> str:
    return w.plain("The draft has changed since. This is how it stands now.")


def news(
    sheet: DraftSheet,
    decision: Decision,
    now: datetime,
    w: Words,
    *,
    changes: Sequence[Piece] = (),
    appealable: bool = False,
) -> Screen:
    """To the author: what was decided, by whom, why, what the reason teaches, and what comes next.

    `changes`: what the approver changed first. `appealable`: somebody else can be asked.
    """
    draft, zone = sheet.draft, sheet.author_zone
    text = lines(
        verdict_of(decision, decision.approver_name, w.moment(decision.at, zone, now), w),
        why(decision, w),
        *lesson(decision.reason, w),
        Markup("<blockquote>{}</blockquote>").format(excerpt(draft.text, 200)) if draft.text else files(draft.media, w),
        *what_changed(draft, changes, w),
        _next_step(sheet, decision, now, w),
    )
    mine = button(w.plain("My drafts"), DraftButton(verb="list"))
    second = appeal_row(decision, w) if appealable else ()
    if decision.verdict is Verdict.RETURN:
        comment = button(w.plain("💬 Comment"), do(draft, "reply"))
        return Screen(text, ((button(w.plain("✎ Fix now"), _do(draft, "fix")),), *second, (comment, mine)))
    return Screen(text, (*second, (mine,)))


def _next_step(sheet: DraftSheet, decision: Decision, now: datetime, w: Words) -> Markup | None:
    """What has an end is promised no place: the plan may have none before it."""
    until = sheet.draft.expires_at
    if decision.verdict is not Verdict.APPROVE or is_expired(sheet.draft, now):
        return None
    few = len(sheet.pages) <= PAGES_NAMED
    pages = w.list(page.title for page in sheet.pages) if few else w.n("{n} page", "{n} pages", len(sheet.pages))
    if until is None:
        return w("It goes into the plan: {pages}.", pages=pages)
    when = w.moment(until, sheet.author_zone, now)
    return w("It goes into the plan if there is a place before {when}: {pages}.", when=when, pages=pages)
