"""Port: what the page behind a link says about itself. Handlers ask it before their use case, never a use case itself."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class LinkPage:
    """Plain text, one line each, shortened; `description` may be empty."""

    title: str
    description: str


class LinkReader(Protocol):
    async def read(self, url: str) -> LinkPage | None:
        """None when the page cannot be read, whatever the reason; never raises, takes seconds at most."""
