"""What the author's and the approver's screens of a draft have in common."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from domain.drafts import UNFINISHED_STATES, Decision, Draft, DraftState, MediaRef, Verdict, is_link, pictures
from domain.pages import Page
from domain.platforms import Platform
from domain.ports.drafts import StoredMedia
from domain.readings import Preview, own_networks, previews
from handlers.screens.base import Content, MediaFile
from texts.media_faults import media_fault
from texts.names import platform_name, reason_name
from texts.words import Words

ICONS: dict[DraftState, str] = {
    DraftState.WRITING: "✎",
    DraftState.SUBMITTED: "⏳",
    DraftState.APPROVED: "✓",
    DraftState.RETURNED: "↩",
    DraftState.REJECTED: "✕",
    DraftState.WITHDRAWN: "🗑",
}
PAGES_NAMED = 8
"""Pages that a sentence may name."""
ALBUM_LIMIT = 10
"""Bot API, sendMediaGroup."""


def excerpt(text: str, limit: int) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def title(draft: Draft, w: Words, limit: int = 40) -> str:
    """How a draft is called in lists: by its beginning, or by its files."""
    return excerpt(draft.text, limit) or files(draft.media, w) or w.plain("empty")


def files(media: tuple[MediaRef, ...], w: Words) -> str:
    """What is attached: "📎 3 files"; empty for nothing."""
    return "📎 " + w.plain_n("{n} file", "{n} files", len(media)) if media else ""


def quote(text: str, limit: int = 1500) -> Markup | None:
    """A text as a quotation that folds when it is long; cut when it would fill the screen."""
    if not text.strip():
        return None
    shown = text if len(text) <= limit else text[:limit].rstrip() + " …"
    if len(shown) <= 500:
        return Markup("<blockquote>{}</blockquote>").format(shown)
    return Markup("<blockquote expandable>{}</blockquote>").format(shown)


def where(pages: Sequence[Page], w: Words) -> Markup:
    """Every page a text is for; a list that would fill the screen is folded."""
    titles = w.list(page.title for page in pages)
    if len(pages) <= PAGES_NAMED:
        return w("<b>For:</b> {pages}", pages=titles)
    count = w.n("{n} page", "{n} pages", len(pages))
    folded = Markup("<blockquote expandable>{}</blockquote>").format(titles)
    return w("<b>For:</b> {pages}", pages=count) + folded


def rooms(previews: Iterable[Preview], w: Words) -> list[Markup]:
    """How much of each network's room is used, what does not fit first and plainly."""
    found: list[Markup] = []
    for preview in previews:
        room, name = preview.measure, platform_name(preview.platform, w)
        used, limit = w.number(room.used), w.number(room.limit)
        if room.used > room.limit:
            over = w.number(-room.left)
            line = w(
                "✗ {network}: {used} of {limit} characters, {over} too many",
                network=name,
                used=used,
                limit=limit,
                over=over,
            )
            found.insert(0, line)
        elif preview.fault is not None:
            found.insert(0, Markup("✗ {}").format(media_fault(preview.platform, preview.fault, w)))
        else:
            line = w("✓ {network}: {used} of {limit}", network=name, used=used, limit=limit)
            found.append(Markup("{} ✂").format(line) if preview.own else line)
    return list(dict.fromkeys(found))


def imprints(previews: Iterable[Preview], w: Words) -> list[Markup]:
    """Which lines the pages add at the end."""
    return [
        w("Added at the end: <i>{line}</i>", line=line) for line in dict.fromkeys(p.imprint for p in previews) if line
    ]


def attached(draft: Draft, w: Words) -> list[str | Markup | None]:
    """Its files: what is published, what is only for whoever decides, how many pictures are described."""
    shown = pictures(draft)
    described = sum(bool(file.alt) for file in shown)
    return [
        files(draft.published_media, w),
        w.n(
            "🗂 {n} file is material: it is not published",
            "🗂 {n} files are material: they are not published",
            len(draft.material),
        )
        if draft.material
        else None,
        w("🖼 Described: {n} of {all}", n=described, all=len(shown)) if described else None,
    ]


def origin(draft: Draft, w: Words) -> Markup | None:
    """Whose text or page it is about, when it did not begin with own words."""
    if not draft.source:
        return None
    if is_link(draft.source, draft.text):
        return w("From a link: {source}", source=draft.source)
    return w("Forwarded from: {source}", source=draft.source)


def own_texts(draft: Draft, pages: Iterable[Page], w: Words) -> Markup | None:
    """Which networks of these pages have a text of their own."""
    own = own_networks(draft, pages)
    return w("✂ Own text for: {networks}", networks=w.list(platform_name(one, w) for one in own)) if own else None


def left_out(networks: Sequence[Platform], w: Words) -> Markup | None:
    """Whose own text did not come along when another draft was added."""
    if not networks:
        return None
    names = w.list(platform_name(network, w) for network in networks)
    return w("The own text for {networks} of what you added is left out.", networks=names)


def undescribed(draft: Draft, w: Words) -> Markup | None:
    """While it is the author's turn: how many pictures nobody has described."""
    missing = sum(not file.alt for file in pictures(draft))
    if not missing or draft.state not in UNFINISHED_STATES:
        return None
    return w.n(
        "🖼 {n} picture has no description for people who do not see it",
        "🖼 {n} pictures have no description for people who do not see them",
        missing,
    )


def close_to_another(w: Words) -> Markup:
    """Whose text it is stays unsaid, to its author as to the approver."""
    return w("⚠ <b>Close to another person's text</b> for their own page")


def why(decision: Decision, w: Words) -> Markup | None:
    """The reason and the line of a decision."""
    if decision.reason is None:
        return None
    reason = reason_name(decision.reason, w)
    if decision.note:
        return w("<b>{reason}</b>: {note}", reason=reason, note=decision.note)
    return w("<b>{reason}</b>", reason=reason)


def verdict_of(decision: Decision, by: str | None, time: str, w: Words) -> Markup:
    """Who decided what, when; `by` None: the reader."""
    match decision.verdict, by:
        case Verdict.APPROVE, None:
            return w("✓ Approved by you, {time}", time=time)
        case Verdict.APPROVE, _:
            return w("✓ Approved by {name}, {time}", name=by, time=time)
        case Verdict.RETURN, None:
            return w("↩ You asked for changes, {time}", time=time)
        case Verdict.RETURN, _:
            return w("↩ {name} asked for changes, {time}", name=by, time=time)
        case _, None:
            return w("✕ Rejected by you, {time}", time=time)
        case _:
            return w("✕ Rejected by {name}, {time}", name=by, time=time)


def descriptions(media: Iterable[MediaRef], w: Words) -> tuple[Content, ...]:
    """What the pictures show, as one message to copy from; nothing when no picture is described."""
    shown = [file for file in media if file.kind == "photo"]
    described = [(n, file.alt) for n, file in enumerate(shown, 1) if file.alt]
    if not described:
        return ()
    if len(shown) == 1:
        return (Content(w.plain("🖼 The picture shows: {words}", words=described[0][1])),)
    told = [w.plain("🖼 Picture {n} shows: {words}", n=n, words=words) for n, words in described]
    return (Content("\n\n".join(told)),)


def readings(
    draft: Draft, pages: Iterable[Page], stored: Mapping[str, StoredMedia], bot_id: int, w: Words
) -> tuple[Content, ...]:
    """What will stand on the pages, as messages: one when it reads the same everywhere, else each under its network.

    Only what is published: no voice messages, no documents.
    """
    found = sorted(previews(draft, pages), key=lambda reading: reading.platform.order)
    texts = list(dict.fromkeys(reading.text for reading in found)) or [draft.text]
    media = draft.published_media
    if len(texts) == 1:
        return contents(texts[0], media, stored, bot_id)
    parts: list[Content] = []
    for text in texts:
        networks = dict.fromkeys(platform_name(reading.platform, w) for reading in found if reading.text == text)
        parts += [Content("⬇ " + w.list(networks)), *contents(text, media, stored, bot_id)]
    return tuple(parts)


def contents(
    text: str, media: tuple[MediaRef, ...], stored: Mapping[str, StoredMedia], bot_id: int | None
) -> tuple[Content, ...]:
    """The messages that show a text with its files: photos and videos as albums, other files after them.

    The text goes with the first; Telegram refuses albums of mixed kinds, and a file_id belongs to one bot
    (None: the one that took the files in).
    """
    known = [m for m in media if m.sha256 in stored]
    made = [_file(m, stored[m.sha256], bot_id) for m in sorted(known, key=lambda m: _family(m.kind))]
    parts: list[Content] = []
    for family, group in groupby(made, key=lambda f: _family(f.kind)):
        members = list(group)
        size = 1 if family == 2 else ALBUM_LIMIT
        parts += [Content("", tuple(members[i : i + size])) for i in range(0, len(members), size)]
    if not parts:
        return (Content(text),)
    return (Content(text, parts[0].media), *parts[1:])


def _family(kind: str) -> int:
    return 0 if kind in {"photo", "video"} else 1 if kind == "document" else 2


def _file(ref: MediaRef, stored: StoredMedia, bot_id: int | None) -> MediaFile:
    known = bot_id is None or stored.bot_id == bot_id
    return MediaFile(ref.sha256, ref.kind, stored.file_id if known else None, stored.name)
