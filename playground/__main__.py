"""`python -m playground serve`: the local Telegram alone, with a small cast."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

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


async def _serve(port: int, token: str, admin_port: int | None) -> None:
    async with LocalTelegram(token=token, port=port, admin_port=admin_port) as telegram:
        seed(telegram.world)
        page = telegram.admin_url.removesuffix("/_admin")
        sys.stdout.write(f"Bot API  {telegram.url}\npage     {page}/\ncontrol  {telegram.admin_url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Parse the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="start the local Telegram with a seeded cast")
    serve.add_argument("--port", type=int, default=8081)
    serve.add_argument("--token", required=True, help="the only token to accept, for example 42:TEST")
    serve.add_argument("--admin-port", type=int, default=None, help="page and control API on a port of their own")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.port, arguments.token, arguments.admin_port))


if __name__ == "__main__":
    main()
