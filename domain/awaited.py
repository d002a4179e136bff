"""What is meant for a question that stands, and what is a post sent meanwhile."""

import re

SHORT = 30
"""Nobody posts so little: it is meant for the question, even when it cannot be read."""
LONGEST_LINE = 200
LONGEST_REASON = 300
_SENTENCE = re.compile(r"(?<=\w{4})[.!?…]+\s+(?=[A-ZА-ЯЁ«“\"])")
"""Where one sentence ends and another begins; "г. Казань" and "тыс. к пятнице" are one."""
_WORDS = re.compile(r"[^\W\d_]{2,}")
_OF_POSTS = re.compile(r"#\w|://")
A_SENTENCE = 3
"""Words; "До 15.10" behind a full stop is no sentence of its own."""


def could_be_line(text: str) -> bool:
    """One line that is written down ("открыть группу до 15.10"): no paragraphs, sentences, tags or links."""
    said = text.strip()
    if len(said) > LONGEST_LINE or "\n" in said or _OF_POSTS.search(said):
        return False
    sentences = [part for part in _SENTENCE.split(said) if len(_WORDS.findall(part)) >= A_SENTENCE]
    return len(sentences) < 2


def could_be_name(text: str) -> bool:
    """Something short, in one line or not, or a line."""
    return len(text.strip()) <= SHORT or could_be_line(text)


def could_be_reason(text: str) -> bool:
    """Some sentences why; tags and paragraphs are a post's."""
    said = text.strip()
    return len(said) <= LONGEST_REASON and "\n\n" not in said and "#" not in said


def could_be_wish(text: str) -> bool:
    """The same of any length: whoever says too much is told so."""
    return could_be_reason(text[:LONGEST_REASON])
