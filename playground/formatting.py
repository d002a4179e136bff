"""Text and its formatting: Telegram's own parser where installed, UTF-16 offsets, and back to HTML."""

from __future__ import annotations

import contextlib
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration

from playground import errors, limits

_td_execute: Callable[[bytes], bytes | None] | None = None
with contextlib.suppress(ImportError):  # the parser is optional: without it text is shown plain
    from tdjson import td_execute as _td_execute

Json = dict[str, Any]

_SIMPLE: Final = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "Url": "url",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
}
_MODES: Final[dict[str, Json]] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
_PLACE: Final[Json] = {"@type": "textEntity", "type": {"@type": "textEntityTypeBold"}}  # any kind will do to measure
_OPAQUE: Final = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"})
_REMOVED: Final = (0x0D, 0x30A, 0x333, 0x33F, *range(0x2028, 0x202F))
_CLEANED: Final[dict[int, str | None]] = {  # T clean_input_string, read off tdjson over the whole basic plane
    **dict.fromkeys((*range(10), 0x0B, 0x0C, *range(0x0E, 0x20)), " "),
    **dict.fromkeys(_REMOVED),
}
_UNCLEAN: Final = re.compile("[\x00-\x09\x0b-\x1f\u030a\u0333\u033f\u2028-\u202e]")
_MAYBE_LIVE: Final = re.compile(r"[@#$/.:+]|\d{7}")  # nothing to discover in a text without any of these


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and Bot API entities (UTF-16 offsets)."""

    text: str
    entities: tuple[Json, ...] = ()


def parser_available() -> bool:
    """Whether Telegram's own parser is installed."""
    return _td_execute is not None


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse(
    text: str, parse_mode: str | None, entities: Sequence[Json] | None, find_user: Callable[[int], Json | None]
) -> Formatted:
    """Text as Telegram would keep it; raises for what its parser refuses. `parse_mode` wins over `entities`."""
    if len(text.encode()) > limits.RAW_TEXT_BYTES.value:
        raise errors.RAW_TEXT_TOO_LONG.error()
    mode = (parse_mode or "").lower()
    if mode in {"", "none"}:
        marked = Formatted(text, _measured(text, entities or ()))
    elif mode in _MODES:
        marked = parse_marked(text, mode)
    else:
        raise errors.PARSE_MODE.error()
    return _known_users(_trim(_discover(_clean(marked))), find_user)


def plain(text: str) -> Formatted:
    """What a person typed: no markup, but links, mentions and commands are discovered."""
    return _trim(_discover(_clean(Formatted(text))))


def to_html(text: str, entities: Sequence[Json]) -> str:
    """The text as Telegram HTML."""
    return html_decoration.unparse(text, [MessageEntity.model_validate(entity) for entity in entities])


def _measured(text: str, entities: Sequence[Json]) -> tuple[Json, ...]:
    """Entities given by the caller; TDLib itself says which lie outside the text or cut a symbol in two (T)."""
    kept = tuple(dict(entity) for entity in entities if entity["length"] != 0)
    if kept and parser_available():
        places = [{**_PLACE, "offset": entity["offset"], "length": entity["length"]} for entity in kept]
        shown = {"@type": "formattedText", "text": text, "entities": places}
        _ensure_no_error(_execute({"@type": "getMarkdownText", "text": shown}))
    return kept


def _ensure_no_error(answer: Json) -> None:
    if answer.get("@type") == "error":
        message: str = answer["message"]
        raise errors.ENTITIES.error(detail=message[0].lower() + message[1:])


def _execute(request: Json) -> Json:
    assert _td_execute is not None  # callers ask parser_available() first
    answer = _td_execute(json.dumps(request).encode())
    result: Json = json.loads(answer) if answer else {}
    return result


@lru_cache(maxsize=2048)
def parse_marked(text: str, mode: str) -> Formatted:
    """Markup as Telegram's own parser reads it, nothing cleaned or discovered; `mode` is a key of `_MODES`."""
    if not parser_available():
        return Formatted(text)
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": _MODES[mode]})
    _ensure_no_error(answer)
    return Formatted(answer["text"], tuple(filter(None, map(_entity, answer["entities"]))))


@lru_cache(maxsize=2048)
def _live_entities(text: str) -> tuple[Json, ...]:
    if not parser_available() or not _MAYBE_LIVE.search(text):
        return ()
    answer = _execute({"@type": "getTextEntities", "text": text})
    return tuple(filter(None, map(_entity, answer.get("entities", []))))


def _entity(raw: Json) -> Json | None:
    """TDLib's entity as the Bot API spells it; None for kinds the Bot API does not show."""
    kind: Json = raw["type"]
    name = kind["@type"].removeprefix("textEntityType")
    entity: Json = {"type": _SIMPLE.get(name, ""), "offset": raw["offset"], "length": raw["length"]}
    match name:
        case "PreCode":
            entity |= {"type": "pre", "language": kind["language"]}
        case "TextUrl":
            entity |= {"type": "text_link", "url": kind["url"]}
        case "MentionName":
            entity |= {"type": "text_mention", "user": {"id": kind["user_id"]}}
        case "CustomEmoji":
            entity |= {"type": "custom_emoji", "custom_emoji_id": str(kind["custom_emoji_id"])}
        case "DateTime":
            entity |= {"type": "date_time", "unix_time": kind["unix_time"], "date_time_format": _date_format(kind)}
    return entity if entity["type"] else None


def _date_format(kind: Json) -> str:
    form: Json | None = kind.get("formatting_type")
    if form is None:
        return ""
    if form["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    letters = {"dateTimePartPrecisionShort": 0, "dateTimePartPrecisionLong": 1}
    day = letters.get(form["date_precision"]["@type"])
    hour = letters.get(form["time_precision"]["@type"])
    weekday = "w" if form.get("show_day_of_week") else ""
    return weekday + ("" if day is None else "dD"[day]) + ("" if hour is None else "tT"[hour])


def _discover(marked: Formatted) -> Formatted:
    """Add links, mentions, hashtags and commands that Telegram finds by itself."""
    found = _live_entities(marked.text)
    if not found:
        return marked
    taken = [e for e in marked.entities if e["type"] in _OPAQUE]
    known = {(e["type"], e["offset"], e["length"]) for e in marked.entities}
    fresh = [
        e
        for e in found
        if (e["type"], e["offset"], e["length"]) not in known and not any(_overlap(e, t) for t in taken)
    ]
    merged = sorted([*marked.entities, *fresh], key=lambda e: (e["offset"], -e["length"]))
    return Formatted(marked.text, tuple(merged))


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _clean(marked: Formatted) -> Formatted:
    """Control characters become spaces; carriage returns and a few marks vanish, entities moving along."""
    if not _UNCLEAN.search(marked.text):
        return marked
    gone = [utf16_length(marked.text[:at]) for at, letter in enumerate(marked.text) if ord(letter) in _REMOVED]
    moved = []
    for entity in marked.entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        offset, end = start - bisect_left(gone, start), end - bisect_left(gone, end)
        if end > offset:
            moved.append({**entity, "offset": offset, "length": end - offset})
    return Formatted(marked.text.translate(_CLEANED), tuple(moved))


def _trim(marked: Formatted) -> Formatted:
    """Cut white space at the end, and at the beginning up to the first entity (T fix_formatted_text)."""
    text = marked.text.rstrip()
    first = min((e["offset"] for e in marked.entities), default=len(text))
    cut = 0
    while cut < first and cut < len(text) and text[cut] in " \n":
        cut += 1
    if not cut and len(text) == len(marked.text):
        return marked
    text = text[cut:]
    end = utf16_length(text)
    kept = []
    for entity in marked.entities:
        offset = entity["offset"] - cut
        length = min(entity["length"], end - offset)
        if length > 0:
            kept.append({**entity, "offset": offset, "length": length})
    return Formatted(text, tuple(kept))


def _known_users(marked: Formatted, find_user: Callable[[int], Json | None]) -> Formatted:
    """Mentions carry the whole person; a mention of somebody unknown becomes plain text, as on Telegram."""
    if not any(e["type"] == "text_mention" for e in marked.entities):
        return marked
    kept = []
    for entity in marked.entities:
        if entity["type"] == "text_mention":
            person = find_user(entity["user"]["id"])
            if person is None:
                continue
            entity = {**entity, "user": person}  # noqa: PLW2901  the parsed original is cached and must not change
        kept.append(entity)
    return Formatted(marked.text, tuple(kept))


if _td_execute is not None:
    _execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
