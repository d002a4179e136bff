"""Every table, each column with its purpose and retention (a test fails without). `docs/privacy.md` is written from these."""

from storage.tables.base import metadata
from storage.tables.campaign import blackout, campaign, norm, page, page_poster, region, target
from storage.tables.drafts import card_copy, content, decision, draft, draft_page, expectation, media
from storage.tables.figures import figure, rollup, status_view
from storage.tables.people import access_request, invite, membership, person, telegram_account
from storage.tables.plan import assignment, proof, question, slot
from storage.tables.record import broadcast, due_task, inbox, journal, journal_payload, lane_claim, lease, outbox

__all__ = [
    "access_request",
    "assignment",
    "blackout",
    "broadcast",
    "campaign",
    "card_copy",
    "content",
    "decision",
    "draft",
    "draft_page",
    "due_task",
    "expectation",
    "figure",
    "inbox",
    "invite",
    "journal",
    "journal_payload",
    "lane_claim",
    "lease",
    "media",
    "membership",
    "metadata",
    "norm",
    "outbox",
    "page",
    "page_poster",
    "person",
    "proof",
    "question",
    "region",
    "rollup",
    "slot",
    "status_view",
    "target",
    "telegram_account",
]
