"""The sections of the configuration that say how the campaign works; see `bot.config_sections` for the machine's."""

import re
from datetime import time
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.config_sections import Section
from domain.lanes import Lane

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
    two_for: tuple[Literal["suspend_leader", "appoint_manager", "erase"], ...] = Field(
        (),
        description="Decisions about people that two have to make, the second within 24 hours. Moving an account and "
        'lifting a silence always take two. All: ["suspend_leader", "appoint_manager", "erase"] (the last: by hq erase).',
    )
