"""Work in a process of its own: this one only waits, and no tap waits for it."""

import asyncio
import json
import sys
from typing import Any


class ChildFailed(RuntimeError):
    """It ended without an answer; the text says how."""


async def answer_of(module: str, order: str, seconds: float | None = None) -> dict[str, Any]:
    """The JSON that `python -m module` prints when it reads `order`; `ChildFailed`, or `TimeoutError` after `seconds`."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(seconds):
            out, err = await child.communicate(order.encode())
    finally:
        if child.returncode is None:  # too late, or this process is ending, or is not the holder any more
            child.kill()
            await child.wait()
    if child.returncode or not out:
        last = err.decode(errors="replace").strip().rpartition("\n")[2]
        raise ChildFailed(f"the process ended with {child.returncode}: {last}")
    answer: dict[str, Any] = json.loads(out)
    return answer
