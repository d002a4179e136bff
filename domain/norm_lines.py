"""What is meant as a norm while one is being set, and what is a post sent meanwhile."""

import re

from domain.awaited import SHORT, could_be_line
from domain.typed_dates import plain
from domain.typed_norm import LONGEST_TEXT, RULES

STRANGE = 2
"""So many words of an attempt at a norm may be unknown: a name typed wrongly."""
_ANYTHING = re.compile(r"[^\s,;]+|.")


def meant_as_norm(text: str) -> bool:
    """Whether a text answers the question for a norm, though perhaps it cannot be read, and is no post sent meanwhile."""
    if len(text.strip()) <= SHORT:
        return True
    rest, at, strange = plain(text), 0, 0
    if len(rest) > LONGEST_TEXT:
        return False
    while at < len(rest):
        known = next((found for pattern, _ in RULES if (found := pattern.match(rest, at))), None)
        found = known or _ANYTHING.match(rest, at)
        assert found is not None  # noqa: S101 - it matches whatever is left
        strange += known is None and any(char.isalnum() for char in found[0])
        at = found.end()
    return strange == 0 or (strange <= STRANGE and could_be_line(text))
