"""Port: what stands behind one page and one post."""

from datetime import datetime
from typing import Protocol

from domain.status_posts import FigureLine, PostLine, PostTrail


class Trails(Protocol):
    async def posts_of(self, page: str, now: datetime, limit: int) -> list[PostLine]:
        """Slots whose moment has passed or that are posted, newest first."""

    async def post(self, slot_id: int) -> PostTrail:
        """One slot with everybody who had it and the decisions on its text. Raises NotFound."""

    async def figures_of(self, page: str, limit: int) -> list[FigureLine]:
        """Page figures with names and history, newest first."""
