"""Kinds of content and their shares."""

from sqlalchemy import Integer, String, Table

from storage.tables.base import metadata
from storage.types import col

rubric = Table(
    "rubric",
    metadata,
    col("code", String(32), primary_key=True, purpose="key in plans"),
    col("title", String(60), purpose="shown to people"),
    col("title_ru", String(60), purpose="the same in Russian"),
    col("share", Integer, purpose="percent of all posts that are wanted"),
    col("place", Integer, purpose="order in the plan"),
)
