"""figures."""

from storage.repositories.base import Repository


class FigureRepository(Repository): ...
