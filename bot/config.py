"""Configuration: `config.toml` under environment overrides (`HQ_TELEGRAM__TOKEN`); every key is in `config.example.toml`."""

from datetime import time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class ConfigError(Exception):
    """The configuration cannot be used; the text is one line that names the key."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a zone name such as Europe/Moscow") from error
    return name


Zone = Annotated[str, AfterValidator(_zone)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(_Section):
    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    proxy: str = ""
    poll_timeout: int = Field(default=30, ge=0, le=50)


class Storage(_Section):
    url: str = "sqlite+aiosqlite:///var/hq.sqlite3"
    media_dir: Path = Path("var/media")


class Staff(_Section):
    owners: tuple[int, ...] = ()


class Pace(_Section):
    """Telegram does not publish its limits, so they are settings: messages per second, per chat, per group and minute."""

    overall: float = Field(default=25, gt=0)
    per_chat: float = Field(default=1, gt=0)
    per_group_minute: float = Field(default=18, gt=0)


class Delivery(_Section):
    in_flight: int = Field(default=16, ge=1)


class Invites(_Section):
    expire_hours: int = Field(default=72, ge=1)


class Approvals(_Section):
    decide_hours: float = Field(default=3, gt=0)


class Plan(_Section):
    """Wall-clock hours are local: of the page for planning and figures, of headquarters for the manager's evening."""

    morning: time = time(6, 30)
    evening: time = time(19, 0)
    figures_at: time = time(20, 0)
    manager_at: time = time(20, 30)
    lead_minutes: int = Field(default=30, ge=1)
    on_time_minutes: int = Field(default=60, ge=1)
    substitute_after_minutes: int = Field(default=20, ge=1)
    press_after_minutes: int = Field(default=60, ge=1)
    person_daily_cap: int = Field(default=3, ge=1)


class People(_Section):
    digest_at: time = time(8, 0)
    quiet_from: time = time(22, 0)
    quiet_to: time = time(8, 0)


class Settings(BaseSettings):
    """All settings; an unknown key is an error, since it is most often a misspelt one."""

    model_config = SettingsConfigDict(env_prefix="HQ_", env_nested_delimiter="__", extra="forbid", frozen=True)

    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    staff: Staff = Staff()
    pace: Pace = Pace()
    delivery: Delivery = Delivery()
    invites: Invites = Invites()
    approvals: Approvals = Approvals()
    plan: Plan = Plan()
    people: People = People()
    control_socket: Path | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=_config_file.get("path"))


_config_file: dict[str, Any] = {}
"""The library takes the file from the class; one process reads one configuration."""


def load(path: Path) -> Settings:
    """Read `path` with environment overrides; `ConfigError` names the first wrong key and why."""
    if not path.is_file():
        raise ConfigError(f"{path}: no such file; `hq init` writes one")
    _config_file["path"] = path
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: {key}: {first['msg']}") from None
    except ValueError as error:  # TOML that does not parse
        raise ConfigError(f"{path}: {error}") from None
