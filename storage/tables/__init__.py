"""Every table, each column with its purpose and retention (a test fails without). `docs/privacy.md` is written from these."""

from storage.tables.authority import authority, owner_veto
from storage.tables.availability import day_off, person_availability
from storage.tables.away import absence
from storage.tables.base import metadata
from storage.tables.best_posts import page_usual, post_result
from storage.tables.campaign import blackout, campaign, norm, page, page_poster, region, target
from storage.tables.campaign_tags import campaign_tag
from storage.tables.commitments import commitment, commitment_move
from storage.tables.course import course
from storage.tables.day_plan import plan_board, plan_change
from storage.tables.desk_talk import draft_appeal, draft_claim, draft_comment, draft_edit, pattern_mute
from storage.tables.drafts import card_copy, content, decision, draft, draft_page, expectation, media
from storage.tables.exports import export
from storage.tables.feeds import feed
from storage.tables.figures import figure, figure_import, rollup, status_view
from storage.tables.halts import halt
from storage.tables.imprints import imprint_pack, imprint_return, imprint_rule
from storage.tables.invites import invite_entry, invite_order
from storage.tables.lanes import risk_check
from storage.tables.masters import master, master_fill, master_list, master_page, master_wording
from storage.tables.norms import calendar_day, norm_setting
from storage.tables.people import access_request, invite, membership, person, telegram_account
from storage.tables.plan import assignment, proof, question, slot
from storage.tables.privacy import correction, erasure
from storage.tables.proofs import account_block, proof_past, published_text, spot_check
from storage.tables.queue import queue_filter
from storage.tables.recalls import recall, recall_task
from storage.tables.record import broadcast, due_task, inbox, journal, journal_payload, lane_claim, lease, outbox
from storage.tables.reminders import late_alert, page_ladder, reminder_tally
from storage.tables.rubrics import rubric
from storage.tables.silences import mourning, silence_lift
from storage.tables.staff_chats import staff_chat
from storage.tables.swaps import swap
from storage.tables.team import account_move, person_note, second_yes, suspension
from storage.tables.urgent import urgent_ask, urgent_call

__all__ = [
    "absence",
    "access_request",
    "account_block",
    "account_move",
    "assignment",
    "authority",
    "blackout",
    "broadcast",
    "calendar_day",
    "campaign",
    "campaign_tag",
    "card_copy",
    "commitment",
    "commitment_move",
    "content",
    "correction",
    "course",
    "day_off",
    "decision",
    "draft",
    "draft_appeal",
    "draft_claim",
    "draft_comment",
    "draft_edit",
    "draft_page",
    "due_task",
    "erasure",
    "expectation",
    "export",
    "feed",
    "figure",
    "figure_import",
    "halt",
    "imprint_pack",
    "imprint_return",
    "imprint_rule",
    "inbox",
    "invite",
    "invite_entry",
    "invite_order",
    "journal",
    "journal_payload",
    "lane_claim",
    "late_alert",
    "lease",
    "master",
    "master_fill",
    "master_list",
    "master_page",
    "master_wording",
    "media",
    "membership",
    "metadata",
    "mourning",
    "norm",
    "norm_setting",
    "outbox",
    "owner_veto",
    "page",
    "page_ladder",
    "page_poster",
    "page_usual",
    "pattern_mute",
    "person",
    "person_availability",
    "person_note",
    "plan_board",
    "plan_change",
    "post_result",
    "proof",
    "proof_past",
    "published_text",
    "question",
    "queue_filter",
    "recall",
    "recall_task",
    "region",
    "reminder_tally",
    "risk_check",
    "rollup",
    "rubric",
    "second_yes",
    "silence_lift",
    "slot",
    "spot_check",
    "staff_chat",
    "status_view",
    "suspension",
    "swap",
    "target",
    "telegram_account",
    "urgent_ask",
    "urgent_call",
]
