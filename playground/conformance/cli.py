"""`python -m playground conformance`: is this server a Bot API server?"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any, Final

import aiohttp

from playground.conformance.client import BotClient, ControlClient, ControlError
from playground.conformance.probe import Places
from playground.conformance.runner import Finding, Report, chosen, run

_SEEDED: Final = {"chat": 1001, "blocked": 1003, "group": -1001001, "channel": -1001002}
"""What `python -m playground serve` starts with."""
_MARKS: Final = {"passed": "+", "failed": "!", "skipped": "-"}


def add_arguments(commands: Any) -> None:
    """The subcommand and its options."""
    parser: argparse.ArgumentParser = commands.add_parser("conformance", help="check any Bot API server")
    parser.set_defaults(command="conformance")
    parser.add_argument("--url", default="", help="for example http://127.0.0.1:8081")
    parser.add_argument("--token", default="")
    for name, value in _SEEDED.items():
        parser.add_argument(f"--{name}", type=int, default=None, help=f"default {value}; none with --live")
    parser.add_argument("--admin-url", default=None, help="control API of the playground: lets checks act as people")
    parser.add_argument("--live", action="store_true", help="only what is safe against the real Telegram; needs --chat")
    parser.add_argument("--only", default="", help="subjects or parts of names, separated by commas")
    parser.add_argument("--json", default=None, metavar="FILE", help="write the report there; - prints it")
    parser.add_argument("--list", action="store_true", help="print the rules instead of checking them")


class _CannotBeginError(Exception):
    """Why nothing can be checked."""


def main(arguments: argparse.Namespace) -> int:
    """0 when every check passed, 1 when one failed, 2 when the server cannot be asked at all."""
    only = [word for word in arguments.only.split(",") if word]
    if arguments.list:
        for check in chosen(only):
            sys.stdout.write(f"{check.subject}.{check.name}: {check.rule}\n")
        return 0
    try:
        report = _run(arguments, only)
    except (_CannotBeginError, KeyboardInterrupt) as reason:
        sys.stderr.write(f"conformance: {str(reason) or 'interrupted'}\n")
        return 2
    _hand_over(report, arguments.json)
    return 1 if report.of("failed") else 0


def _run(arguments: argparse.Namespace, only: list[str]) -> Report:
    if not arguments.url or not arguments.token:
        raise _CannotBeginError("--url and --token are needed")
    if not chosen(only):
        raise _CannotBeginError(f"no check is called {arguments.only}; --list shows them all")
    if arguments.live:
        if arguments.chat is None:
            raise _CannotBeginError("--live needs --chat: your own chat with the bot")
        if arguments.chat < 0:
            raise _CannotBeginError("--live writes to a private chat only")
        _announce(arguments.chat, only)
    try:
        return asyncio.run(_check(arguments, only))
    except ControlError as problem:
        raise _CannotBeginError(f"no control API at {arguments.admin_url}: {problem}") from None
    except (aiohttp.ClientError, TimeoutError) as problem:
        raise _CannotBeginError(f"cannot ask {arguments.url}: {problem}") from None


async def _check(arguments: argparse.Namespace, only: list[str]) -> Report:
    async with BotClient(arguments.url, arguments.token) as api:
        await api.call("getMe", {})  # a server that is not there is no finding
        if arguments.admin_url is not None and not arguments.live:
            await ControlClient(arguments.admin_url, api.session).get("state")
    return await run(
        arguments.url,
        arguments.token,
        _places(arguments),
        admin_url=arguments.admin_url,
        only=only,
        live=arguments.live,
        told=None if arguments.json == "-" else _tell,
    )


def _places(arguments: argparse.Namespace) -> Places:
    if arguments.live:
        return Places(arguments.chat)
    given = {name: getattr(arguments, name) for name in _SEEDED}
    return Places(**{name: _SEEDED[name] if value is None else value for name, value in given.items()})


def _announce(chat: int, only: list[str]) -> None:
    count = sum(check.live for check in chosen(only))
    sys.stderr.write(
        f"{count} checks will write to chat {chat} only, at most one request a second (about {count // 20 + 1} minutes), and "
        "delete what they sent. Groups, commands, names, updates and webhooks are left alone. Ctrl-C stops it.\n"
    )


def _tell(finding: Finding) -> None:
    check = finding.check
    problem = f"\n    rule: {check.rule}\n    seen: {finding.problem}" if finding.outcome == "failed" else ""
    reason = f" ({finding.problem})" if finding.outcome == "skipped" else ""
    sys.stdout.write(f"{_MARKS[finding.outcome]} {check.subject}.{check.name}{reason}{problem}\n")
    sys.stdout.flush()


def _hand_over(report: Report, target: str | None) -> None:
    facts = report.as_json()
    if target == "-":
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
        return
    if target is not None:
        Path(target).write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    counts = ", ".join(f"{facts[name]} {name}" for name in ("checks", "passed", "failed", "skipped"))
    sys.stdout.write(counts + "\n")
