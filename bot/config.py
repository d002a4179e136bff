"""Configuration: `config.toml` under environment overrides (`HQ_TELEGRAM__TOKEN`)."""

import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from bot.config_campaign import Approvals, Authority, Links, People, Plan, Proof, Recall, Tags, Urgent
from bot.config_sections import (
    Backup,
    Calendar,
    Delivery,
    Inbox,
    Invites,
    Pace,
    Processes,
    Staff,
    Storage,
    Telegram,
    Web,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

DEFAULT_FILE = Path("config.toml")


class ConfigError(Exception):
    """The configuration (or a plan file) cannot be used; the text is one line that names the key and says why."""


class _File(TomlConfigSettingsSource):
    def _read_file(self, file_path: Any) -> dict[str, Any]:
        """Also from an editor that begins a file with a byte order mark."""
        return tomllib.loads(file_path.read_text(encoding="utf-8-sig"))


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
    links: Links = Links()
    tags: Tags = Tags()
    recall: Recall = Recall()
    authority: Authority = Authority()
    plan: Plan = Plan()
    proof: Proof = Proof()
    urgent: Urgent = Urgent()
    people: People = People()
    backup: Backup = Backup()
    web: Web = Web()
    calendar: Calendar = Calendar()
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
        file = _File(settings_cls, toml_file=_config_file.get("path"))
        return init_settings, env_settings, file


_config_file: dict[str, Any] = {}
"""The library takes the file from the class; one process reads one configuration."""


def load(path: Path) -> Settings:
    """Read `path` with environment overrides; `ConfigError` names the first wrong key and why."""
    if path.is_dir():
        raise ConfigError(f"{path}: is a folder; name the file in it")
    if not path.is_file():
        raise ConfigError(f"{path}: no such file (`hq init --config {path}` writes one)")
    _config_file["path"] = path
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigError(_where(path, error) + first_problem(error)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text: save it as UTF-8") from None
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
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "string_pattern_mismatch": "must be small letters a-z, digits, _ and - alone",
    "string_too_long": "must have {max_length} characters at most",
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


def ensure_language(language: str | None) -> None:
    """`ConfigError` for an option that is given and names none of ours."""
    if language not in {None, "ru", "en"}:
        raise ConfigError(f"--language: {language!r} is neither ru nor en")


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
