"""status."""

from storage.repositories.base import Repository


class StatusRepository(Repository): ...
