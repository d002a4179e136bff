"""drafts."""

from storage.repositories.base import Repository


class DraftRepository(Repository): ...


class MediaRepository(Repository): ...
