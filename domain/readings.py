"""A draft as it will be read: each network's text with each page's imprint, and whether it fits there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from domain.diff import Piece, word_diff
from domain.drafts import (
    Draft,
    EmptyDraft,
    MediaRefused,
    NoPages,
    NotYourPage,
    OnlyMaterial,
    SeveralPersonalPages,
    TooLong,
    joined,
)
from domain.media_rules import MediaFault, find_fault
from domain.pages import Page, PageKind
from domain.platforms import RULES, Measure, Platform, measure

_UNKNOWN: Mapping[str, int] = MappingProxyType({})


def as_published(text: str, imprint: str) -> str:
    """A text as a page publishes it: with its imprint after an empty line (H3), unless it has that line already."""
    if not imprint or imprint in text.splitlines():
        return text
    return joined(text, imprint)


@dataclass(frozen=True)
class Preview:
    """One way in which a draft will be read; pages that publish the same text on the same network share it.

    `own`: the network has a text of its own. `fault`: why the draft's files do not fit there.
    """

    platform: Platform
    text: str
    titles: tuple[str, ...]
    imprint: str
    measure: Measure
    own: bool = False
    fault: MediaFault | None = None

    @property
    def fits(self) -> bool:
        return self.measure.left >= 0 and self.fault is None


def previews(draft: Draft, pages: Iterable[Page], sizes: Mapping[str, int] = _UNKNOWN) -> list[Preview]:
    """Every distinct reading, in the order of the pages. `sizes`: bytes of its files by hash, where they are known."""
    found: dict[tuple[Platform, str], Preview] = {}
    own = {variant.platform for variant in draft.variants}
    files = [(file.kind, sizes.get(file.sha256, 0)) for file in draft.media]
    for page in pages:
        network = page.platform
        published = as_published(draft.text_for(network), page.imprint)
        known = found.get((network, published))
        if known is None:
            room = measure(network, published, len(draft.published_media))
            fault = find_fault(RULES[network].media, files)
            reading = Preview(network, published, (page.title,), page.imprint, room, network in own, fault)
        else:
            reading = replace(known, titles=(*known.titles, page.title))
        found[network, published] = reading
    return list(found.values())


def own_changes(old: Draft, new: Draft) -> tuple[tuple[Platform, tuple[Piece, ...]], ...]:
    """What changed for the networks that had or have a text of their own, where they read it differently now."""
    own = {variant.platform for variant in (*old.variants, *new.variants)}
    both = ((network, old.text_for(network), new.text_for(network)) for network in Platform if network in own)
    return tuple((network, tuple(word_diff(was, is_))) for network, was, is_ in both if was != is_)


def networks_of(pages: Iterable[Page]) -> list[Platform]:
    """The networks of these pages, in the order in which they stand in lists."""
    return sorted({page.platform for page in pages}, key=lambda network: network.order)


def own_networks(draft: Draft, pages: Iterable[Page]) -> list[Platform]:
    """Those of them that have a text of their own."""
    own = {variant.platform for variant in draft.variants}
    return [network for network in networks_of(pages) if network in own]


def common_unread(draft: Draft, pages: Iterable[Page]) -> bool:
    """Whether every network of these pages has a text of its own: nobody reads the common one."""
    chosen = tuple(pages)
    return bool(chosen) and own_networks(draft, chosen) == networks_of(chosen)


def ensure_submittable(draft: Draft, pages: Iterable[Page], sizes: Mapping[str, int] = _UNKNOWN) -> None:
    """Raise what keeps it from being handed in: empty, no page, does not fit somewhere, somebody else's own page."""
    chosen = tuple(pages)
    texts = [draft.text_for(network) for network in networks_of(chosen)] or [draft.text]
    if not draft.published_media and not all(text.strip() for text in texts):
        raise OnlyMaterial if draft.media else EmptyDraft
    if not chosen:
        raise NoPages
    personal = [page for page in chosen if page.kind is PageKind.PERSONAL]
    if len(personal) > 1:
        raise SeveralPersonalPages
    if personal and personal[0].keeper_id != draft.author_id:
        raise NotYourPage(personal[0].title)
    ensure_fits(draft, chosen, sizes)


def ensure_fits(draft: Draft, pages: Iterable[Page], sizes: Mapping[str, int] = _UNKNOWN) -> None:
    """Raise `TooLong` or `MediaRefused` for the first network whose limits it breaks."""
    for preview in previews(draft, pages, sizes):
        if preview.measure.left < 0:
            raise TooLong(preview.platform, preview.measure)
        if preview.fault is not None:
            raise MediaRefused(preview.platform, preview.fault)
