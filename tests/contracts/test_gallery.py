"""Contracts of what people read: the gallery shows all of it, in both languages, within Telegram's limits and a phone's width."""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import CodeType, FrameType
from typing import get_type_hints

import pytest

import domain
import handlers.screens
from bot.gallery.exhibits import Sample
from bot.gallery.notices import screens_of
from bot.gallery.page import build
from bot.gallery.phone import ALERT, TOAST, Shown, shown
from bot.gallery.samples import CHAPTERS, refusals
from bot.outgoing import RENDERERS
from domain.errors import DomainError
from handlers.screens.base import CAPTION_LIMIT, COPY_LIMIT, MESSAGE_LIMIT, Card, Content, Screen
from playground import formatting
from texts.catalogue import Catalogue, Key
from texts.extract import extract
from texts.words import Words, words_for

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "ru")
ALERT_LIMIT = 200
"""Bot API, answerCallbackQuery."""
DATA_LIMIT = 64
"""Bot API, InlineKeyboardButton: bytes."""
LABEL_LIMITS = {1: 40, 2: 18, 3: 12, 4: 9}
"""Characters that a phone of 360 points shows on a button, by how many stand in its row."""
_CODE = re.compile("<code>.*?</code>", re.DOTALL)
ROWS_LIMIT = 14
"""More rows of buttons than this push the text they belong to off the screen."""


@dataclass(frozen=True)
class Heard(Catalogue):
    """A catalogue that notes which sentences were asked for."""

    keys: set[Key]

    def one(self, context: str | None, msgid: str) -> str:
        self.keys.add((context, msgid))
        return super().one(context, msgid)

    def many(self, context: str | None, singular: str, plural: str, n: int) -> str:
        self.keys.add((context, singular))
        return super().many(context, singular, plural, n)


@dataclass(frozen=True)
class Tour:
    """The whole gallery walked once in one language: its bubbles, the code that ran, the sentences that were read."""

    bubbles: dict[str, tuple[Shown, ...]]
    ran: dict[str, set[CodeType]]
    read: set[Key]


@cache
def tour(language: str) -> Tour:
    words, read = words_for(language), set[Key]()
    old: Catalogue = words._catalogue
    words = replace(words, _catalogue=Heard(old.forms, old.form_for, read))
    walked = Tour({}, {}, read)
    for number, sample in enumerate(_samples()):
        name = f"{number} {sample.name}"
        walked.ran[name] = set()
        with _noting(walked.ran[name]):
            takes = list(sample.takes(words))
        for at, (title, exhibit) in enumerate(takes):
            walked.bubbles[f"{language}: {sample.name}, {at}: {title}"] = shown(exhibit)
    return walked


class _noting:  # noqa: N801 - reads as a phrase
    """Notes the code of every Python function called inside."""

    def __init__(self, ran: set[CodeType]) -> None:
        self._ran = ran

    def __enter__(self) -> None:
        self._before = sys.getprofile()
        sys.setprofile(self._note)

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._before)

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self._ran.add(frame.f_code)


def _samples() -> list[Sample]:
    return [sample for chapter in CHAPTERS for sample in chapter.samples]


def _public_functions() -> Iterator[Callable[..., object]]:
    """Every public function of `handlers.screens` that makes words for a person."""
    for found in pkgutil.walk_packages(handlers.screens.__path__, "handlers.screens."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == found.name and not name.startswith("_"):
                yield function


def _name(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__name__}"


def _hints(function: Callable[..., object]) -> dict[str, object]:
    return get_type_hints(function, vars(importlib.import_module(function.__module__)))


def none_of(wrong: Iterable[str]) -> None:
    """Says all that is wrong, one a line."""
    told = "\n".join(sorted(set(wrong)))
    assert not told, told


def bubbles() -> Iterator[tuple[str, Shown]]:
    for language in LANGUAGES:
        for where, sent in tour(language).bubbles.items():
            for one in sent:
                yield where, one


# --- is everything there? --------------------------------------------------------------------------------------------


def test_every_screen_is_in_the_gallery() -> None:
    """Also toasts; they are strings, so their name says it."""
    claimed = {function for sample in _samples() for function in sample.of}
    drawn = {Screen, Card, tuple[Content, ...]}
    screens = [f for f in _public_functions() if _hints(f).get("return") in drawn or f.__name__.endswith("_toast")]
    assert len(screens) > 80
    none_of(_name(f) for f in screens if f not in claimed)


def test_a_sample_really_shows_what_it_claims() -> None:
    ran = tour("en").ran
    claims = [
        (name, f) for name, sample in zip(ran, _samples(), strict=True) for f in sample.of if inspect.isfunction(f)
    ]
    none_of(f"{name}: {_name(f)}" for name, f in claims if inspect.unwrap(f).__code__ not in ran[name])


def test_every_public_function_with_words_is_at_work_somewhere() -> None:
    """Parts of screens too: a part that no sample needs is a state that nobody has looked at."""
    ran = set().union(*tour("en").ran.values())
    with_words = [f for f in _public_functions() if Words in _hints(f).values()]
    none_of(_name(f) for f in with_words if f.__code__ not in ran)


@pytest.mark.parametrize("kind", list(RENDERERS))
def test_every_notice_is_drawn_by_a_screen_of_the_gallery(kind: str) -> None:
    screens, claimed = screens_of(RENDERERS[kind]), {f for sample in _samples() for f in sample.of}
    source = inspect.getsource(RENDERERS[kind])
    assert screens or "Mode.DELETE" in source or "RENDERERS[" in source, "deletes, or draws what another draws"
    none_of(_name(f) for f in screens if _hints(f).get("return") is Screen and f not in claimed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_a_person_can_read_stands_in_the_gallery(language: str) -> None:
    """So every state, role, reason, refusal and hint is there, whatever branch of a screen it comes from."""
    uses = [
        use for use in extract(ROOT)[0] if use.where.startswith(("handlers/", "bot/notices/", "bot/inbox.py", "texts/"))
    ]
    assert len(uses) > 500
    read = tour(language).read
    none_of(f"{use.where}: {use.msgid}" for use in uses if use.key not in read)


def test_every_refusal_is_in_the_gallery() -> None:
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(found.name)
    known = {type(error) for error in refusals.ERRORS}
    classes, todo = set[type[DomainError]](), [DomainError]
    while todo:
        classes |= {todo[-1]}
        todo += todo.pop().__subclasses__()
    ours = {c for c in classes if c.__module__.startswith("domain.")}
    none_of(c.__name__ for c in ours - known)


def test_both_languages_show_the_same_takes() -> None:
    titles = [[where.partition(": ")[2] for where in tour(language).bubbles] for language in LANGUAGES]
    assert titles[0] == titles[1]
    assert len(set(titles[0])) == len(titles[0]), "a take cannot be told from another"


# --- does Telegram take it? ------------------------------------------------------------------------------------------


def test_every_text_parses_and_fits() -> None:
    """Telegram's own parser, limits counted after parsing."""
    assert formatting.parser_available(), "install the dev dependencies: tdjson"
    wrong = []
    for where, one in bubbles():
        if one.kind in {ALERT, TOAST}:
            continue
        parsed = formatting.parse(one.text, "HTML" if one.html else None, None, lambda _: None)
        limit = CAPTION_LIMIT if one.media else MESSAGE_LIMIT
        if formatting.utf16_length(parsed.text) > limit:
            wrong.append(f"{where}: {len(parsed.text)} characters")
        if not parsed.text and not one.media:
            wrong.append(f"{where}: nothing to read")
    none_of(wrong)


def test_alerts_and_toasts_fit() -> None:
    alerts = [(where, one.text) for where, one in bubbles() if one.kind in {ALERT, TOAST}]
    assert len(alerts) > 80
    none_of(f"{where}: {len(text)}: {text}" for where, text in alerts if not 0 < len(text) <= ALERT_LIMIT)


def test_no_text_shows_its_placeholders_or_escapes() -> None:
    """What was escaped twice, or formatted never, would be read as it stands. What is shown as code is meant so."""
    none_of(
        f"{where}: {text}"
        for where, one in bubbles()
        for text in (
            formatting.parse(_CODE.sub("", one.text), "HTML", None, lambda _: None).text if one.html else "",
            *(button.text for row in one.rows for button in row),
            one.text if one.kind in {ALERT, TOAST} else "",
        )
        if any(sign in text for sign in ("&amp;", "&lt;", "&gt;", "&#", "{", "}"))
    )


def test_buttons_fit_telegram_and_a_phone() -> None:
    wrong = []
    for where, one in bubbles():
        if len(one.rows) > ROWS_LIMIT:
            wrong.append(f"{where}: {len(one.rows)} rows")
        for row in one.rows:
            for button in row:
                limit = LABEL_LIMITS.get(len(row), 0)
                if not 0 < len(button.text) <= limit:
                    wrong.append(f"{where}: {len(row)} in a row, {len(button.text)} characters: {button.text}")
                if len((button.callback_data or "").encode()) > DATA_LIMIT:
                    wrong.append(f"{where}: {button.text}: callback_data {button.callback_data}")
                if button.copy_text and not 0 < len(button.copy_text.text) <= COPY_LIMIT:
                    wrong.append(f"{where}: {button.text}: copies {len(button.copy_text.text)} characters")
    none_of(wrong)


# --- the page --------------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.languages: set[str] = set()
        self.figures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [given[name] or "" for name in ("src", "href", "action", "data", "srcset") if name in given]
        self.figures += tag == "figure"
        if given.get("class") == "phone":
            self.languages.add(given["lang"] or "")


@pytest.mark.parametrize(("chosen", "expected"), [(LANGUAGES, {"en", "ru"}), (("ru",), {"ru"})])
def test_the_page_is_one_file_that_asks_nothing_of_the_network(chosen: tuple[str, ...], expected: set[str]) -> None:
    html = build(chosen)
    page = _Page()
    page.feed(html)
    assert page.languages == expected
    assert page.figures == len(tour("en").bubbles)
    assert '<a title="https://vk.com/nasha_kazan">' in html
    assert "&lt;a " not in html
    assert [address for address in page.addresses if not address.startswith("#")] == []
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"\[\[\w+\]\]", html)
