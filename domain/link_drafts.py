"""A message that is only a link: which one it is, and what is proposed as a text about it."""

import re
from urllib.parse import urlsplit

from domain.drafts import joined

_LINK = re.compile(r"https?://[^\s<>\"]{4,2000}", re.IGNORECASE)


def bare_link(text: str) -> str | None:
    """The address, when the message is nothing but one http or https link."""
    found = _LINK.fullmatch(text.strip())
    return found[0] if found and host_of(found[0]) else None


def host_of(url: str) -> str:
    """The site's name without "www."; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def proposal(title: str, description: str, url: str) -> str:
    """Title, short description and the link as paragraphs; a description that only repeats the title is left out."""
    said = "" if description.startswith(title) and len(description) - len(title) < len(title) else description
    return joined(joined(title, said), url)
