"""The page: every chapter's phones side by side, in one file that asks nothing of the network."""

import re
from collections.abc import Sequence
from pathlib import Path

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from bot.gallery.exhibits import Chapter, Sample
from bot.gallery.notices import kinds_by_screen
from bot.gallery.phone import ALERT, TOAST, Shown, shown
from bot.gallery.samples import CHAPTERS
from texts.words import Words, words_for

HERE = Path(__file__).parent
LANGUAGES = ("en", "ru")
_LINK = re.compile(r'<a href="([^"]*)">')
_AROUND_QUOTE = re.compile(r"\n?(</?blockquote[^>]*>)\n?")
"""A quotation is a block on a phone: the line ends beside it make no empty lines."""
_TALL = 700
"""Characters from which a message of content is folded; a tap opens it."""
_SIGNS = {"photo": "🖼", "video": "🎬", "document": "📄", "voice": "🎤", "audio": "🎵", "animation": "🎞", "chart": "📈"}


def build(languages: Sequence[str] = LANGUAGES, chapters: Sequence[Chapter] = CHAPTERS) -> str:
    """The whole page as HTML."""
    words = {language: words_for(language) for language in languages}
    kinds = {f"{f.__module__}.{f.__name__}": names for f, names in kinds_by_screen().items()}
    parts = [_chapter(number, chapter, words, kinds) for number, chapter in enumerate(chapters, 1)]
    contents = Markup("").join(
        Markup('<a href="#c{}">{}</a>').format(number, chapter.title) for number, chapter in enumerate(chapters, 1)
    )
    template = (HERE / "page.html").read_text("utf-8")
    for name, value in (
        ("style", (HERE / "page.css").read_text("utf-8")),
        ("script", (HERE / "page.js").read_text("utf-8")),
        ("languages", " ".join(languages)),
        ("contents", contents),
        ("chapters", "\n".join(parts)),
    ):
        template = template.replace(f"[[{name}]]", value)
    return template


def _chapter(number: int, chapter: Chapter, words: dict[str, Words], kinds: dict[str, list[str]]) -> Markup:
    samples = Markup("\n").join(_sample(sample, words, kinds) for sample in chapter.samples)
    return Markup('<section id="c{}"><h2>{}</h2>{}</section>').format(number, chapter.title, samples)


def _sample(sample: Sample, words: dict[str, Words], kinds: dict[str, list[str]]) -> Markup:
    by_language = [[(title, shown(exhibit)) for title, exhibit in sample.takes(w)] for w in words.values()]
    sent = dict.fromkeys(kind for f in sample.of for kind in kinds.get(f"{f.__module__}.{f.__name__}", ()))
    bells = Markup("").join(Markup(" <i>🔔 {}</i>").format(kind) for kind in sent)
    takes = Markup("").join(
        _take(title, dict(zip(words, [take[1] for take in same], strict=True)))
        for same in zip(*by_language, strict=True)
        for title in (same[0][0],)
    )
    return Markup('<article><h3>{}{}</h3><div class="takes">{}</div></article>').format(sample.name, bells, takes)


def _take(title: str, phones: dict[str, tuple[Shown, ...]]) -> Markup:
    screens = Markup("").join(
        Markup('<div class="phone" lang="{}">{}</div>').format(language, Markup("").join(map(_bubble, bubbles)))
        for language, bubbles in phones.items()
    )
    return Markup('<figure><figcaption>{}</figcaption><div class="phones">{}</div></figure>').format(title, screens)


def _bubble(one: Shown) -> Markup:
    if one.kind == ALERT:
        return Markup('<div class="alert"><p>{}</p><b>OK</b></div>').format(one.text)
    if one.kind == TOAST:
        return Markup('<div class="toast">{}</div>').format(one.text)
    text = _text(one)
    media = Markup("").join(Markup("<span>{}</span>").format(_SIGNS.get(kind, "📎")) for kind in one.media)
    return Markup('<div class="bubble">{}{}</div>{}').format(
        Markup('<div class="media">{}</div>').format(media) if media else "",
        Markup('<div class="text{}">{}</div>').format(" tall" if len(one.text) > _TALL and not one.html else "", text)
        if text
        else "",
        _keyboard(one.rows),
    )


def _text(one: Shown) -> Markup:
    """Telegram's HTML as the page's; links are shown, not followed: nothing leads out of this page."""
    if not one.html:
        return escape(one.text)
    html = _AROUND_QUOTE.sub(r"\1", _LINK.sub(r'<a title="\1">', str(one.text)))
    return Markup(html)  # noqa: S704 - made by our screens, values escaped there


def _keyboard(rows: Sequence[Sequence[InlineKeyboardButton]]) -> Markup:
    return Markup("").join(
        Markup('<div class="row">{}</div>').format(Markup("").join(map(_button, row))) for row in rows
    )


def _button(button: InlineKeyboardButton) -> Markup:
    copied = button.copy_text.text if button.copy_text else ""
    kind = "link" if button.url else "copy" if copied else ""
    return Markup('<div class="key {}" title="{}"><span>{}</span></div>').format(
        kind, button.url or copied or button.callback_data or "", button.text
    )
