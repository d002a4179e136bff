"""What posts reached against their page's usual: derived from figures, page by page."""

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, String, Table

from domain.best_posts import PostAge, PostMeasure
from domain.figures import FigureSource
from domain.platforms import Platform
from storage.tables.base import metadata
from storage.types import Id, Moment, col, one_of

post_result = Table(
    "post_result",
    metadata,
    col("slot_id", Id, ForeignKey("slot.id"), primary_key=True, purpose="publication"),
    col("age", one_of(PostAge, "age"), primary_key=True, purpose="how old it was when its figures were read"),
    col("measure", one_of(PostMeasure, "measure"), primary_key=True, purpose="what is compared"),
    col("page", String(64), ForeignKey("page.code"), purpose="page"),
    col("region", String(32), purpose="the page's region"),
    col("platform", one_of(Platform, "platform"), purpose="the page's network"),
    col("rubric", String(32), purpose="kind of content"),
    col("day", Date, purpose="the page's local date"),
    col("hour", Integer, nullable=True, purpose="the page's local hour; none: not known well"),
    col("value", BigInteger, purpose="views, or likes, comments and reposts"),
    col("score", BigInteger, nullable=True, purpose="thousandths of the page's usual; none: too few posts to compare"),
    col("given_at", Moment, purpose="when the figure was given"),
    col("given_by", Id, ForeignKey("person.id"), purpose="who gave it"),
    col("source", one_of(FigureSource, "source"), purpose="typed or imported"),
    # Whole campaign and one region: everything that is counted stands in the index.
    Index("ix_post_result_day", "age", "measure", "day", "platform", "rubric", "hour", "score", "slot_id"),
    Index(
        "ix_post_result_region",
        *("region", "age", "measure", "day", "platform", "rubric", "hour", "score", "slot_id"),
    ),
    Index("ix_post_result_page", "page", "age", "measure", "day"),
)

page_usual = Table(
    "page_usual",
    metadata,
    col("page", String(64), ForeignKey("page.code"), primary_key=True, purpose="page"),
    col("age", one_of(PostAge, "age"), primary_key=True, purpose="age of the posts when read"),
    col("measure", one_of(PostMeasure, "measure"), primary_key=True, purpose="what is compared"),
    col("value", BigInteger, purpose="median of its posts"),
    col("posts", Integer, purpose="of how many"),
)
