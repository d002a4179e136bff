"""`python -m playground serve`: the local Telegram alone, with a small cast; `errors`: its table of error texts."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from pathlib import Path

from playground import errors
from playground.conformance import cli as conformance
from playground.server import LocalTelegram
from playground.world import World


def seed(world: World) -> None:
    """Somebody who has pressed START, somebody who has blocked the bot, a forum and a channel."""
    anna = world.add_user(1001, "Анна", last_name="Белова", username="anna_b", started=True)
    boris = world.add_user(1003, "Борис", last_name="Орлов", started=True)
    boris.blocked = True
    world.add_user(1002, "Vera", last_name="Stone", language_code="en")
    world.add_group(-1001001, "Штаб", members=[anna, boris], forum=True)
    world.add_channel(-1001002, "Новости", username="hq_news")


async def _serve(options: argparse.Namespace) -> None:
    telegram = LocalTelegram(options.token, port=options.port, admin_port=options.admin_port, wire_log=options.wire_log)
    async with telegram:
        seed(telegram.world)
        telegram.world.updates.real_pauses = options.real_pauses
        page = telegram.admin_url.removesuffix("/_admin")
        sys.stdout.write(f"Bot API  {telegram.url}\npage     {page}/\ncontrol  {telegram.admin_url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def _errors(*, unsourced: bool) -> str:
    """The table of error texts, one a line: source, code, text."""
    rows = [row for row in errors.TABLE.values() if not unsourced or row.source == "-"]
    return "".join(f"{row.source}  {row.code:3}  {row.text}\n" for row in rows)


def main() -> None:
    """Parse the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="start the local Telegram with a seeded cast")
    serve.add_argument("--port", type=int, default=8081)
    serve.add_argument("--token", required=True, help="the only token to accept, for example 42:TEST")
    serve.add_argument("--admin-port", type=int, default=None, help="page and control API on a port of their own")
    serve.add_argument(
        "--wire-log", type=Path, default=None, metavar="FILE", help="append every request as a JSON line"
    )
    serve.add_argument("--real-pauses", action="store_true", help="slow hasty pollers down as Telegram does")
    table = commands.add_parser("errors", help="list the texts the server refuses with, and where they are known from")
    table.add_argument("--unsourced", action="store_true", help="only those that no source vouches for")
    conformance.add_arguments(commands)
    arguments = parser.parse_args()
    if arguments.command == "conformance":
        sys.exit(conformance.main(arguments))
    if arguments.command == "errors":
        sys.stdout.write(_errors(unsourced=arguments.unsourced))
        return
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments))


if __name__ == "__main__":
    main()
