"""Groups and topics that show a region's queue."""

from sqlalchemy import BigInteger, ForeignKey, Index, String, Table, Time, UniqueConstraint

from domain.staff_chats import Trouble
from storage.tables.base import metadata
from storage.types import Id, Moment, col, one_of

KEPT = "until it is unbound"

staff_chat = Table(
    "staff_chat",
    metadata,
    col("id", Id, primary_key=True, autoincrement=False, purpose="drawn by lot, never given twice", keep=KEPT),
    col("chat_id", BigInteger, purpose="the group", keep=KEPT),
    col("thread_id", BigInteger, server_default="0", purpose="the topic; 0: none, or General", keep=KEPT),
    col("region", String(32), purpose="whose queue it shows; * means all", keep=KEPT),
    col("title", String(128), purpose="how the group is called, for whoever bound it", keep=KEPT),
    col("language", String(8), purpose="of the cards there: that of whoever bound it", keep=KEPT),
    col("quiet_from", Time, purpose="from when new cards make no sound, on the region's clock", keep=KEPT),
    col("quiet_to", Time, purpose="until when", keep=KEPT),
    col("bound_by", Id, ForeignKey("person.id"), purpose="who bound it, and hears when it breaks", keep=KEPT),
    col("bound_at", Moment, purpose="when", keep=KEPT),
    col("trouble", one_of(Trouble, "trouble"), nullable=True, purpose="why nothing can be shown there", keep=KEPT),
    UniqueConstraint("chat_id", "thread_id"),
    Index("ix_staff_chat_region", "region"),
)
