"""Figures, roll-ups, and what readers of the status saw."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    false,
    text,
)

from domain.figure_import import ImportState
from domain.figures import FigureSource, FigureState
from domain.typed_figures import Metric
from storage.tables.base import metadata, surrogate
from storage.types import ERASE, Id, Moment, col, one_of

figure = Table(
    "figure",
    metadata,
    surrogate(),
    col("page", String(64), ForeignKey("page.code"), purpose="page"),
    col("slot_id", Id, ForeignKey("slot.id"), nullable=True, purpose="the publication, for post metrics"),
    col("metric", one_of(Metric, "metric"), purpose="what was counted"),
    col("value", BigInteger, purpose="the number"),
    col("day", Date, purpose="the page's local date it stands for"),
    col("state", one_of(FigureState, "state"), purpose="confirmed, doubtful, or corrected later"),
    col("source", one_of(FigureSource, "source"), purpose="typed or imported (H5)"),
    col("typed_by", Id, ForeignKey("person.id"), purpose="who typed it"),
    col("for_person", Id, ForeignKey("person.id"), purpose="for whom"),
    col("at", Moment, purpose="when"),
    col("screenshot", String(64), server_default="", purpose="SHA-256 of the screenshot it was read off"),
    col("import_id", Id, nullable=True, purpose="the file it came with"),
    Index("ix_figure_page", "page", "metric", "day"),
    Index("ix_figure_slot", "slot_id"),
)

figure_import = Table(
    "figure_import",
    metadata,
    surrogate(),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("person_id", Id, ForeignKey("person.id"), nullable=True, purpose="who sent it; none: the operator"),
    col("name", String(200), purpose="the file's name, shown with each of its figures", keep=ERASE),
    col("text", Text, purpose="what stands in it, until it is taken in or put away", keep=ERASE),
    col("state", one_of(ImportState, "state"), purpose="waits, taken in, put away"),
    col("figures", Integer, purpose="how many figures"),
    col("at", Moment, purpose="when it came"),
    col("decided_at", Moment, nullable=True, purpose="when it was decided"),
    Index("ix_figure_import_person_id", "person_id", "state"),
)

rollup = Table(
    "rollup",
    metadata,
    col("page", String(64), primary_key=True, purpose="page"),
    col("day", Date, primary_key=True, purpose="the page's local date"),
    col("measure", String(32), primary_key=True, purpose="slots, filled, on_time, late, missed, members…"),
    col("region", String(32), purpose="the page's region, for summaries"),
    col("value", BigInteger, purpose="sum or latest value, written with its fact"),
    col("grown", BigInteger, nullable=True, purpose="a page figure beyond the one before; none: look it up"),
    Index("ix_rollup_sum", "day", "measure", "page", "region", "value", "grown"),
    Index(
        "ix_rollup_norm",
        "page",
        "day",
        "measure",
        "value",
        sqlite_where=text("measure in ('slots', 'on_time', 'late')"),
        postgresql_where=text("measure in ('slots', 'on_time', 'late')"),
    ),
    Index(
        "ix_rollup_figure",
        "page",
        "measure",
        "day",
        "value",
        sqlite_where=text("measure in ('members', 'followers')"),
        postgresql_where=text("measure in ('members', 'followers')"),
    ),
)

status_view = Table(
    "status_view",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, purpose="reader"),
    col("looked_at", Moment, nullable=True, purpose="for 'since you last looked'"),
    col("seen", JSON, purpose="the counts shown then"),
    col("daily_at", Time, nullable=True, purpose="local hour of the subscribed summary"),
    col("weekly_at", Time, nullable=True, purpose="local hour of the week's summary, on Mondays"),
    col("monthly_at", Time, nullable=True, purpose="local hour of the month's summary, on the first"),
    col("pictured", Boolean, server_default=false(), purpose="whether summaries come with their chart"),
)
