"""The sections of the configuration that a machine needs, each with what its values may be; the campaign's own: `bot.config_campaign`.

Descriptions are for people: `bot.config_text` writes the commented file from them.
"""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)


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
    found = re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[^\s:]*):(\d{1,5})", value)
    if value and (found is None or not 0 < int(found[1]) < 65536):
        raise ValueError("must be host:port, such as 127.0.0.1:8080 (or be empty)")
    return value


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _meant(cls, value: Any, info: ValidationInfo) -> Any:
        """What would be read as something else: `at = 3` as three seconds after midnight, `keep_daily = true` as 1."""
        kind = cls.model_fields[str(info.field_name)].annotation
        if kind is time and (isinstance(value, int | float) or (isinstance(value, str) and ":" not in value)):
            raise ValueError("must be a time such as 06:30")
        if kind in {int, float} and isinstance(value, bool):
            raise ValueError("must be a number")
        return value


def _https(value: str) -> str:
    if value and not re.fullmatch(r"(https://[^\s/?#]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[^\s?#]*)?", value):
        raise ValueError("must be an address such as https://bot.example.org/telegram (or be empty)")
    return value


class Webhook(Section):
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


class Telegram(Section):
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


class Inbox(Section):
    """Handling updates."""

    side_by_side: int = Field(
        32, ge=1, description="Updates handled at once, of different chats; one chat's are handled one after the other."
    )


class Storage(Section):
    """Where everything is kept. Relative paths start at the folder in which `hq` is started."""

    url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite+aiosqlite:///var/hq.sqlite3",
        description="SQLite for one headquarters; for a large one postgresql+asyncpg://user:password@host/name.",
    )
    media_dir: Path = Field(
        Path("var/media"), description="Photos and files of drafts, stored under the hash of their content."
    )


class Staff(Section):
    """Who is let in without an invite."""

    owners: tuple[PositiveInt, ...] = Field(
        (),
        description="Telegram ids of the owners, like [123456789]. They open the bot and say yes; others are invited.",
    )


class Pace(Section):
    """How fast the bot sends. Telegram does not publish its limits, so they are settings."""

    overall: float = Field(25, gt=0, description="Messages and edits a second in all.")
    per_chat: float = Field(1, gt=0, description="Messages a second to one person.")
    per_group_minute: float = Field(18, gt=0, description="Messages a minute to one group.")


class Delivery(Section):
    """Sending notices."""

    in_flight: int = Field(
        16,
        ge=1,
        description="Messages on their way at once: the most that can arrive twice after a power cut, one copy each.",
    )


class Invites(Section):
    """Invite links."""

    expire_hours: int = Field(72, ge=1, description="How long a link works.")


class Web(Section):
    """Health and metrics over HTTP: /healthz, /readyz and /metrics."""

    listen: Annotated[str, AfterValidator(_listen)] = Field(
        "",
        description='Where they are served, like "127.0.0.1:8080" or ":8080" for this machine alone; empty: nowhere.',
    )


class Calendar(Section):
    """Calendar feeds: people have their posts, and staff a region's plan, in the calendar of their own phone."""

    url: Annotated[str, AfterValidator(_https)] = Field(
        "",
        description="Public address over HTTPS, like https://hq.example.org; your web server passes what lies below its"
        " /calendar/ on to `listen`. Empty: no calendars.",
    )
    listen: Annotated[str, AfterValidator(_listen)] = Field(
        "127.0.0.1:8081", description="Where the program itself listens for it; may be the webhook's or [web]'s."
    )

    @model_validator(mode="after")
    def _heard(self) -> Self:
        if self.url and not self.listen:
            raise ValueError("listen is empty, so no calendar could be read")
        return self


class Processes(Section):
    """Several `hq run` on one PostgreSQL: each handles updates, one at a time polls, does what is due and sends."""

    lease_seconds: float = Field(
        15, ge=0.2, description="That one's term; when its process dies another takes over within twice this time."
    )


class Backup(Section):
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
