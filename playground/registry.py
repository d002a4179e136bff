"""Which Bot API methods are modelled, and what one call looks like to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from playground import errors
from playground.files import Upload

if TYPE_CHECKING:
    from playground.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One checked request. `params` hold plain JSON values under the Bot API's names."""

    method: str
    params: Json
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or the default when it was not given."""
        return self.params.get(name, default)

    def text(self, name: str) -> str:
        """A text parameter; empty when it was not given."""
        value = self.params.get(name, "")
        return str(value)

    def integer(self, name: str) -> int:
        """A number that was given."""
        return int(self.params[name])

    def flag(self, name: str) -> bool:
        """A boolean; False when it was not given."""
        return bool(self.params.get(name, False))

    def file(self, value: Any) -> Upload | str:
        """What a file parameter stands for: an upload, or an id or URL."""
        if isinstance(value, str) and value.startswith("attach://"):
            name = value.removeprefix("attach://")
            if name not in self.uploads:
                raise errors.ATTACHMENT_MISSING.error(name=name)
            return self.uploads[name]
        return value if isinstance(value, Upload) else str(value)

    def refuse_unmodelled(self, *names: str) -> None:
        """Raise for parameters whose meaning the playground does not act out."""
        for name in names:
            if name in self.params:
                raise errors.PARAMETER_UNMODELLED.error(name=name)


Handler = Callable[["World", Call], Any | Awaitable[Any]]

METHODS: Final[dict[str, Handler]] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Register a handler under a method's own name."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = handler
        return handler

    return register
