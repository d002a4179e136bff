"""Contracts of the configuration: the example is complete, commented, and loads."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.config import ConfigError, Settings, control_path, load
from bot.config_text import example

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.toml"


def keys_of(kind: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Every key with its description."""
    for name, info in kind.model_fields.items():
        if isinstance(info.default, BaseModel):
            yield from keys_of(type(info.default), f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", info.description


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HQ_TELEGRAM__TOKEN", "HQ_TELEGRAM__API_URL", "HQ_STORAGE__URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "config.toml"


def test_the_example_is_what_hq_init_writes() -> None:
    assert EXAMPLE.read_text("utf-8") == example(), "run: python -m bot.config_text > config.example.toml"


def test_the_example_loads_and_holds_the_defaults(config: Path) -> None:
    config.write_text(example(), "utf-8")

    assert load(config) == Settings.model_construct(**{n: i.default for n, i in Settings.model_fields.items()})


@pytest.mark.parametrize(("key", "description"), list(keys_of(Settings)))
def test_every_key_stands_in_the_example_with_a_comment_above(key: str, description: str | None) -> None:
    assert description
    section, _, name = key.rpartition(".")
    lines = EXAMPLE.read_text("utf-8").splitlines()
    start = lines.index(f"[{section}]") if section else 0
    at = next(n for n, line in enumerate(lines) if n >= start and line.removeprefix("# ").startswith(f"{name} = "))

    assert lines[at - 1].startswith("# ")


def written_keys(table: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Every key of a TOML table, those of the tables inside it too."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from written_keys(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def test_the_example_has_no_key_that_is_not_a_setting() -> None:
    written = tomllib.loads(EXAMPLE.read_text("utf-8"))
    known = {key for key, _ in keys_of(Settings)}

    assert set(written_keys(written)) <= known


def test_the_environment_overrides_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('[telegram]\ntoken = "1:file"\napi_url = "http://file"\n[storage]\nmedia_dir = "m"\n', "utf-8")
    monkeypatch.setenv("HQ_TELEGRAM__TOKEN", "2:environment")
    monkeypatch.setenv("HQ_TELEGRAM__API_URL", "http://environment")
    monkeypatch.setenv("HQ_STORAGE__URL", "sqlite+aiosqlite:///other.sqlite3")
    monkeypatch.setenv("HQ_UNKNOWN", "of another program")

    settings = load(config)

    assert settings.telegram.token.get_secret_value() == "2:environment"
    assert settings.telegram.api_url == "http://environment"
    assert settings.storage.url == "sqlite+aiosqlite:///other.sqlite3"
    assert settings.storage.media_dir == Path("m")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[telegram]\ntokn = "x"', "telegram.tokn: unknown key"),
        ("colour = 1", "colour: unknown key"),
        ('[plan]\nmorning = "25:00"', "plan.morning: "),
        ("[telegram\n", "not TOML"),
        ('[storage]\nurl = "mysql://x"', "storage.url: must be sqlite"),
        ('[storage]\nurl = "sqlite+aiosqlite:///:memory:"', "storage.url: must be sqlite"),
        ('[telegram]\napi_url = "api.telegram.org"', "telegram.api_url: must begin with http"),
        ('[staff]\nowners = ["anna"]', "staff.owners[1]: "),
    ],
)
def test_a_wrong_file_is_named_with_its_key_and_the_reason_in_one_line(config: Path, text: str, says: str) -> None:
    config.write_text(text, "utf-8")

    with pytest.raises(ConfigError) as refused:
        load(config)

    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_wrong_variable_is_named_as_a_variable(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text("", "utf-8")
    monkeypatch.setenv("HQ_TELEGRAM__TOKN", "1:secret")

    with pytest.raises(ConfigError) as refused:
        load(config)

    assert "HQ_TELEGRAM__TOKN" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_socket_lies_next_to_the_sqlite_file_and_nowhere_on_postgresql() -> None:
    assert control_path(Settings(storage={"url": "sqlite+aiosqlite:///var/hq.sqlite3"})) == Path("var/hq.control")
    assert control_path(Settings(storage={"url": "postgresql+asyncpg://u@h/d"})) is None
