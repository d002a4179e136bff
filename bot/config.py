"""Configuration: `config.toml` under environment overrides (`HQ_TELEGRAM__TOKEN`).

Descriptions are for people: `bot.config_text` writes the commented file from them.
"""

import os
import re
import tomllib
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

DEFAULT_FILE = Path("config.toml")


class ConfigError(Exception):
    """The configuration (or a plan file) cannot be used; the text is one line that names the key and says why."""


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://\S+", value):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


def _proxy(value: str) -> str:
    if value and not re.fullmatch(r"(https?|socks[45])://\S+", value):
        raise ValueError("must begin with http://, socks4:// or socks5:// (or be empty)")
    return value


def _database(value: str) -> str:
    if not re.fullmatch(r"sqlite\+aiosqlite:///[^:?].*|postgresql\+asyncpg://\S+", value):
        raise ValueError("must be sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME")
    return value


def _listen(value: str) -> str:
    if value and not re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^\s:]*):\d{1,5}", value):
        raise ValueError("must be host:port, such as 127.0.0.1:8080 (or be empty)")
    return value


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _https(value: str) -> str:
    if value and not re.fullmatch(r"(https://[^\s/?#]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[^\s?#]*)?", value):
        raise ValueError("must be an address such as https://bot.example.org/telegram (or be empty)")
    return value


class Webhook(_Section):
    """Telegram brings the updates itself, to an address of yours, instead of being asked for them. Polling needs none of this."""

    url: Annotated[str, AfterValidator(_https)] = Field(
        "",
        description="Address that Telegram reaches over HTTPS; your web server passes it on to `listen`. Empty: polling.",
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="Shows that a request comes from Telegram: 1-256 letters, digits, _ and -. HQ_TELEGRAM__WEBHOOK__SECRET.",
    )
    listen: Annotated[str, AfterValidator(_listen)] = Field(
        "127.0.0.1:8081", description="Where the program itself listens for it; without a host on this machine alone."
    )


class Telegram(_Section):
    """The bot's account and how it is reached."""

    token: SecretStr = Field(
        SecretStr(""), description="From @BotFather. Better kept out of this file: HQ_TELEGRAM__TOKEN overrides it."
    )
    api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://api.telegram.org",
        description="Another address when Telegram is reached through a Bot API server of your own.",
    )
    proxy: Annotated[str, AfterValidator(_proxy)] = Field(
        "", description='Where Telegram is blocked or slow: "http://host:port" or "socks5://user:password@host:port".'
    )
    poll_timeout: int = Field(
        30, ge=0, le=50, description="Seconds that one request waits for news; Telegram allows up to 50."
    )
    patience: float = Field(
        10, gt=0, description="Seconds beyond poll_timeout after which such a request is given up and begun afresh."
    )
    give_up_after: float = Field(
        300,
        gt=0,
        description="Seconds without a good answer after which the program ends with an error, to be started afresh.",
    )
    webhook: Webhook = Webhook()


class Inbox(_Section):
    """Handling updates."""

    side_by_side: int = Field(
        32, ge=1, description="Updates handled at once, of different chats; one chat's are handled one after the other."
    )


class Storage(_Section):
    """Where everything is kept. Relative paths start at the folder in which `hq` is started."""

    url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite+aiosqlite:///var/hq.sqlite3",
        description="SQLite for one headquarters; for a large one postgresql+asyncpg://user:password@host/name.",
    )
    media_dir: Path = Field(
        Path("var/media"), description="Photos and files of drafts, stored under the hash of their content."
    )


class Staff(_Section):
    """Who is let in without an invite."""

    owners: tuple[int, ...] = Field(
        (),
        description="Telegram ids of the owners, like [123456789]. They open the bot and say yes; others are invited.",
    )


class Pace(_Section):
    """How fast the bot sends. Telegram does not publish its limits, so they are settings."""

    overall: float = Field(25, gt=0, description="Messages and edits a second in all.")
    per_chat: float = Field(1, gt=0, description="Messages a second to one person.")
    per_group_minute: float = Field(18, gt=0, description="Messages a minute to one group.")


class Delivery(_Section):
    """Sending notices."""

    in_flight: int = Field(
        16,
        ge=1,
        description="Messages on their way at once: the most that can arrive twice after a power cut, one copy each.",
    )


class Invites(_Section):
    """Invite links."""

    expire_hours: int = Field(72, ge=1, description="How long a link works.")


class Approvals(_Section):
    """Drafts that wait for a decision."""

    decide_hours: float = Field(
        3, gt=0, description="By when the author is promised a decision; from then on a draft counts as overdue."
    )


class Plan(_Section):
    """The day's round. Hours are local: the page's for planning and figures, headquarters' for the manager."""

    morning: time = Field(time(6, 30), description="Today's gaps are filled again.")
    evening: time = Field(
        time(19, 0), description="Tomorrow is planned; press secretaries hear of slots nobody can fill."
    )
    figures_at: time = Field(time(20, 0), description="Keepers are asked for the figures of their pages.")
    manager_at: time = Field(time(20, 30), description="Managers hear what was missed.")
    lead_minutes: int = Field(30, ge=1, description="The assignee is reminded this long before the slot.")
    on_time_minutes: int = Field(60, ge=1, description="A publication this long after its slot is still on time.")
    substitute_after_minutes: int = Field(
        20, ge=1, description="Nothing posted this long after the slot: a substitute is asked."
    )
    press_after_minutes: int = Field(60, ge=1, description="Still nothing: the press secretary is told.")
    person_daily_cap: int = Field(3, ge=1, description="The planner gives nobody more slots a day.")


class People(_Section):
    """What newcomers start with; each person changes it with /settings. Hours are on their own clock."""

    digest_at: time = Field(time(8, 0), description="The morning digest.")
    quiet_from: time = Field(
        time(22, 0), description="The evening hour from which nothing but what cannot wait is sent…"
    )
    quiet_to: time = Field(
        time(8, 0), description="…until this morning hour. No slot is planned in between without the person's yes."
    )


class Web(_Section):
    """Health and metrics over HTTP: /healthz, /readyz and /metrics."""

    listen: Annotated[str, AfterValidator(_listen)] = Field(
        "",
        description='Where they are served, like "127.0.0.1:8080" or ":8080" for this machine alone; empty: nowhere.',
    )


class Processes(_Section):
    """Several `hq run` on one PostgreSQL: each handles updates, one at a time polls, does what is due and sends."""

    lease_seconds: float = Field(
        15, ge=0.2, description="That one's term; when its process dies another takes over within twice this time."
    )


class Backup(_Section):
    """Encrypted backups of the database and the media, made by `hq backup` and, once there is a key, each night by `hq run`."""

    key_file: Path | None = Field(
        None,
        description="Made by hq backup --new-key FILE. Keep a copy elsewhere: without it no backup can be read.",
        examples=["/etc/hq/backup.key"],
    )
    folder: Path = Field(Path("var/backups"), description="Where they go; best on another disk.")
    at: time = Field(time(3, 30), description="When, on headquarters' clock. One that was missed is made up for.")
    keep_daily: int = Field(7, ge=1, description="The newest of so many days is kept…")
    keep_weekly: int = Field(4, ge=0, description="…and the newest of so many weeks.")


class Settings(BaseSettings):
    """All settings; an unknown key is an error, since it is most often a misspelt one."""

    model_config = SettingsConfigDict(env_prefix="HQ_", env_nested_delimiter="__", extra="forbid", frozen=True)

    control_socket: Path | None = Field(
        None, description="The running program's local socket; without this line it lies next to the SQLite file."
    )
    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    staff: Staff = Staff()
    pace: Pace = Pace()
    inbox: Inbox = Inbox()
    delivery: Delivery = Delivery()
    invites: Invites = Invites()
    approvals: Approvals = Approvals()
    plan: Plan = Plan()
    people: People = People()
    backup: Backup = Backup()
    web: Web = Web()
    processes: Processes = Processes()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls, toml_file=_config_file.get("path"))
        return init_settings, env_settings, file


_config_file: dict[str, Any] = {}
"""The library takes the file from the class; one process reads one configuration."""


def load(path: Path) -> Settings:
    """Read `path` with environment overrides; `ConfigError` names the first wrong key and why."""
    if not path.is_file():
        raise ConfigError(f"{path}: no such file (`hq init --config {path}` writes one)")
    _config_file["path"] = path
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigError(_where(path, error) + first_problem(error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except SettingsError as error:
        field = re.search(r'field "(\w+)"', str(error))
        name = f"HQ_{field[1].upper()}" if field else "an HQ_ variable"
        raise ConfigError(f"{name}…: cannot be read (a list is written like [1, 2])") from None
    finally:
        _config_file.clear()


def _where(path: Path, error: ValidationError) -> str:
    """The file, or nothing but the variable's name when the wrong value came from the environment."""
    name = "HQ_" + "__".join(str(part) for part in error.errors(include_input=False)[0]["loc"]).upper()
    return f"{name} in the environment: " if name in os.environ else f"{path}: "


def first_problem(error: ValidationError) -> str:
    """`telegram.tokn: unknown key`: the first thing pydantic found, without the value (it may be a secret)."""
    problems = error.errors(include_input=False, include_url=False)
    # A misspelt key is also a missing one: the spelling is what helps.
    first = next((problem for problem in problems if problem["type"] == "extra_forbidden"), problems[0])
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    return f"{key or 'the file'}: {_in_plain_words(key, first)}"


_PLAIN = {
    "extra_forbidden": "unknown key",
    "missing": "is missing",
    "bool": "must be true or false",
    "date": "must be a date such as 2026-09-01",
    "datetime": "must be a date and time such as 2026-09-01T06:30",
    "float": "must be a number",
    "int": "must be a number",
    "list": "must be a list such as [1, 2]",
    "model": "must be a section with keys of its own",
    "path": "must be text in quotes",
    "string": "must be text in quotes",
    "time": "must be a time such as 06:30",
    "tuple": "must be a list such as [1, 2]",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge} or more",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be {le} or less",
}
"""By pydantic's type of error; `int_type`, `int_parsing` and their like go by what was wanted."""


def _in_plain_words(key: str, problem: "ErrorDetails") -> str:
    kind = problem["type"]
    wanted = kind.partition("_")[0] if kind.endswith(("_type", "_parsing", "_from_float")) else kind
    plain = _PLAIN.get(wanted)
    if plain is None:
        return problem["msg"].removeprefix("Value error, ")
    if wanted == "int" and key.startswith("staff.owners"):
        plain += " such as 123456789"
    return plain.format_map(problem.get("ctx", {}))


def ensure_token(settings: Settings) -> str:
    """The token, or `ConfigError` when it cannot be one."""
    token = settings.telegram.token.get_secret_value()
    if not token:
        raise ConfigError("telegram.token: is empty (put in what @BotFather gave, or set HQ_TELEGRAM__TOKEN)")
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
        raise ConfigError("telegram.token: does not look like a token (digits, a colon, letters and digits)")
    return token


def ensure_webhook(settings: Settings) -> None:
    """With a webhook a secret is obligatory: without one anybody could send updates. `ConfigError` says what is wrong."""
    webhook = settings.telegram.webhook
    if not webhook.url:
        return
    secret = webhook.secret.get_secret_value()
    if not secret:
        raise ConfigError(
            "telegram.webhook.secret: is empty, so anybody could send updates (HQ_TELEGRAM__WEBHOOK__SECRET)"
        )
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise ConfigError("telegram.webhook.secret: must be 1 to 256 letters (a-z), digits, _ and -")
    if not webhook.listen:
        raise ConfigError("telegram.webhook.listen: is empty, so nothing would hear Telegram")


def control_path(settings: Settings) -> Path | None:
    """Where the running program listens: as configured, or next to the SQLite file; None on PostgreSQL."""
    if settings.control_socket is not None:
        return settings.control_socket
    file = sqlite_file(settings)
    return None if file is None else file.with_suffix(".control")


def host_and_port(listen: str) -> tuple[str, int]:
    """Of `host:port`; without a host this machine alone can connect."""
    host, _, port = listen.rpartition(":")
    return host.strip("[]") or "127.0.0.1", int(port)


def sqlite_file(settings: Settings) -> Path | None:
    """The database file; None on PostgreSQL."""
    scheme, _, rest = settings.storage.url.partition(":///")
    return Path(rest.partition("?")[0]) if scheme == "sqlite+aiosqlite" else None
