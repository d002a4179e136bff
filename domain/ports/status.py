"""Port: status."""

from typing import Protocol


class StatusReads(Protocol): ...
