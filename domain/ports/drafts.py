"""Port: drafts."""

from typing import Protocol


class Drafts(Protocol): ...


class MediaIndex(Protocol): ...
