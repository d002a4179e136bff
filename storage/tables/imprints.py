"""The imprint rules as loaded, and versions that a changed line brought back."""

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Table, Text

from domain.imprints import Reworded
from domain.pages import PageKind
from domain.platforms import Platform
from storage.tables.base import metadata
from storage.types import Id, Moment, col, one_of

imprint_pack = Table(
    "imprint_pack",
    metadata,
    col("name", String(64), primary_key=True, purpose="key in the file"),
    col("reviewer", String(200), purpose="who looked it over"),
    col("role", String(200), purpose="in what capacity"),
    col("source", Text, purpose="on what it rests"),
    col("reviewed_on", Date, purpose="when"),
)

imprint_rule = Table(
    "imprint_rule",
    metadata,
    col("id", String(64), primary_key=True, purpose="key in the file; decisions name it"),
    col("line", Text, purpose="the line that publications carry (H3)"),
    col("valid_from", Date, purpose="first day, on the page's calendar"),
    col("expires", Date, nullable=True, purpose="last day"),
    col("page", String(64), server_default="", purpose="scope: one page"),
    col("kind", one_of(PageKind, "kind"), nullable=True, purpose="scope: kind of page"),
    col("platform", one_of(Platform, "platform"), nullable=True, purpose="scope: network"),
    col("region", String(32), server_default="", purpose="scope: region, * for pages of the whole campaign"),
    col("reworded", one_of(Reworded, "reworded"), purpose="whether a page may say it in other words"),
)

imprint_return = Table(
    "imprint_return",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, autoincrement=False, purpose="draft"),
    col("version", Integer, primary_key=True, autoincrement=False, purpose="same words, to be read with the new line"),
    col("approved", Boolean, purpose="whether the version before was approved"),
    col("old", Text, purpose="line before"),
    col("new", Text, purpose="line now"),
    col("at", Moment, purpose="when"),
)
