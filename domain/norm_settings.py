"""A norm as it is being set: a row until it is saved or dropped."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Conflict
from domain.norms import Norm


class SettingState(StrEnum):
    OPEN = "open"
    SAVED = "saved"
    DROPPED = "dropped"


@dataclass(frozen=True)
class NormSetting:
    """`seen`: version of the page's norm it began with, 0 without one. `at_once`: holds from today, else from tomorrow.
    `replaced`: once it is saved, the norm before it."""

    id: int
    person_id: int
    page: str
    norm: Norm
    seen: int
    at_once: bool
    state: SettingState
    version: int
    created_at: datetime
    replaced: Norm | None = None

    @property
    def subject(self) -> str:
        return f"norm:{self.id}"


@dataclass(eq=False)
class NormSettingChanged(Conflict):
    """This norm was saved, dropped or changed meanwhile: `state` says how it stands."""

    state: SettingState


@dataclass(eq=False)
class NormChanged(Conflict):
    """The page's norm was changed by somebody else after this one was begun."""
