"""What people and the networks' own screens call a figure, in Russian and English, slips of the finger included."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Metric(StrEnum):
    MEMBERS = "members"
    FOLLOWERS = "followers"
    VIEWS = "views"
    LIKES = "likes"
    COMMENTS = "comments"
    REPOSTS = "reposts"


_STEMS: Mapping[Metric, tuple[str, ...]] = {
    Metric.MEMBERS: ("участни", "member", "👥"),
    Metric.FOLLOWERS: ("подписч", "подпищ", "читател", "follower", "subscriber", "фолловер"),
    Metric.VIEWS: ("просм", "посмотр", "вью", "view", "👁", "👀"),
    Metric.LIKES: (
        "лайк", "нрав", "класс", "сердеч", "сердец", "реакц", "like", "heart", "reaction",
        "❤", "♥", "👍", "💙", "💚", "💛", "🧡", "💜", "🩷", "♡",
    ),
    Metric.COMMENTS: ("коммент", "комен", "камент", "ответ", "comment", "replie", "reply", "💬", "🗨"),
    Metric.REPOSTS: (
        "репост", "ретв", "подел", "repost", "retweet", "share", "пересыл", "пересл", "расшар", "forward",
        "🔁", "🔄", "↪", "↩", "↗", "📤", "📢",
    ),
}  # fmt: skip
"""Stems: "просм" is enough for "просмотров"."""

_WHOLE: Mapping[str, Metric] = {
    **dict.fromkeys(
        ("комм", "ком", "коммы", "комма", "коммов", "комов", "комы", "com", "comm", "comms"), Metric.COMMENTS
    ),
    **dict.fromkeys(("реп", "репы", "репов", "rt", "rts", "reps"), Metric.REPOSTS),
    **dict.fromkeys(("подп", "подпис", "subs", "sub"), Metric.FOLLOWERS),
    **dict.fromkeys(("уч", "участ"), Metric.MEMBERS),
    **dict.fromkeys(("прос", "vws"), Metric.VIEWS),
}
"""Abbreviations: too short to be stems."""

_OTHERS = ("viewer", "likel", "likew", "ответствен", "нравоуч", "классн", "классич", "shareh", "heartb")
"""Words that begin like a metric and are none."""

_SPELT: Mapping[Metric, tuple[str, ...]] = {
    Metric.MEMBERS: ("участник", "участника", "участников", "members", "member"),
    Metric.FOLLOWERS: ("подписчик", "подписчика", "подписчиков", "подписчики", "followers", "follower", "subscribers"),
    Metric.VIEWS: ("просмотр", "просмотра", "просмотров", "просмотры", "views"),
    Metric.LIKES: ("лайков", "лайки", "лайка", "нравится", "сердечек", "классов", "likes"),
    Metric.COMMENTS: (
        "комментарий", "комментария", "комментариев", "комментарии", "комментов", "комменты", "коментов", "comments",
        "comment", "replies",
    ),
    Metric.REPOSTS: ("репост", "репоста", "репостов", "репосты", "ретвитов", "reposts", "respots", "repost", "retweets", "shares"),
}  # fmt: skip
_UNITS = frozenset("ктмkmb")
_TYPO_FROM = 4
"""Letters from which one slip still leaves a longer word recognisable."""

_AROUND = (
    "и а вот нас сейчас уже пока всего итого ровно есть стоит имеем набрал набрала набрали собрал собрала собрали "
    "получил получили получилось пост посту поста постом публикация публикации цифры цифра статистика итог итоги количество "
    "число кол-во колво кол шт штук раз человек чел людей людям сегодня привет здравствуйте добрый доброе день вечер утро "
    "спасибо наш нашего этот этого стало мне "
    "and with we have has got now total totals post posts the this of is are number count so far there today stats hi hello "
    "thanks people persons our in by times yet it its it's there's we've my "
)
FILLERS = frozenset(_AROUND.split())
"""Words around figures that change nothing."""
_PHRASES = re.compile(
    r"\b(?:(?:ещё|еще) (?=нет|без)|на (?:данный момент|сейчас|сегодня|этот час|посте|странице|канале)"
    r"|(?:по|под|у) (?:посту|постом|поста)|у нас|в (?:группе|сообществе|канале|паблике|итоге)"
    r"|as of now|right now|so far|at the moment|by now|in (?:the|our) (?:group|channel))\b",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(r"\bни (?:одного|одной)\b|\bnot a single\b", re.IGNORECASE)
_ORNAMENTS = frozenset("📊📈📉✅✔☑🙏🙂😊😉☺✨📌➡👉🎉")

NOUGHTS = frozenset(
    ("без", "нет", "нету", "ноль", "нуль", "ноля", "нулей", "отсутствуют", "no", "none", "zero", "without", "nil")
)
_NUMERALS = (
    ("один", "одна", "одно", "одного", "одну", "one"),
    ("два", "две", "two"),
    ("три", "three"),
    ("четыре", "four"),
    ("пять", "five"),
    ("шесть", "six"),
    ("семь", "seven"),
    ("восемь", "eight"),
    ("девять", "nine"),
    ("десять", "ten"),
)
NUMERALS = {word: number for number, words in enumerate(_NUMERALS, 1) for word in words}


def metric_named(word: str) -> Metric | None:
    """Which figure a lower-case word, abbreviation or emoji names; one slip in a word of five letters is forgiven."""
    bare = word.rstrip(".").replace("ё", "е")
    if not bare or bare.startswith(_OTHERS):
        return None
    if bare in _WHOLE:
        return _WHOLE[bare]
    for metric, stems in _STEMS.items():
        if bare.startswith(stems):
            return metric
    return None if bare in FILLERS else _misspelt(bare)


def _misspelt(word: str) -> Metric | None:
    if len(word) < _TYPO_FROM:
        return None
    found = {
        metric
        for metric, spelt in _SPELT.items()
        if any(len(right) > _TYPO_FROM and _one_slip(word, right) for right in spelt)
    }
    return found.pop() if len(found) == 1 else None


def _one_slip(word: str, right: str) -> bool:
    """One letter wrong, missing or too many, or two neighbours swapped; the first letter is right or one of two."""
    if abs(len(word) - len(right)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right)))
    mine, theirs = word[at:], right[at:]
    if at == 0 and (right if len(word) < len(right) else word)[0] in _UNITS:
        return False  # "12 к омментариев" would be twelve thousand, and "12 кпросмотров" is
    if word[0] in _UNITS and word[0] == word[1]:
        return False  # "12ккомментариев"
    if len(word) == len(right):
        return mine[1:] == theirs[1:] or (mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:])
    return mine[1:] == theirs if len(word) > len(right) else mine == theirs[1:]


def without_phrases(text: str) -> str:
    """The text without what people say around figures ("на данный момент") and without ornaments."""
    text = _NOT_ONE.sub("нет", text)
    return _PHRASES.sub(" ", "".join(" " if char in _ORNAMENTS else char for char in text))
