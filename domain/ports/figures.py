"""Port: figures."""

from typing import Protocol


class Figures(Protocol): ...
