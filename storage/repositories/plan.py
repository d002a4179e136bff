"""plan."""

from storage.repositories.base import Repository


class PlanRepository(Repository): ...
