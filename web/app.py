"""The HTTP application: made empty, routes are added by whoever owns them."""

from aiohttp import web


def make_app() -> web.Application:
    """An application without routes."""
    return web.Application()


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Listen; `cleanup()` of the result ends it. Raises OSError when the address cannot be had."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
