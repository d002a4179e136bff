"""`hq demo`: live in it without anybody's account, by hand in a browser or played by a scripted cast."""

import asyncio
import json
import os
import sys
from pathlib import Path

DAYS = {"day": 1, "week": 7, "month": 30}


def command(*, play: str | None, json_file: str | None, language: str | None = None, pack: Path | None = None) -> int:
    """Run the demo; `language` is the cast's (None: the system's), `pack` the folder for what a manager would hand on.

    Returns the exit code: 1 when anything that was due did not happen.
    """
    if play is None:
        from bot.demo.live import live

        asyncio.run(live(language or of_the_system()))
        return 0
    from bot.demo.play import play as perform

    # With JSON on standard output the transcript goes to standard error, so that the JSON can be piped.
    told = sys.stderr if json_file == "-" else sys.stdout
    counted, result = asyncio.run(perform(DAYS[play], lambda line: print(line, file=told), pack=pack))
    text = json.dumps(result, ensure_ascii=False, indent=2)
    if json_file == "-" or json_file is None:
        print(text)  # noqa: T201 - a command's output
    else:
        Path(json_file).write_text(text + "\n", "utf-8")
    return 1 if counted.due_but_undone or result["telegram_violations"] else 0


def of_the_system() -> str:
    """ru where people read Russian, else en."""
    from texts.words import words_for

    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return words_for(locale).language
