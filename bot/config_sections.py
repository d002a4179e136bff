"""The sections of the configuration, each with what its values may be.

Descriptions are for people: `bot.config_text` writes the commented file from them.
"""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from domain.lanes import Lane


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


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekdays(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value or not set(value) <= set(WEEKDAYS):
        raise ValueError('must be a list of days such as ["mon", "tue", "wed", "thu", "fri"]')
    return value


def _country(value: str) -> str:
    if not value:
        return value
    import holidays  # here, since most commands need not wait for it

    if value not in holidays.list_supported_countries():
        raise ValueError("must be a country's two capital letters such as RU (or be empty)")
    return value


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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

    owners: tuple[int, ...] = Field(
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


class Approvals(Section):
    """Drafts that wait for a decision."""

    decide_hours: float = Field(
        3,
        gt=0,
        description="Working hours in which the author is promised a decision; then a draft counts as overdue.",
    )
    work_from: time = Field(time(9), description="Those who decide are reminded from this hour of their own clock…")
    work_to: time = Field(time(19), description="…until this one.")
    workdays: Annotated[tuple[str, ...], AfterValidator(_weekdays)] = Field(
        ("mon", "tue", "wed", "thu", "fri", "sat"), description="The days on which they are."
    )
    country: Annotated[str, AfterValidator(_country)] = Field(
        "RU", description="Whose public holidays are days off, as two letters; empty: none are."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.work_from >= self.work_to:
            raise ValueError("work_to must come after work_from")
        return self

    claim_minutes: int = Field(
        15, ge=1, le=240, description='How long "I\'m on it" on a card holds; it only tells the others.'
    )
    undo_seconds: float = Field(
        60,
        ge=0,
        le=900,
        description="So long a decision can be undone; its author hears of it afterwards. 0: every decision stands at once.",
    )


class Links(Section):
    """Messages that are only a link: the page's title and description are proposed as a text."""

    read: bool = Field(
        True,
        description="The bot fetches the page (public addresses only, 5 s and 512 KB at most). false: it never does.",
    )
    allow_private: bool = Field(
        False,
        description="Also addresses inside your own network. For tests: whoever may write could look around there.",
    )


def _domains(value: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(one.strip().lower() for one in value))
    if not all(re.fullmatch(r"[^\s/:@?#.]+(\.[^\s/:@?#.]+)+", one) for one in names):
        raise ValueError('must be a list of domains such as ["example.org"], without https:// and without a path')
    return names


class Tags(Section):
    """Campaign tags (utm_source and so on): links to your own sites say where a visitor came from. Added when a text is handed out."""

    domains: Annotated[tuple[str, ...], AfterValidator(_domains)] = Field(
        (), description='Your own sites with all that lies below them, like ["example.org"]; empty: no link is changed.'
    )
    campaign: str = Field("", max_length=100, description="What utm_campaign says; empty: it is left out.")


class Recall(Section):
    """Public texts that are corrected or removed."""

    hours: float = Field(3, gt=0, description="How long those who posted have, before the press secretary is told.")


class Authority(Section):
    """Pages that belong to somebody outside the staff."""

    notice_minutes: int = Field(
        60, ge=5, le=1440, description="How long before a post the page's owner hears of it and can still stop it."
    )


class Plan(Section):
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
    reminders_a_day: int = Field(
        6, ge=1, le=50, description="Nobody gets more reminders a day; each person may choose another number."
    )


def _lanes(values: tuple[str, ...]) -> tuple[str, ...]:
    known = [lane.value for lane in Lane]
    if not set(values) <= set(known):
        raise ValueError(f"only {', '.join(known)}")
    return values


class Proof(Section):
    """Proofs of publications, and how many of them press secretaries look at with /checks."""

    ask_text_in: Annotated[tuple[str, ...], AfterValidator(_lanes)] = Field(
        ("strict", "bold"),
        description="Pages of these lanes (ordinary, strict, bold): the published text is asked for after the proof.",
    )
    check_percent: int = Field(
        10, ge=0, le=100, description="Of a hundred proofs so many are looked at, besides those that need it."
    )
    check_days: int = Field(3, ge=1, le=14, description="So far back.")


class Urgent(Section):
    """Texts that go out at once."""

    accept_minutes: int = Field(
        10, ge=1, le=240, description="How long somebody has to say yes before a substitute is asked."
    )


class People(Section):
    """What newcomers start with; each person changes it with /settings. Hours are on their own clock."""

    digest_at: time = Field(time(8, 0), description="The morning digest.")
    quiet_from: time = Field(
        time(22, 0), description="The evening hour from which nothing but what cannot wait is sent…"
    )
    quiet_to: time = Field(
        time(7, 30),
        description="…until this morning hour. No slot is planned in between without the person's yes. "
        "Before digest_at: of many people's digests the first leave some minutes earlier.",
    )


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
