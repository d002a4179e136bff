"""What people do to somebody else's text before they hand it in as their own, by code and from a fixed seed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

Rewrite = Callable[[str, "Pen"], str]


@dataclass(frozen=True)
class Pen:
    """One rewriter. `language`: ru or en; `synonyms`: a word and what replaces it."""

    random: Random
    language: str
    synonyms: dict[str, str] = field(repr=False)


_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_EMOJI = "🔥❤️👍😊🎉🙏💪✨👏☀️"
_LOOKS = {
    "ru": dict(zip("аеорсухкмтнвАЕОРСУХКМТНВі", "aeopcyxkmthbAEOPCYXKMTHBi", strict=True)),
    "en": dict(zip("aeopcyxkmAEOPCYXKMTHBi", "аеорсухкмАЕОРСУХКМТНВі", strict=True)),
}
_LETTERS = {"ru": "абвгдежзийклмнопрстуфхцчшыя", "en": "abcdefghijklmnopqrstuvwxyz"}
_ADDED = {
    "ru": (
        "Как вам такая новость?",
        "Очень рада за всех нас!",
        "Пишите в комментариях, что думаете.",
        "Давно об этом мечтали, и вот дождались.",
        "Расскажите друзьям, пусть тоже узнают.",
        "Делюсь с вами хорошими новостями.",
    ),
    "en": (
        "What do you think about it?",
        "So pleased for everyone here!",
        "Tell me in the comments how you see this.",
        "We had dreamt of it for ages.",
        "Pass it on to your friends.",
        "Sharing some news with you all.",
    ),
}
_TAGS = {
    "ru": ("#новости", "#нашгород", "@stab_gorod", "https://vk.com/wall-1_22", "#вместе", "ok.ru/group/77"),
    "en": ("#news", "#ourtown", "@hq_town", "https://example.org/p/22", "#together", "x.com/hq/77"),
}


def seeded(seed: str) -> Random:
    """The same luck every time."""
    return Random(seed)  # noqa: S311 - a corpus that comes out alike, no secret


def sentences(text: str, pen: Pen) -> str:
    """The sentences in another order."""
    parts = _SENTENCE.split(text)
    pen.random.shuffle(parts)
    return " ".join(parts)


def clauses(text: str, pen: Pen) -> str:  # noqa: ARG001 - every rewriting is called alike
    """Within a sentence, what stands after the first comma comes first."""
    turned = []
    for sentence in _SENTENCE.split(text):
        body, end = sentence.rstrip(".!?…"), sentence[len(sentence.rstrip(".!?…")) :]
        head, comma, tail = body.partition(", ")
        turned.append(f"{tail[:1].upper()}{tail[1:]}, {head[:1].lower()}{head[1:]}{end}" if comma else sentence)
    return " ".join(turned)


def neighbours(text: str, pen: Pen) -> str:
    """Every third word changes places with the next one."""
    words = text.split()
    for at in range(pen.random.randrange(3), len(words) - 1, 3):
        words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def synonyms(text: str, pen: Pen) -> str:
    """Every word that the table knows is replaced."""

    def replaced(match: re.Match[str]) -> str:
        word = match[0]
        other = pen.synonyms.get(word.lower(), word)
        return other[:1].upper() + other[1:] if word[0].isupper() else other

    return _WORD.sub(replaced, text)


def added(text: str, pen: Pen) -> str:
    """Two sentences of one's own, anywhere."""
    parts = _SENTENCE.split(text)
    for sentence in pen.random.sample(_ADDED[pen.language], 2):
        parts.insert(pen.random.randrange(len(parts) + 1), sentence)
    return " ".join(parts)


def emoji(text: str, pen: Pen) -> str:
    """A little picture after every fourth word."""
    words = text.split()
    return " ".join(word + (f" {pen.random.choice(_EMOJI)}" if at % 4 == 3 else "") for at, word in enumerate(words))


def typos(text: str, pen: Pen) -> str:
    """One slip in every fifth word of four letters or more: a letter lost, doubled, wrong or in the wrong place."""

    def slipped(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < 4 or pen.random.random() > 0.2:
            return word
        at = pen.random.randrange(1, len(word) - 1)
        wrong = pen.random.choice(_LETTERS[pen.language])
        ways = (
            word[at + 1 :],
            word[at] * 2 + word[at + 1 :],
            wrong + word[at + 1 :],
            word[at + 1] + word[at] + word[at + 2 :],
        )
        return word[:at] + pen.random.choice(ways)

    return _WORD.sub(slipped, text)


def truncated(text: str, pen: Pen) -> str:
    """The first half to three quarters of the words."""
    words = text.split()
    return " ".join(words[: int(len(words) * pen.random.uniform(0.5, 0.75))])


def case(text: str, pen: Pen) -> str:
    """Shouting, whispering, or Every Word Like This."""
    return pen.random.choice((str.upper, str.lower, str.title))(text)


def homoglyphs(text: str, pen: Pen) -> str:
    """Letters of the other alphabet that look the same: half of them, or all."""
    share, looks = pen.random.choice((0.5, 1.0)), _LOOKS[pen.language]
    return "".join(looks.get(sign, sign) if pen.random.random() < share else sign for sign in text)


def breaks(text: str, pen: Pen) -> str:
    """Other punctuation, a line break after each sentence, invisible signs inside words."""
    text = text.replace(",", pen.random.choice((" –", ";", ""))).replace(":", " —")
    text = _SENTENCE.sub(
        lambda _: pen.random.choice(("\n\n", "\n• ", " ")), text.replace(".", pen.random.choice(("!", "...", ".")))
    )
    return _WORD.sub(lambda m: m[0][:2] + "\u200b" + m[0][2:] if pen.random.random() < 0.2 else m[0], text)


def tagged(text: str, pen: Pen) -> str:
    """Hashtags, a mention and links before, after and inside."""
    words = text.split()
    for tag in pen.random.sample(_TAGS[pen.language], 4):
        words.insert(pen.random.choice((0, len(words), pen.random.randrange(len(words)))), tag)
    return " ".join(words)


def quoted(text: str, pen: Pen) -> str:
    """Quotation marks where nobody is quoted: around everything, or around one sentence, or around some words."""
    opening, closing = pen.random.choice(("«»", "“”", '""', "„“"))
    way = pen.random.randrange(3)
    if way == 0:
        return f"{opening}{text}{closing}"
    if way == 1:
        parts = _SENTENCE.split(text)
        at = pen.random.randrange(len(parts))
        parts[at] = f"{opening}{parts[at]}{closing}"
        return " ".join(parts)
    return _WORD.sub(lambda m: f"{opening}{m[0]}{closing}" if pen.random.random() < 0.15 else m[0], text)


SINGLE: dict[str, Rewrite] = {
    "sentence order": sentences,
    "clause order": clauses,
    "word order": neighbours,
    "synonyms": synonyms,
    "added sentences": added,
    "emoji": emoji,
    "typos": typos,
    "truncation": truncated,
    "case": case,
    "homoglyphs": homoglyphs,
    "punctuation": breaks,
    "hashtags and links": tagged,
    "false quotation": quoted,
}


def two(text: str, pen: Pen) -> str:
    """Two different kinds, one after the other."""
    first, second = pen.random.sample(list(SINGLE.values()), 2)
    return second(first(text, pen), pen)


def hard(text: str, pen: Pen) -> str:
    """Synonyms first, then the order of sentences, of words, or a cut."""
    return pen.random.choice((sentences, neighbours, truncated))(synonyms(text, pen), pen)


KINDS: dict[str, Rewrite] = {**SINGLE, "two of these": two, "synonyms and one more": hard}
