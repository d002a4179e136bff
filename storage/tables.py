"""Every table, each column with its purpose and retention (a test fails without). `docs/privacy.md` is written from these."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
    true,
)

from domain.broadcasts import BroadcastState
from domain.drafts import DraftState, Reason, Verdict
from domain.figures import FigureSource, FigureState
from domain.notices import Guarantee, NoticeStatus
from domain.pages import PageKind
from domain.people import PersonStatus, Role
from domain.plan import AssignmentState, EmptyReason, SlotState
from domain.platforms import Platform
from domain.typed_figures import Metric
from storage.types import ERASE, Id, Moment, Strings, col, one_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

DAYS_30 = "30 days after it is settled"
HANDLED = "until handled; 72 hours when set aside"


def _id(purpose: str = "surrogate key") -> Column[int]:
    return col("id", Id, primary_key=True, autoincrement=True, purpose=purpose)


# --- people ------------------------------------------------------------------------------------------------------------

person = Table(
    "person",
    metadata,
    _id(),
    col("number", BigInteger, unique=True, purpose="pseudonymous number in the journal"),
    col("name", String(128), purpose="how colleagues know the person", keep=ERASE),
    col("language", String(8), purpose="language of every message to them", keep=ERASE),
    col("zone", String(64), purpose="their clock: digests, reminders, quiet hours", keep=ERASE),
    col("region", String(32), purpose="their home region"),
    col("status", one_of(PersonStatus, "status"), purpose="whether they take part"),
    col("reachable", Boolean, server_default=true(), purpose="whether Telegram delivers to them"),
    col("digest_at", Time, purpose="local hour of the morning digest", keep=ERASE),
    col("quiet_from", Time, purpose="start of their quiet hours", keep=ERASE),
    col("quiet_to", Time, purpose="end of their quiet hours", keep=ERASE),
    col("consent_at", Moment, purpose="when they agreed to what is stored"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
)

telegram_account = Table(
    "telegram_account",
    metadata,
    col(
        "telegram_id",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        purpose="where messages go; who presses",
        keep=ERASE,
    ),
    col("person_id", Id, ForeignKey("person.id"), index=True, purpose="whose account it is"),
    col("username", String(64), server_default="", purpose="how coordinators find the person", keep=ERASE),
    col("linked_at", Moment, purpose="when the account was linked"),
    col("active", Boolean, server_default=true(), purpose="false once replaced by another account"),
)

membership = Table(
    "membership",
    metadata,
    _id(),
    col("person_id", Id, ForeignKey("person.id"), purpose="who holds the role"),
    col("role", one_of(Role, "role"), purpose="what they may do"),
    col("region", String(32), purpose="where; * means everywhere"),
    col("granted_by", Id, nullable=True, purpose="who brought them in; empty for owners named in the configuration"),
    col("granted_at", Moment, purpose="when"),
    UniqueConstraint("person_id", "role", "region"),
)

invite = Table(
    "invite",
    metadata,
    _id(),
    col("token_hash", String(64), unique=True, purpose="SHA-256 of the invite code; the code itself is never stored"),
    col("role", one_of(Role, "role"), purpose="role it gives"),
    col("region", String(32), purpose="where the role holds"),
    col("created_by", Id, nullable=True, purpose="who made it; empty from the command line"),
    col("created_at", Moment, purpose="when"),
    col("expires_at", Moment, purpose="from when it is refused"),
    col("max_uses", Integer, server_default="1", purpose="how many people may join with it"),
    col("uses", Integer, server_default="0", purpose="how many have"),
    col("revoked_at", Moment, nullable=True, purpose="when it was taken back"),
    CheckConstraint("uses <= max_uses", name="uses_within_limit"),
)

access_request = Table(
    "access_request",
    metadata,
    _id(),
    col("telegram_id", BigInteger, purpose="whom to answer", keep=DAYS_30),
    col("name", String(128), purpose="shown to the coordinator", keep=DAYS_30),
    col("username", String(64), server_default="", purpose="shown to the coordinator", keep=DAYS_30),
    col("language", String(8), purpose="language of the answer", keep=DAYS_30),
    col("region", String(32), purpose="whose coordinator decides"),
    col("state", String(16), purpose="open, granted or declined"),
    col("requested_at", Moment, purpose="when; consent was given by sending it"),
    col("decided_by", Id, nullable=True, purpose="who decided"),
    col("decided_at", Moment, nullable=True, purpose="when"),
    CheckConstraint("state in ('open', 'granted', 'declined')", name="state"),
    Index(
        "uq_access_request_open",
        "telegram_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

# --- the campaign --------------------------------------------------------------------------------------------------------

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
    CheckConstraint("approvals_needed between 1 and 2", name="approvals_needed"),
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
)

blackout = Table(
    "blackout",
    metadata,
    _id(),
    col("region", String(32), purpose="region or *"),
    col("starts", String(19), purpose="naive local start, ISO"),
    col("ends", String(19), purpose="naive local end, ISO"),
    col("reason", String(200), purpose="shown to people"),
    UniqueConstraint("region", "starts", "ends"),
)

# --- drafts and approval -------------------------------------------------------------------------------------------------

draft = Table(
    "draft",
    metadata,
    _id(),
    col("author_id", Id, ForeignKey("person.id"), index=True, purpose="who wrote it; never decides on it"),
    col("region", String(32), purpose="routes it to approvers"),
    col("state", one_of(DraftState, "state"), purpose="where it stands"),
    col("version", Integer, purpose="current content version; optimistic lock"),
    col("source", String(300), server_default="", purpose="origin of a forwarded text"),
    col("message_id", BigInteger, nullable=True, purpose="the author's message whose later edit edits the open draft"),
    col("album", String(32), server_default="", purpose="Telegram's album it came as: later items join the draft"),
    col("updated_at", Moment, purpose="last change"),
    col("submitted_at", Moment, nullable=True, purpose="handed in"),
    col("decide_by", Moment, nullable=True, purpose="promised to the author"),
    Index(
        "ix_draft_waiting",
        "decide_by",
        sqlite_where=text("state = 'submitted'"),
        postgresql_where=text("state = 'submitted'"),
    ),
)

content = Table(
    "content",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, purpose="draft"),
    col("version", Integer, primary_key=True, autoincrement=False, purpose="immutable version"),
    col("text", Text, purpose="exactly what is read and approved"),
    col("media", JSON, purpose="[[sha256, kind], …] bound by hash"),
    col("digest", String(64), purpose="SHA-256 over text and media: what a decision is bound to"),
    col("created_at", Moment, purpose="when written"),
)

draft_page = Table(
    "draft_page",
    metadata,
    col("draft_id", Id, ForeignKey("draft.id"), primary_key=True, purpose="draft"),
    col("page", String(64), ForeignKey("page.code"), primary_key=True, purpose="page it is meant for"),
)

decision = Table(
    "decision",
    metadata,
    _id(),
    col("draft_id", Id, ForeignKey("draft.id"), purpose="draft"),
    col("version", Integer, purpose="the content version decided on"),
    col("approver_id", Id, ForeignKey("person.id"), purpose="who decided"),
    col("verdict", one_of(Verdict, "verdict"), purpose="what"),
    col("reason", one_of(Reason, "reason"), nullable=True, purpose="tapped reason"),
    col("note", Text, server_default="", purpose="line to the author"),
    col("at", Moment, purpose="when"),
    UniqueConstraint("draft_id", "version", "approver_id"),
)

media = Table(
    "media",
    metadata,
    col("sha256", String(64), primary_key=True, purpose="content address; approvals are bound to it"),
    col("size", BigInteger, purpose="bytes"),
    col("mime", String(100), purpose="type"),
    col("kind", String(16), purpose="photo, video, document, voice, audio, animation"),
    col("name", String(200), server_default="", purpose="file name"),
    col("bot_id", BigInteger, nullable=True, purpose="the bot whose file_id this is"),
    col("file_id", String(200), nullable=True, purpose="spares a second upload"),
    col("file_unique_id", String(64), nullable=True, purpose="recognises the same file"),
    col("stored", Boolean, purpose="false: over 20 MB, kept by file_id only"),
    col("added_at", Moment, purpose="when"),
)

card_copy = Table(
    "card_copy",
    metadata,
    _id(),
    col("person_id", Id, ForeignKey("person.id"), purpose="who sees this copy"),
    col("chat_id", BigInteger, purpose="where", keep=ERASE),
    col("message_id", BigInteger, purpose="the control message that is edited"),
    col("content_ids", Strings, purpose="content messages above it"),
    col("subject", String(64), purpose="what it shows"),
    col("purpose", String(16), purpose="queue, card, reminder, assignment, home…"),
    col("version", Integer, purpose="version drawn"),
    col("fingerprint", String(64), purpose="hash of the drawn control: spares needless edits"),
    col("drawn_at", Moment, purpose="when"),
    UniqueConstraint("chat_id", "message_id"),
    Index("ix_card_copy_subject", "subject", "purpose"),
    Index("ix_card_copy_person", "person_id", "purpose"),
)

expectation = Table(
    "expectation",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, purpose="whose next plain message"),
    col("kind", String(32), purpose="what it answers"),
    col("subject", String(64), purpose="about what"),
    col("version", Integer, purpose="drawn for this version"),
    col("params", JSON, purpose="the rest of the question"),
    col("expires_at", Moment, purpose="from when it is forgotten"),
)

# --- the plan --------------------------------------------------------------------------------------------------------------

slot = Table(
    "slot",
    metadata,
    _id(),
    col("page", String(64), ForeignKey("page.code"), purpose="page"),
    col("day", Date, purpose="the page's local date"),
    col("at", Moment, purpose="when it is to be published"),
    col("state", one_of(SlotState, "state"), purpose="where it stands"),
    col("empty_reason", one_of(EmptyReason, "empty_reason"), nullable=True, purpose="why nobody has it"),
    col("draft_id", Id, ForeignKey("draft.id"), nullable=True, purpose="approved text"),
    col("draft_version", Integer, nullable=True, purpose="its approved version"),
    col("posted_at", Moment, nullable=True, purpose="when it was proven"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    UniqueConstraint("page", "at"),
    Index(
        "uq_slot_draft_page",
        "page",
        "draft_id",
        unique=True,
        sqlite_where=text("draft_id is not null and state in ('filled', 'posted')"),
        postgresql_where=text("draft_id is not null and state in ('filled', 'posted')"),
    ),
    Index("ix_slot_day", "day", "page"),
)

assignment = Table(
    "assignment",
    metadata,
    _id(),
    col("slot_id", Id, ForeignKey("slot.id"), index=True, purpose="slot"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who was asked"),
    col("at", Moment, purpose="the slot's moment"),
    col("state", one_of(AssignmentState, "state"), purpose="how it stands or ended"),
    col("substitute", Boolean, server_default=false(), purpose="stepped in for somebody"),
    col("version", Integer, server_default="1", purpose="optimistic lock"),
    col("created_at", Moment, purpose="when asked"),
    UniqueConstraint("slot_id", "person_id"),
    Index(
        "uq_assignment_open",
        "slot_id",
        unique=True,
        sqlite_where=text("state in ('assigned', 'posted')"),
        postgresql_where=text("state in ('assigned', 'posted')"),
    ),
    Index(
        "uq_assignment_person_at",
        "person_id",
        "at",
        unique=True,
        sqlite_where=text("state in ('assigned', 'posted')"),
        postgresql_where=text("state in ('assigned', 'posted')"),
    ),
)

proof = Table(
    "proof",
    metadata,
    col("slot_id", Id, ForeignKey("slot.id"), primary_key=True, purpose="slot it proves"),
    col("assignment_id", Id, ForeignKey("assignment.id"), purpose="by whose assignment"),
    col("person_id", Id, ForeignKey("person.id"), purpose="who posted"),
    col("url", String(500), purpose="link as typed"),
    col("normal", String(500), unique=True, purpose="one form per post: a link proves one slot only"),
    col("at", Moment, purpose="when given"),
)

question = Table(
    "question",
    metadata,
    _id(),
    col("slot_id", Id, ForeignKey("slot.id"), purpose="about which assignment"),
    col("asked_by", Id, ForeignKey("person.id"), purpose="who asks"),
    col("text", Text, purpose="the question"),
    col("asked_at", Moment, purpose="when"),
    col("answered_by", Id, nullable=True, purpose="who answered"),
    col("answer", Text, server_default="", purpose="the answer"),
    col("answered_at", Moment, nullable=True, purpose="when"),
)

# --- figures -----------------------------------------------------------------------------------------------------------------

figure = Table(
    "figure",
    metadata,
    _id(),
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
    Index("ix_figure_page", "page", "metric", "day"),
    Index("ix_figure_slot", "slot_id"),
)

rollup = Table(
    "rollup",
    metadata,
    col("page", String(64), primary_key=True, purpose="page"),
    col("day", Date, primary_key=True, purpose="the page's local date"),
    col("measure", String(32), primary_key=True, purpose="slots, filled, on_time, late, missed, members…"),
    col("region", String(32), purpose="the page's region, for summaries"),
    col("value", BigInteger, purpose="sum or latest value, written with its fact"),
    Index("ix_rollup_day", "day", "measure"),
)

status_view = Table(
    "status_view",
    metadata,
    col("person_id", Id, ForeignKey("person.id"), primary_key=True, purpose="reader"),
    col("looked_at", Moment, nullable=True, purpose="for 'since you last looked'"),
    col("seen", JSON, purpose="the counts shown then"),
    col("daily_at", Time, nullable=True, purpose="local hour of the subscribed summary"),
)

# --- the record, in and out --------------------------------------------------------------------------------------------------

journal = Table(
    "journal",
    metadata,
    col("seq", Id, primary_key=True, autoincrement=True, purpose="order"),
    col("at", Moment, purpose="when"),
    col("actor", BigInteger, purpose="pseudonymous number; 0 is the program itself"),
    col("action", String(32), purpose="what happened"),
    col("object", String(64), purpose="to what"),
    col("version", Integer, purpose="to which version"),
    col("digest", String(64), purpose="sha256(salt + payload)"),
    col("seal", String(64), nullable=True, purpose="chain hash, set in order after the commit"),
    Index("ix_journal_object", "object"),
    Index("ix_journal_unsealed", "seq", sqlite_where=text("seal is null"), postgresql_where=text("seal is null")),
)

journal_payload = Table(
    "journal_payload",
    metadata,
    col("seq", Id, ForeignKey("journal.seq"), primary_key=True, autoincrement=False, purpose="entry"),
    col("salt", String(32), purpose="keeps the digest from being guessed", keep=ERASE),
    col("payload", JSON, purpose="details", keep=ERASE),
)

inbox = Table(
    "inbox",
    metadata,
    col("update_id", BigInteger, primary_key=True, autoincrement=False, purpose="Telegram's number; unique"),
    col("lane", BigInteger, purpose="chat: updates of one chat are handled in order", keep=HANDLED),
    col("status", String(8), purpose="new, done, shown, aside"),
    col("attempts", Integer, server_default="0", purpose="how often handling failed"),
    col("error", String(300), server_default="", purpose="class of the last failure, never content"),
    col("body", JSON(none_as_null=True), nullable=True, purpose="the update until it is handled", keep=HANDLED),
    col("received_at", Moment, purpose="when stored"),
    CheckConstraint("status in ('new', 'done', 'shown', 'aside')", name="status"),
    Index(
        "ix_inbox_open",
        "update_id",
        sqlite_where=text("status in ('new', 'done')"),
        postgresql_where=text("status in ('new', 'done')"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    col("kind", String(32), purpose="which words"),
    col("person_id", Id, ForeignKey("person.id"), nullable=True, purpose="reader"),
    col(
        "chat_id",
        BigInteger,
        nullable=True,
        purpose="address of somebody who has not joined, then where it was sent",
        keep=ERASE,
    ),
    col("message_id", BigInteger, nullable=True, purpose="what was sent"),
    col("guarantee", one_of(Guarantee, "guarantee"), purpose="A at least once, B at most once"),
    col("priority", Integer, purpose="smaller goes first"),
    col("subject", String(64), purpose="what cancels it"),
    col("params", JSON, purpose="ids for rendering, never words"),
    col("due_at", Moment, purpose="not before"),
    col("dedup_key", String(120), unique=True, purpose="added once for ever"),
    col("attempts", Integer, server_default="0", purpose="tries"),
    col("next_try_at", Moment, purpose="not before, after a failure"),
    col("status", one_of(NoticeStatus, "status"), purpose="where it stands"),
    col("last_error", String(300), server_default="", purpose="what Telegram said"),
    col("sent_at", Moment, nullable=True, purpose="when it left"),
    Index(
        "ix_outbox_due",
        "next_try_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_outbox_subject",
        "subject",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_outbox_claim",
        "priority",
        "due_at",
        "id",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_outbox_broadcast",
        "subject",
        "status",
        sqlite_where=text("kind = 'broadcast'"),
        postgresql_where=text("kind = 'broadcast'"),
    ),
)

broadcast = Table(
    "broadcast",
    metadata,
    _id(),
    col("author_id", Id, ForeignKey("person.id"), index=True, purpose="who wrote it and may stop it"),
    col("state", one_of(BroadcastState, "state"), purpose="where it stands"),
    col("version", Integer, purpose="optimistic lock"),
    col("text", Text, purpose="the message to the team, exactly as written"),
    col("entities", JSON, purpose="Telegram's formatting of the text"),
    col("media", JSON, purpose="[[sha256, kind], …] bound by hash"),
    col("album", String(32), server_default="", purpose="Telegram's album it came as: later items join it"),
    col("roles", Strings, purpose="to whom; empty means every role"),
    col("regions", Strings, purpose="where; empty means wherever the author may"),
    col("people", Integer, server_default="0", purpose="how many it went to"),
    col("created_at", Moment, purpose="when written"),
    col("started_at", Moment, nullable=True, purpose="when confirmed"),
    col("ended_at", Moment, nullable=True, purpose="when the last one was settled"),
)

lane_claim = Table(
    "lane_claim",
    metadata,
    col("lane", BigInteger, primary_key=True, autoincrement=False, purpose="chat being worked on", keep=HANDLED),
    col("holder", String(64), purpose="process that works on it"),
    col("until", Moment, purpose="others may take it over from then on, by the database's clock"),
)

lease = Table(
    "lease",
    metadata,
    col("name", String(32), primary_key=True, purpose="what only one process does at a time"),
    col("holder", String(64), purpose="process that does it"),
    col("term", BigInteger, purpose="grows with each change of holder: writes of an earlier term are refused"),
    col("until", Moment, purpose="others may take it over from then on, by the database's clock"),
)

due_task = Table(
    "due_task",
    metadata,
    col("key", String(120), primary_key=True, purpose="unique for ever: a due thing is done once"),
    col("kind", String(32), purpose="which use case"),
    col("subject", String(64), purpose="what cancels it"),
    col("params", JSON, purpose="ids for the use case"),
    col("due_at", Moment, purpose="when"),
    col("done_at", Moment, nullable=True, purpose="when it ran; rows are cleaned after 30 days"),
    Index("ix_due_task_open", "due_at", sqlite_where=text("done_at is null"), postgresql_where=text("done_at is null")),
    Index("ix_due_task_subject", "subject"),
)
