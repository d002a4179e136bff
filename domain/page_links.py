"""A page's addresses as the plan gives them, read as links."""

from collections.abc import Iterator

from domain.links import NotALink, NotAPage, PageAddress, SeveralLinks, UnknownPlatform, page_address
from domain.pages import Page


def page_links(page: Page) -> Iterator[PageAddress]:
    """Those that can be read; what cannot shows the page to people only."""
    for address in page.addresses:
        try:
            yield page_address(address)
        except (NotALink, NotAPage, SeveralLinks, UnknownPlatform):
            continue


def page_url(page: Page) -> str | None:
    """The page's address as a link; None when the plan gives none that can be opened."""
    return next((link.normal for link in page_links(page)), None)
