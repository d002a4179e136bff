"""Campaign tags: links to the campaign's own sites say from which network and page a visitor came.

Added when a text is handed out to whoever posts it; the approved text itself stays as it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from domain.drafts import MediaRef
from domain.media_rules import PUBLISHABLE
from domain.pages import Page
from domain.platforms import fits
from domain.readings import as_published

_LINK = re.compile(r"https?://[^\s<>«»\"'\[\]{}|\\^`]+", re.IGNORECASE)
_TRAILING = ".,;:!?…"
"""What ends the sentence rather than the address."""


@dataclass(frozen=True)
class TagRule:
    """`domains`: links to these and what lies below them are tagged; empty: none are. `campaign`: utm_campaign."""

    domains: tuple[str, ...] = ()
    campaign: str = ""

    def covers(self, host: str) -> bool:
        bare = host.lower().rstrip(".")
        return any(bare == domain or bare.endswith("." + domain) for domain in self.domains)


NO_TAGS = TagRule()


def tagged(text: str, page: Page, rule: TagRule) -> str:
    """The text as this page publishes it: its links to our own sites carry the tags; others and tagged ones stay."""
    if not rule.domains:
        return text
    return _LINK.sub(lambda found: _with_tags(found.group(), page, rule), text)


def handed_out(text: str, page: Page, media: Iterable[MediaRef], rule: TagRule) -> str:
    """`tagged`, unless the tags would make it too long for the page's network: then the links stay as they were approved."""
    new = tagged(text, page, rule)
    if new == text:
        return text
    files = sum(file.kind in PUBLISHABLE for file in media)
    return new if fits(page.platform, as_published(new, page.imprint), files) else text


def tagged_domains(text: str, rule: TagRule) -> tuple[str, ...]:
    """To which of the own sites the text links, each once, in order: what an approver is told."""
    if not rule.domains:
        return ()
    hosts = (_host(_address(found.group())) for found in _LINK.finditer(text))
    return tuple(dict.fromkeys(host for host in hosts if rule.covers(host)))


def _address(found: str) -> str:
    """Without what belongs to the sentence around it."""
    url = found.rstrip(_TRAILING)
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(_TRAILING)
    return url


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # such as a bracket that begins no address
        return ""


def _with_tags(found: str, page: Page, rule: TagRule) -> str:
    url = _address(found)
    rest = found[len(url) :]
    if not rule.covers(_host(url)):
        return found
    address, hash_, fragment = url.partition("#")
    if "utm_source=" in address.lower():  # somebody has tagged it on purpose
        return found
    tags = [("utm_source", page.platform.value), ("utm_medium", "social")]
    tags += [("utm_campaign", rule.campaign)] if rule.campaign else []
    tags += [("utm_content", page.code)]
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in tags)
    joint = "?" if "?" not in address else "" if address.endswith(("?", "&")) else "&"
    return f"{address}{joint}{query}{hash_}{fragment}{rest}"
