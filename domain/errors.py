"""Errors as facts with fields; `texts.errors` turns them into words for one person.

Frozen dataclass exceptions break inside `asynccontextmanager` (Python sets `__traceback__` on them), hence `eq=False`
and no `frozen`.
"""

from dataclasses import dataclass


@dataclass(eq=False)
class DomainError(Exception):
    """A rule of the campaign said no; the transaction is rolled back and the person is told which rule."""

    def __str__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"


@dataclass(eq=False)
class NotFound(DomainError):
    """What was named does not exist (any more). `kind` is the English noun of the thing: "draft", "page"…"""

    kind: str


@dataclass(eq=False)
class Forbidden(DomainError):
    """The person may not do this, here, now. `action` is a value of `domain.rights.Action`."""

    action: str


@dataclass(eq=False)
class NoRole(Forbidden):
    """The person has joined but holds no role at the moment."""


@dataclass(eq=False)
class Conflict(DomainError):
    """Somebody was faster, or the thing changed since the button was drawn."""


@dataclass(eq=False)
class Invalid(DomainError):
    """What was given cannot be used as it is."""
