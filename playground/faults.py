"""Trouble on purpose: which requests go wrong, how, and how often; and updates that get lost or come twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from random import Random
from typing import Any, Final

from playground import errors

Json = dict[str, Any]


class FaultKind(StrEnum):
    """What can go wrong."""

    TOO_MANY = "429"  # with parameters.retry_after and the Retry-After header
    TOO_MANY_BARE = "429-bare"  # without either
    FORBIDDEN = "403"
    CONFLICT = "409"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"  # JSON
    BAD_GATEWAY_HTML = "502-html"
    DELAY = "delay"
    DISCONNECT = "disconnect"  # before anything happened
    REPLY_LOST = "reply-lost"  # applied, then the connection breaks
    DROP_UPDATE = "drop-update"
    DUPLICATE_UPDATE = "duplicate-update"
    REORDER_UPDATE = "reorder-update"  # the next update overtakes this one


UPDATE_FAULTS: Final = frozenset({FaultKind.DROP_UPDATE, FaultKind.DUPLICATE_UPDATE, FaultKind.REORDER_UPDATE})
REQUEST_FAULTS: Final = frozenset(FaultKind) - UPDATE_FAULTS


_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "method": (str, type(None)),
    "chat_id": (int, type(None)),
    "text": (str, type(None)),
    "nth": (int,),
    "times": (int, type(None)),
    "retry_after": (int,),
    "description": (str, type(None)),
    "seconds": (int, float),
}


@dataclass(slots=True)
class Fault:
    """One rule. It hits the `nth` matching request and the `times - 1` after it (times=None: all after it)."""

    kind: FaultKind
    method: str | None = None  # for update faults: the kind of update
    chat_id: int | None = None
    text: str | None = None  # contained in the text, the caption or the callback data
    nth: int = 1
    times: int | None = 1
    retry_after: int = 1
    description: str | None = None
    seconds: float = 0.0  # of a delay; of an overtaken update: the longest it waits for another one
    seen: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        """A rule of the wrong types would break the request that it strikes."""
        for name, allowed in _TYPES.items():
            value = getattr(self, name)
            sound = isinstance(value, allowed) and not isinstance(value, bool)
            if not sound:
                raise ValueError(f"{name} of a fault cannot be {value!r}")

    def matches(self, method: str, chat_id: object, text: str) -> bool:
        """Whether the rule is about such a request."""
        if self.method is not None and self.method.lower() != method.lower():
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        return self.text is None or self.text in text

    def strikes(self) -> bool:
        """Count a matching request; True when this one is to go wrong."""
        self.seen += 1
        struck = self.seen >= self.nth and (self.times is None or self.hits < self.times)
        self.hits += struck
        return struck

    def payload(self) -> Json:
        """As the control API shows it."""
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name != "dice"}

    def about(self, *, updates: bool) -> bool:
        """Whether the rule is about updates, or about requests."""
        return (self.kind in UPDATE_FAULTS) == updates

    def error(self) -> errors.ApiError | None:
        """The refusal this fault answers with; None for those that do not answer with one."""
        match self.kind:
            case FaultKind.TOO_MANY:
                return errors.RETRY_AFTER.error({"retry_after": self.retry_after}, seconds=self.retry_after)
            case FaultKind.TOO_MANY_BARE:
                return errors.TOO_MANY_BARE.error()
            case FaultKind.FORBIDDEN:
                error = errors.BLOCKED.error()
            case FaultKind.CONFLICT:
                error = errors.OTHER_POLLER.error()
            case FaultKind.SERVER_ERROR:
                error = errors.SERVER_TROUBLE.error()
            case FaultKind.BAD_GATEWAY:
                error = errors.BAD_GATEWAY.error()
            case _:
                return None
        if self.description is not None:
            error.description = self.description
        return error


@dataclass(slots=True)
class RandomFault(Fault):
    """A rule that strikes by chance, the same way for the same seed and order of events; each hit takes one of the kinds."""

    rate: float = 0.0
    seed: int = 0
    kinds: tuple[FaultKind, ...] = ()
    dice: Random = field(default_factory=Random, repr=False, compare=False)

    def strikes(self) -> bool:
        """Throw the dice."""
        self.seen += 1
        if self.dice.random() >= self.rate or (self.times is not None and self.hits >= self.times):
            return False
        self.hits += 1
        self.kind = self.dice.choice(self.kinds)
        return True

    def about(self, *, updates: bool) -> bool:
        """All kinds of one rule are of one sort."""
        return (self.kinds[0] in UPDATE_FAULTS) == updates


# Network and server trouble that a bot must live with; 403 and 409 mean something and are asked for by name
USUAL_TROUBLE: Final = (
    FaultKind.TOO_MANY,
    FaultKind.SERVER_ERROR,
    FaultKind.BAD_GATEWAY,
    FaultKind.BAD_GATEWAY_HTML,
    FaultKind.DISCONNECT,
    FaultKind.REPLY_LOST,
)


class Faults:
    """The rules in force, asked in the order they were added; the first that strikes wins."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._rules)

    def add(
        self,
        kind: FaultKind | str,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        text: str | None = None,
        nth: int = 1,
        times: int | None = 1,
        retry_after: int = 1,
        description: str | None = None,
        seconds: float = 0.0,
    ) -> Fault:
        """Add a rule and return it; its `hits` say how often it struck."""
        fault = Fault(FaultKind(kind), method, chat_id, text, nth, times, retry_after, description, seconds)
        self._rules.append(fault)
        return fault

    def random(
        self,
        rate: float,
        seed: int = 0,
        kinds: Iterable[FaultKind | str] = USUAL_TROUBLE,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        text: str | None = None,
        times: int | None = None,
        retry_after: int = 1,
        seconds: float = 0.0,
    ) -> RandomFault:
        """Add a rule that strikes a share of the matching requests (or updates), reproducibly by its seed."""
        chosen = tuple(FaultKind(kind) for kind in kinds)
        if not 0 <= rate <= 1 or not chosen:
            raise ValueError("a rate lies between 0 and 1, and there is at least one kind")
        if len({kind in UPDATE_FAULTS for kind in chosen}) > 1:
            raise ValueError("faults of requests and of updates need rules of their own")
        rule = RandomFault(chosen[0], method, chat_id, text, times=times, retry_after=retry_after, seconds=seconds)
        rule.rate, rule.seed, rule.kinds = rate, seed, chosen
        rule.dice = Random(seed)  # noqa: S311  reproducible trouble, not a secret
        self._rules.append(rule)
        return rule

    def remove(self, fault: Fault) -> None:
        """Take one rule out of force."""
        self._rules.remove(fault)

    def clear(self) -> None:
        """No more trouble."""
        self._rules.clear()

    def for_request(self, method: str, params: Json) -> Fault | None:
        """The rule that strikes this request, if any."""
        if not self._rules:
            return None
        text = " ".join(str(params[name]) for name in ("text", "caption", "question") if name in params)
        return self._first(method, params.get("chat_id"), text, updates=False)

    def for_update(self, kind: str, payload: Json) -> Fault | None:
        """The rule that strikes this update, if any."""
        if not self._rules:
            return None
        message = payload.get("message", payload)
        text = f"{payload.get('text', '')} {payload.get('caption', '')} {payload.get('data', '')}"
        return self._first(kind, message.get("chat", {}).get("id"), text, updates=True)

    def _first(self, method: str, chat_id: object, text: str, *, updates: bool) -> Fault | None:
        if isinstance(chat_id, str) and chat_id.lstrip("-").isdigit():
            chat_id = int(chat_id)
        for rule in self._rules:
            if rule.about(updates=updates) and rule.matches(method, chat_id, text) and rule.strikes():
                return rule
        return None
