"""Reply markup: what Telegram refuses in keyboards, checked before a message is stored with one."""

from __future__ import annotations

import re
from typing import Any, Final

from playground import errors, limits

Json = dict[str, Any]

_ACTIONS: Final = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_HTTP: Final = re.compile(
    r"(?:(?P<scheme>https?)://)?(?:[^/@\s]+@)?(?P<host>[^/:?#\s]+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_IN_APP: Final = ("tg://", "tg:", "ton://", "tonsite://")


def check_markup(markup: Json | None) -> Json | None:
    """The markup itself when Telegram would take it; an inline keyboard without buttons counts as none."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        if sum(map(len, rows)) > limits.MARKUP_BUTTONS.value:
            raise errors.MARKUP_TOO_LONG.error()
        for row in rows:
            for button in row:
                _check_inline_button(button)
        return {"inline_keyboard": rows} if rows else None
    for row in markup.get("keyboard", ()):
        for key in row:
            if not key.get("text"):
                raise errors.KEY_TEXT_EMPTY.error()
    return markup


def ensure_asks_in_private(markup: Json) -> None:
    """Keys that ask a person for something of their own have no place in groups."""
    for row in markup.get("keyboard", ()):
        for key in row:
            asked = next((what for name, what in errors.ASKED_FOR.items() if key.get(name)), None)
            if asked is not None:
                raise errors.KEY_PRIVATE_ONLY.error(what=asked)


def spelled_out(markup: Any) -> Any:
    """A reply keyboard whose keys are plain strings, written with objects (D KeyboardButton)."""
    if not isinstance(markup, dict) or not isinstance(markup.get("keyboard"), list):
        return markup
    rows = [
        [{"text": key} if isinstance(key, str) else key for key in row] if isinstance(row, list) else row
        for row in markup["keyboard"]
    ]
    return {**markup, "keyboard": rows}


def not_inline(markup: Any) -> bool:
    """Whether this is a markup of the chat where one of a message is expected."""
    return isinstance(markup, dict) and any(name in markup for name in ("keyboard", "remove_keyboard", "force_reply"))


def check_inline_only(markup: Json | None) -> Json | None:
    """For edits: nothing but an inline keyboard can be put under a message that exists."""
    if markup is not None and "inline_keyboard" not in markup:
        raise errors.MARKUP_NOT_INLINE.error()
    return check_markup(markup)


def _check_inline_button(button: Json) -> None:
    if not button.get("text", "").strip():
        raise errors.BUTTON_TEXT_EMPTY.error()
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise errors.BUTTON_WITHOUT_ACTION.error()
    if len(actions) > 1:
        raise errors.BUTTON_TWO_ACTIONS.error()
    if "callback_data" in button:
        size = len(button["callback_data"].encode())
        if not 1 <= size <= limits.CALLBACK_DATA_BYTES.value:
            raise errors.BUTTON_DATA_INVALID.error()
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= limits.COPY_TEXT.value:
        raise errors.COPY_TEXT_INVALID.error()
    if "url" in button:
        detail = _url_problem(button["url"])
        if detail is not None:
            raise errors.BUTTON_URL.error(url=button["url"], detail=detail)
    if "web_app" in button:
        url = button["web_app"]["url"]
        detail = _url_problem(url) if url.startswith("https://") else errors.ONLY_HTTPS
        if detail is not None:
            raise errors.WEB_APP_URL.error(url=url, detail=detail)


def _url_problem(url: str) -> str | None:
    """None for what a button may lead to; TDLib's words otherwise (T LinkManager::check_link_impl)."""
    if url.lower().startswith(_IN_APP):
        return None
    match = _HTTP.fullmatch(url)
    if match is None or "." not in match["host"].strip("."):
        return errors.WRONG_HTTP_URL
    return None
