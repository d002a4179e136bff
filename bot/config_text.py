"""The commented configuration file, written from the settings themselves: there is no second list of keys to forget.

`python -m bot.config_text > config.example.toml` after a setting was added (a test compares).
"""

import sys
import textwrap
from datetime import time
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from bot.config import Settings

HEAD = """\
Headquarters: everything that can be set, each key with its default. `hq init` writes this file.

An environment variable overrides a key: HQ_TELEGRAM__TOKEN, HQ_TELEGRAM__API_URL, HQ_STORAGE__URL and so on
(HQ_ + section + two underscores + key). An unknown key is an error. `hq check` says what is wrong."""
WIDTH = 118


def example() -> str:
    """The whole file."""
    parts = [_comment(HEAD)]
    sections = []
    for name, info in Settings.model_fields.items():
        if isinstance(info.default, BaseModel):
            sections += _sections(name, info.default)
        else:
            parts.append(_key(name, info))
    return "\n\n".join([*parts, *sections]) + "\n"


def _sections(name: str, section: BaseModel) -> list[str]:
    """The section, then those inside it."""
    kind = type(section)
    inside = {key: info.default for key, info in kind.model_fields.items() if isinstance(info.default, BaseModel)}
    keys = [_key(key, info) for key, info in kind.model_fields.items() if key not in inside]
    written = ["\n".join([_comment(kind.__doc__ or ""), f"[{name}]", *keys])]
    for key, default in inside.items():
        written += _sections(f"{name}.{key}", default)
    return written


def _key(name: str, info: FieldInfo) -> str:
    line = f"{name} = {_toml(info.default)}"
    if info.default is None:
        line = f"# {name} = {_toml((info.examples or ['var/hq.control'])[0])}"
    return f"{_comment(info.description or '')}\n{line}"


def _comment(text: str) -> str:
    lines = [piece for line in text.strip().splitlines() for piece in textwrap.wrap(line, WIDTH - 2) or [""]]
    return "\n".join(f"# {line}".rstrip() for line in lines)


def _toml(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case SecretStr():
            return f'"{value.get_secret_value()}"'
        case str() | Path():
            return f'"{value}"'
        case time():
            return f'"{value.isoformat("minutes")}"'
        case tuple():
            return f"[{', '.join(_toml(item) for item in value)}]"
        case _:
            return str(value)


if __name__ == "__main__":
    sys.stdout.write(example())
