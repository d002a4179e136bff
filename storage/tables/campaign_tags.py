"""Campaign tags: one row, as the configuration of the running program says it."""

from sqlalchemy import CheckConstraint, Integer, String, Table

from storage.tables.base import metadata
from storage.types import Strings, col

campaign_tag = Table(
    "campaign_tag",
    metadata,
    col("id", Integer, primary_key=True, autoincrement=False, purpose="always 1: one deployment is one campaign"),
    col("domains", Strings, purpose="own sites, links to which are tagged"),
    col("campaign", String(100), server_default="", purpose="name that the tags give the campaign"),
    CheckConstraint("id = 1", name="single"),
)
