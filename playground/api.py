"""The request pipeline: fault, parameters, pace, method, result, wire log. Knows nothing of HTTP."""

from __future__ import annotations

import inspect
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import playground.methods  # noqa: F401  importing it fills the registry
from playground import checks, errors, wire
from playground.faults import Fault, FaultKind
from playground.files import Upload
from playground.registry import METHODS, Call
from playground.world import World

Json = dict[str, Any]

logger = logging.getLogger(__name__)

# Known to aiogram, not acted out here: taking them silently would promise what does not happen
UNMODELLED_PARAMETERS: Final = frozenset(
    {
        "business_connection_id",
        "inline_message_id",
        "direct_messages_topic_id",
        "suggested_post_parameters",
        "ephemeral_message_parameters",
        "receiver_user_id",
    }
)
_NOT_LOGGED: Final = frozenset({"getUpdates"})


@dataclass(slots=True)
class Answer:
    """What goes back: a status and a JSON body, or an odd ending that a fault asked for."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)
    html: str | None = None
    disconnect: bool = False
    delay: float = 0.0


class BotApi:
    """Answers Bot API calls about one world. Without `checks` requests are only read, and answers go out as they are."""

    def __init__(self, world: World, *, checks: bool = True) -> None:
        self.world = world
        self.checks = checks

    async def call(self, method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Answer:
        """Do one request, from its raw parameters to its place in the wire log."""
        started = time.perf_counter()
        spec = checks.spec_of(method)
        name = spec.name if spec is not None else method
        params: Json = dict(raw)
        fault = self.world.faults.for_request(name, params)
        try:
            answer = _ending_of(fault)
            if answer is None:
                params = self._checked(name, spec, raw, uploads)
                self.world.pace.admit(name, params.get("chat_id"))
                answer = Answer(200, {"ok": True, "result": await self._do(name, spec, params, uploads)})
        except errors.ApiError as error:
            answer = _refused(error)
            if error.malformed:
                self.world.sees_violation(name, wire.readable(params, uploads), error.description)
        except Exception as problem:  # a fault of ours must fail the test run, not look like a slow network
            logger.exception("the playground failed in %s", name)
            answer = _refused(errors.INTERNAL.error(detail=repr(problem)))
            self.world.sees_violation(name, wire.readable(params, uploads), answer.body["description"])
        if fault is not None:
            answer = _with_fault(answer, fault)
        self._log(name, wire.readable(params, uploads), answer, fault, started)
        self.world.tell({"kind": "request", "method": name})
        return answer

    def _checked(
        self, name: str, spec: checks.MethodSpec | None, raw: Mapping[str, Any], uploads: Mapping[str, Upload]
    ) -> Json:
        if spec is None:
            raise errors.UNKNOWN_METHOD.error()
        if name not in METHODS:
            raise errors.NOT_MODELLED.error(method=name)
        params = checks.check_request(spec, raw, uploads, trusting=not self.checks)
        for parameter in UNMODELLED_PARAMETERS & params.keys():
            raise errors.PARAMETER_UNMODELLED.error(name=parameter)
        return params

    async def _do(self, name: str, spec: checks.MethodSpec | None, params: Json, uploads: Mapping[str, Upload]) -> Any:
        result = METHODS[name](self.world, Call(name, params, uploads))
        if inspect.isawaitable(result):
            result = await result
        if self.checks and spec is not None:
            problem = checks.problem_with_result(spec.result, result)
            if problem is not None:
                raise errors.INTERNAL.error(detail=problem)
        return result

    def _log(self, name: str, params: Json, answer: Answer, fault: Fault | None, started: float) -> None:
        if name in _NOT_LOGGED and answer.status == 200 and not answer.body.get("result"):
            return  # empty polls would bury everything else
        entry = wire.WireEntry(
            at=self.world.clock.now(),
            method=name,
            params=params,
            status=0 if answer.disconnect else answer.status,
            description=answer.body.get("description", ""),
            duration_ms=round((time.perf_counter() - started) * 1000, 3),
            fault=None if fault is None else fault.kind.value,
            result=answer.body.get("result") if name != "getUpdates" else len(answer.body.get("result") or ()),
        )
        self.world.log(entry)


def _ending_of(fault: Fault | None) -> Answer | None:
    """How a fault ends a request before anything is done; None when it goes on."""
    if fault is None:
        return None
    error = fault.error()
    if error is not None:
        return _refused(error)
    if fault.kind is FaultKind.DISCONNECT:
        return Answer(0, {}, disconnect=True)
    if fault.kind is FaultKind.BAD_GATEWAY_HTML:
        return Answer(502, {"description": errors.BAD_GATEWAY.text}, html=errors.HTML_BAD_GATEWAY)
    return None


def _refused(error: errors.ApiError) -> Answer:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
        if "retry_after" in error.parameters:
            headers["Retry-After"] = str(error.parameters["retry_after"])
    return Answer(error.code, body, headers)


def _with_fault(answer: Answer, fault: Fault) -> Answer:
    if fault.kind is FaultKind.REPLY_LOST:
        answer.disconnect = True
    elif fault.kind is FaultKind.DELAY:
        answer.delay = fault.seconds
    return answer
