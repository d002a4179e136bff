"""The campaign: regions, pages, norms, targets, silences."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from domain.lanes import Lane
from domain.pages import PageKind
from domain.platforms import Platform
from domain.silence import SilenceKind
from domain.typed_figures import Metric
from storage.tables.base import metadata, surrogate
from storage.types import Id, Strings, col, known_of, one_of

_MAYBE = JSON(none_as_null=True)

campaign = Table(
    "campaign",
    metadata,
    col("id", Integer, primary_key=True, autoincrement=False, purpose="always 1: one deployment is one campaign"),
    col("name", String(200), purpose="title on screens"),
    col("starts", Date, purpose="first day"),
    col("phase_end", Date, purpose="last day of month 1"),
    col("ends", Date, purpose="last day"),
    col("zone", String(64), purpose="headquarters' own clock"),
    CheckConstraint("id = 1", name="single"),
)

region = Table(
    "region",
    metadata,
    col("code", String(32), primary_key=True, purpose="key in plans, invites, roles"),
    col("name", String(128), purpose="shown to people"),
    col("zone", String(64), purpose="default zone of its people and pages"),
    col("zones", Strings, purpose="all its zones: a silence holds if any is inside"),
)

page = Table(
    "page",
    metadata,
    col("code", String(64), primary_key=True, purpose="key in plans"),
    col("platform", one_of(Platform, "platform"), purpose="which network"),
    col("kind", one_of(PageKind, "kind"), purpose="whose page; decides who posts and what may be shared"),
    col("title", String(200), purpose="shown to people"),
    col("region", String(32), index=True, purpose="region, or * for the whole campaign"),
    col("zone", String(64), purpose="the page's own clock"),
    col("addresses", Strings, purpose="how links show it; proves are matched against these"),
    col("imprint", Text, server_default="", purpose="line that every publication carries (H3)"),
    col("approvals_needed", Integer, server_default="1", purpose="how many different approvers a text needs"),
    col("keeper_id", Id, ForeignKey("person.id"), nullable=True, purpose="the person responsible: figures, questions"),
    col("active", Boolean, server_default=true(), purpose="false when taken out of the plan"),
    col("lane", known_of(Lane, "lane"), server_default=Lane.ORDINARY, purpose="how carefully its texts are decided on"),
    col("imprint_rule", String(64), server_default="", purpose="imprint rule in force; empty: the plan's own line"),
    col("imprint_from", Date, nullable=True, purpose="first local day of that line"),
    col("imprint_until", Date, nullable=True, purpose="last local day of that line"),
    col("authority_from", Date, nullable=True, purpose="delegated: first local day of its owner's written authority"),
    col("authority_until", Date, nullable=True, purpose="delegated: last local day of it"),
    CheckConstraint("approvals_needed between 1 and 2", name="approvals_needed"),
    Index("ix_page_zone", "zone", "active", "region", "code"),
)

page_poster = Table(
    "page_poster",
    metadata,
    col("page", String(64), ForeignKey("page.code"), primary_key=True, purpose="page"),
    col(
        "person_id",
        Id,
        ForeignKey("person.id"),
        primary_key=True,
        purpose="who may post there; no rows: every volunteer of the region",
    ),
)

norm = Table(
    "norm",
    metadata,
    col("page", String(64), ForeignKey("page.code"), primary_key=True, purpose="page"),
    col("per_weekday", Strings, purpose="posts wanted, Monday to Sunday"),
    col("windows", JSON, purpose='[["09:00","12:00"], …] in the page\'s zone'),
    col("gap_minutes", Integer, purpose="least time between two posts"),
    col("daily_cap", Integer, purpose="never more a day"),
    col("peaks", JSON, server_default="[]", purpose="preferred hours inside the windows"),
    col("starts", Date, nullable=True, purpose="first local day; empty: open"),
    col("ends", Date, nullable=True, purpose="last local day; empty: open"),
    col("mix", JSON, server_default="[]", purpose="rubrics and their percent of the page's posts"),
    col("exceptions", JSON, server_default="{}", purpose="other counts on single days"),
    col("before", _MAYBE, nullable=True, purpose="the norm that holds until the first day"),
    col("by_hand", Boolean, server_default=false(), purpose="set in chat: the plan changes it only with its own norm"),
    col("planned", _MAYBE, nullable=True, purpose="the plan's norm when it was set in chat"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
)

target = Table(
    "target",
    metadata,
    col("code", String(64), primary_key=True, purpose="key in plans"),
    col("title", String(200), purpose="shown to people"),
    col("title_ru", String(200), purpose="the same in Russian"),
    col("metric", one_of(Metric, "metric"), purpose="what is counted"),
    col("platforms", Strings, purpose="networks counted together"),
    col("kinds", Strings, purpose="page kinds counted together"),
    col("value", BigInteger, purpose="what must be reached"),
    col("due", Date, purpose="by when"),
    col("region", String(32), server_default="", purpose="only pages of this region; empty: of all"),
    col("page", String(64), server_default="", purpose="only this page; empty: all that count"),
    col("by_hand", Boolean, server_default=false(), purpose="set in chat: loading a plan keeps it"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("closed_on", Date, nullable=True, purpose="headquarters' day on which it was closed in chat"),
    col("closed_why", String(300), server_default="", purpose="the reason, in own words"),
)

blackout = Table(
    "blackout",
    metadata,
    surrogate(),
    col("region", String(32), purpose="region or *"),
    col("starts", String(19), purpose="naive local start, ISO"),
    col("ends", String(19), purpose="naive local end, ISO"),
    col("reason", String(200), purpose="shown to people"),
    col(
        "kind",
        known_of(SilenceKind, "kind"),
        server_default=SilenceKind.MORATORIUM,
        purpose="voting, moratorium, mourning",
    ),
    col("by_hand", Boolean, server_default=false(), purpose="announced in chat: loading a plan keeps it"),
    UniqueConstraint("region", "starts", "ends"),
)
