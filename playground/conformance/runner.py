"""Runs the checks one after another and tells what was seen."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

import playground.conformance.checks  # noqa: F401  importing it fills the list
from playground.conformance.client import BotClient, ControlClient, ControlError
from playground.conformance.probe import Places, Probe, Skip, Unexpected
from playground.conformance.registry import BLOCKED, CHANNEL, CHECKS, CLOCK, GROUP, PERSON, Check

Json = dict[str, Any]

_CHECK_SECONDS: Final = 40.0
_LIVE_CHECK_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `problem` is what was seen, or why it was skipped; empty when the rule holds."""

    check: Check
    outcome: str  # passed, failed, skipped
    problem: str = ""


@dataclass(slots=True)
class Report:
    """All findings."""

    findings: list[Finding] = field(default_factory=list)

    def of(self, outcome: str) -> list[Finding]:
        """The findings with that outcome."""
        return [finding for finding in self.findings if finding.outcome == outcome]

    @property
    def failed_names(self) -> set[str]:
        """The names of the checks that failed."""
        return {finding.check.name for finding in self.of("failed")}

    def as_json(self) -> Json:
        """`checks` counts those that were run."""
        passed, failed, skipped = (self.of(outcome) for outcome in ("passed", "failed", "skipped"))
        return {
            "checks": len(passed) + len(failed),
            "passed": len(passed),
            "failed": len(failed),
            "skipped": len(skipped),
            "failures": [
                {"subject": f.check.subject, "name": f.check.name, "rule": f.check.rule, "seen": f.problem}
                for f in failed
            ],
            "skips": [{"subject": f.check.subject, "name": f.check.name, "why": f.problem} for f in skipped],
        }


def chosen(only: Sequence[str] = ()) -> list[Check]:
    """The checks whose subject or name fits; all when nothing is asked for."""
    return [check for check in CHECKS if not only or check.fits(only)]


def why_not(check: Check, places: Places, *, control: bool, live: bool) -> str:
    """Why a check cannot be run here; empty when it can."""
    if live:
        return "" if check.live else "not safe against the real Telegram"
    there = {
        PERSON: control,
        CLOCK: control,
        BLOCKED: places.blocked is not None,
        GROUP: places.group is not None,
        CHANNEL: places.channel is not None,
    }
    missing = sorted(need for need in check.needs if not there[need])
    return f"needs {', '.join(missing)}" if missing else ""


async def run(
    url: str,
    token: str,
    places: Places,
    *,
    admin_url: str | None = None,
    only: Sequence[str] = (),
    live: bool = False,
    told: Callable[[Finding], None] | None = None,
) -> Report:
    """Check a server; `told` hears of each finding as it is made."""
    report = Report()
    async with BotClient(url, token, paced=live) as api:
        control = None if admin_url is None or live else ControlClient(admin_url, api.session)
        probe = Probe(api, control, places)
        for check in chosen(only):
            reason = why_not(check, places, control=control is not None, live=live)
            finding = Finding(check, "skipped", reason) if reason else await _run_one(check, probe, live=live)
            report.findings.append(finding)
            if told is not None:
                told(finding)
    return report


async def _run_one(check: Check, probe: Probe, *, live: bool) -> Finding:
    try:
        async with asyncio.timeout(_LIVE_CHECK_SECONDS if live else _CHECK_SECONDS):
            if check.updates:
                await probe.quiet()
            await check.run(probe)
    except Skip as reason:
        return Finding(check, "skipped", str(reason))
    except Unexpected as seen:
        return Finding(check, "failed", str(seen))
    except TimeoutError:
        return Finding(check, "failed", "no answer in time")
    except (aiohttp.ClientError, ControlError) as trouble:
        return Finding(check, "failed", f"{type(trouble).__name__}: {trouble}")
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as shape:  # an answer of an odd shape
        return Finding(check, "failed", f"odd answer: {shape!r}")
    finally:
        await _tidy(probe, live=live)
    return Finding(check, "passed")


async def _tidy(probe: Probe, *, live: bool) -> None:
    """A live run leaves nothing in the owner's chat."""
    if live:
        for chat_id in {chat_id for chat_id, _ in probe.sent}:
            ids = sorted({message_id for place, message_id in probe.sent if place == chat_id})
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                await probe.api.call("deleteMessages", {"chat_id": chat_id, "message_ids": ids})
    probe.sent.clear()
