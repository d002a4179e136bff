"""Port: plan."""

from typing import Protocol


class Plan(Protocol): ...
