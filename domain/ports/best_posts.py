"""Port: what posts reached against their page's usual."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from domain.best_posts import Bare, BestPost, PostAge, PostMeasure, Publication, Result, Scope, Usual
from domain.figures import Figure
from domain.pages import Page

Counts = Mapping[int, int]
"""Posts by step of their score."""


class BestPosts(Protocol):
    async def facts(self, page: str) -> tuple[list[Publication], list[Figure]]:
        """A page's proven posts, and every figure of them, replaced ones included."""

    async def save(self, page: Page, results: Collection[Result], usuals: Collection[Usual]) -> None:
        """Put these in the place of what is stored of the page; what stays the same is not written."""

    async def pages_without(self) -> list[str]:
        """Pages with figures of posts that were never compared: from before there were comparisons."""

    async def pages_of(self, person_id: int, since: datetime) -> frozenset[str]:
        """Pages this person keeps, or has published on since then."""

    async def posted(self, scope: Scope, since: date, until: date) -> int:
        """Published posts, from the roll-ups."""

    async def measured(
        self, scope: Scope, measure: PostMeasure, since: date, until: date, age: PostAge | None = None
    ) -> dict[PostAge, tuple[int, int]]:
        """By age (of all ages, or this one): how many posts have figures, and of how many there is a score."""

    async def scores(
        self, scope: Scope, age: PostAge, measure: PostMeasure, since: date, until: date
    ) -> dict[tuple[str, str], Counts]:
        """By network and rubric."""

    async def parts(
        self, scope: Scope, age: PostAge, measure: PostMeasure, since: date, until: date, hours: int
    ) -> tuple[dict[str, dict[int, Counts]], dict[str, int]]:
        """By network and part of the day (of so many hours), and how many pages of each network have a usual."""

    async def best(
        self,
        scope: Scope,
        age: PostAge,
        measure: PostMeasure,
        since: date,
        until: date,
        limit: int,
        *,
        platform: str = "",
        rubric: str | None = None,
    ) -> list[BestPost]:
        """The highest scores, of equal ones the newest; posts whose proof was taken back since are left out."""

    async def readings(self, slot_id: int) -> list[Result]:
        """Of one post, every age."""

    async def find(self, slot_id: int, age: PostAge, measure: PostMeasure) -> BestPost | None:
        """One post against its page's usual; None without a score."""

    async def bare(self, scope: Scope, since: date, until: date, limit: int) -> list[Bare]:
        """The newest published posts without any figure."""
