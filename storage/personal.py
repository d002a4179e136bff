"""Whose stored data is: the inventory behind people's own files, erasure and the tests of both.

Columns are named "table.column". A column that refers to a person and is not classified here fails a test, and so does a column that
holds words: so nothing new is forgotten, neither in anybody's file nor when somebody is erased.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sqlalchemy import JSON, Column, Enum, String, Table
from sqlalchemy.types import TypeDecorator

from storage.tables import metadata

PERSON_IDS = frozenset(
    {
        "access_request.decided_by",
        "account_move.decided_by",
        "calendar_day.by_id",
        "content.edited_by",
        "invite.created_by",
        "invite_entry.decided_by",
        "membership.granted_by",
        "proof.given_by",
        "proof_past.given_by",
        "question.answered_by",
        "second_yes.decided_by",
        "second_yes.successor_id",
        "suspension.by_id",
        "suspension.lifted_by",
        "suspension.successor_id",
    }
)
"""Ids of people without a foreign key."""

ACCOUNTS = {
    "access_request.telegram_id": "the row leaves",
    "account_move.telegram_id": "the row leaves",
    "card_copy.chat_id": "the row leaves",
    "inbox.lane": "emptied, with the update itself",
    "invite_entry.telegram_id": "the row leaves",
    "lane_claim.lane": "belongs to the running process and ends with its work",
    "outbox.chat_id": "emptied",
    "staff_chat.chat_id": "the number of a group",
    "telegram_account.telegram_id": "the row leaves",
}
"""Where numbers of Telegram lie, and what erasure does with them."""

LEAVES: dict[str, tuple[str, ...]] = {
    "absence": ("person_id",),
    "account_block": ("person_id",),
    "account_move": ("person_id",),
    "card_copy": ("person_id",),
    "correction": ("person_id",),
    "day_off": ("person_id",),
    "draft_claim": ("person_id",),
    "draft_edit": ("person_id",),
    "expectation": ("person_id",),
    "export": ("person_id",),
    "feed": ("person_id",),
    "invite_entry": ("person_id",),
    "master_list": ("person_id",),
    "membership": ("person_id",),
    "page_poster": ("person_id",),
    "pattern_mute": ("person_id",),
    "person_availability": ("person_id",),
    "person_note": ("person_id", "author_id"),
    "plan_board": ("person_id",),
    "queue_filter": ("person_id",),
    "reminder_tally": ("person_id",),
    "status_view": ("person_id",),
    "telegram_account": ("person_id",),
}
"""Rows that erasure deletes: those in which one of these columns is the person."""


class Fate(StrEnum):
    """What erasure does with words. UNPUBLISHED: emptied unless they were published. PERSONAL: emptied on personal pages."""

    EMPTIED = "emptied"
    UNPUBLISHED = "unpublished"
    PERSONAL = "personal"
    STAYS = "stays"


@dataclass(frozen=True)
class Words:
    """`by`: the column that says whose words they are; "" where they are nobody's own. `why`: of words that stay."""

    by: str
    fate: Fate = Fate.EMPTIED
    why: str = ""


_PUBLIC = "published: it is the campaign's"
_RECORD = "the record of an approval: which risks and which lines were looked at"
_CAMPAIGN = "a setting of the campaign"

WORDS: dict[str, Words] = {
    "access_request.name": Words(""),  # the row leaves with its account
    "access_request.username": Words(""),
    "authority.document": Words("owner_id"),
    "authority.owner_name": Words("owner_id"),
    "authority.reference": Words("owner_id"),
    "authority.scope": Words("owner_id"),
    "broadcast.entities": Words("author_id"),
    "broadcast.media": Words("author_id"),
    "broadcast.text": Words("author_id"),
    "calendar_day.reason": Words("by_id", Fate.STAYS, _CAMPAIGN),
    "commitment.picture": Words("person_id"),
    "commitment.proof": Words("person_id"),
    "commitment.reason": Words("person_id"),
    "commitment.title": Words("person_id"),
    "commitment_move.reason": Words("by_id"),
    "content.fills": Words("draft", Fate.UNPUBLISHED),
    "content.media": Words("draft", Fate.UNPUBLISHED),
    "content.sources": Words("draft", Fate.UNPUBLISHED),
    "content.text": Words("draft", Fate.UNPUBLISHED),
    "content.variants": Words("draft", Fate.UNPUBLISHED),
    "decision.checks": Words("approver_id", Fate.STAYS, _RECORD),
    "decision.imprints": Words("approver_id", Fate.STAYS, _RECORD),
    "decision.note": Words("approver_id"),
    "draft.source": Words("author_id"),
    "draft_comment.text": Words("person_id"),
    "export.sha256": Words("person_id"),
    "figure.screenshot": Words("typed_by"),
    "figure_import.name": Words("person_id"),
    "figure_import.text": Words("person_id"),
    "halt.note": Words("by_id"),
    "invite_order.name": Words("person_id"),
    "master_fill.answers": Words("person_id", Fate.UNPUBLISHED),
    "master_fill.media": Words("person_id", Fate.UNPUBLISHED),
    "master_wording.text": Words("master", Fate.UNPUBLISHED),
    "mourning.reason": Words("by_id", Fate.STAYS, "announced to everybody"),
    "norm_setting.norm": Words("person_id", Fate.STAYS, _CAMPAIGN),
    "norm_setting.replaced": Words("person_id", Fate.STAYS, _CAMPAIGN),
    "outbox.last_error": Words("person_id"),
    "outbox.params": Words("person_id"),
    "page.addresses": Words("keeper_id", Fate.PERSONAL),
    "page.imprint": Words("", Fate.STAYS, _CAMPAIGN),
    "page.title": Words("keeper_id", Fate.PERSONAL),
    "person.name": Words("id"),
    "plan_change.after": Words("by_id", Fate.STAYS, "ids of slots"),
    "plan_change.before": Words("by_id", Fate.STAYS, "ids of slots"),
    "plan_change.reason": Words("by_id"),
    "proof.media": Words("person_id"),
    "proof.normal": Words("person_id", Fate.PERSONAL),
    "proof.url": Words("person_id", Fate.PERSONAL),
    "proof_past.media": Words("person_id"),
    "proof_past.normal": Words("person_id", Fate.PERSONAL),
    "proof_past.url": Words("person_id", Fate.PERSONAL),
    "published_text.media": Words("person_id"),
    "published_text.text": Words("person_id", Fate.STAYS, _PUBLIC),
    "question.answer": Words("answered_by"),
    "question.text": Words("asked_by"),
    "recall.note": Words("by_id"),
    "recall.text": Words("by_id", Fate.UNPUBLISHED),
    "recall_task.proof_media": Words("person_id"),
    "recall_task.proof_url": Words("person_id", Fate.PERSONAL),
    "recall_task.url": Words("person_id", Fate.PERSONAL),
    "risk_check.because": Words("person_id"),
    "silence_lift.reason": Words("by_id"),
    "spot_check.note": Words("by_id"),
    "staff_chat.title": Words("", Fate.STAYS, "the name of a group"),
    "urgent_call.note": Words("started_by"),
}
"""Every column with words in tables that know people, apart from rows that leave as a whole."""

MEDIA = frozenset(
    {
        "authority.document",
        "broadcast.media",
        "commitment.picture",
        "content.media",
        "export.sha256",
        "figure.screenshot",
        "master_fill.media",
        "proof.media",
        "proof_past.media",
        "published_text.media",
        "recall_task.proof_media",
    }
)
"""Columns that name files of the media folder; a file that none of them names any more is deleted."""

CODES = frozenset(
    {
        *(
            "region",
            "page",
            "state",
            "status",
            "action",
            "object",
            "kind",
            "zone",
            "language",
            "rubric",
            "imprint_rule",
        ),
        *("regions", "roles", "pages", "over", "document_kind", "code", "purpose", "span", "starts", "ends"),
        *("of_region", "of_starts", "of_ends", "subject", "by_operator"),
    }
)
"""Names of columns that hold what the program chose from a list, or an address inside it."""

TECHNICAL = frozenset(
    {
        *("id", "seq", "version", "turn", "turns", "round", "wording", "step", "place", "urgent_id", "import_id"),
        *("digest", "fingerprint", "token_hash", "code_hash", "salt", "seal", "mark", "accounts", "sha256"),
        *(
            "message_id",
            "album",
            "content_ids",
            "dedup_key",
            "chat_id",
            "attempts",
            "next_try_at",
            "guarantee",
            "priority",
        ),
        *("params", "seen", "files", "last_error", "drawn_at", "fingerprint", "number"),
    }
)
"""Names of columns that a person's file leaves out: how the program finds its way; they say nothing about anybody."""

VIA: dict[str, tuple[str, str, str]] = {
    "commitment_move": ("commitment_id", "commitment", "person_id"),
    "content": ("draft_id", "draft", "author_id"),
    "decision": ("draft_id", "draft", "author_id"),
    "draft_page": ("draft_id", "draft", "author_id"),
    "master_page": ("master_id", "master", "author_id"),
    "master_wording": ("master_id", "master", "author_id"),
}
"""Rows that are somebody's because what they belong to is: the column, the table it points to, the person there."""

ONLY: dict[str, tuple[str, ...]] = {
    "account_move": ("person_id",),
    "invite_entry": ("person_id",),
    "person_note": ("author_id",),
}
"""Rows that are only theirs by these columns: by the others they hold what belongs to somebody else."""

ADDRESSED = frozenset({"decision.note", "question.answer"})
"""Words of others that were said to the person, and stand in their file without a name."""

NOT_SHOWN: dict[str, str] = {
    "access_request": "shown by account: see `MyDataRepository`",
    "card_copy": "numbers of messages in the person's own chat with the bot",
    "erasure": "there is nobody left to show it to",
    "journal_payload": "shown with the journal",
    "outbox": "ids of what was sent; the messages themselves are in the person's own chat",
}
"""Tables that know people and stand in no file, with the reason."""


def name_of(column: "Column[object]") -> str:
    """ "table.column"."""
    return f"{column.table.name}.{column.name}"


@cache
def people_in(table: Table) -> tuple[str, ...]:
    """The columns of a table that hold a person's id."""
    if table.name == "person":
        return ("id",)
    return tuple(
        c.name
        for c in table.columns
        if name_of(c) in PERSON_IDS or any(key.target_fullname == "person.id" for key in c.foreign_keys)
    )


def holds_words(column: "Column[object]") -> bool:
    """Whether anything can be written into it: text or JSON, not a choice from a list."""
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, String | JSON) and not isinstance(kind, Enum)


def shown(table: Table) -> bool:
    """Whether rows of this table stand in a person's file."""
    return table.name not in NOT_SHOWN and bool(people_in(table) or table.name in VIA)


def shown_columns(table: Table) -> list[str]:
    """Its columns that a file shows."""
    return [c.name for c in table.columns if c.name not in TECHNICAL]


def erasable() -> list[Table]:
    """Tables from which erasure takes anything."""
    besides = {"access_request", "content", "inbox", "journal_payload", "master_wording", "media"}
    return [table for table in metadata.sorted_tables if people_in(table) or table.name in besides]


def shown_tables() -> list[Table]:
    """In the order in which references are satisfied: the person first."""
    return [table for table in metadata.sorted_tables if shown(table)]
