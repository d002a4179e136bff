"""Every router, the busiest first; what nobody wanted ends in `general`."""

from aiogram import Router

from handlers import (
    already_out,
    alts,
    approvals,
    assignments,
    authority,
    availability,
    away,
    broadcasts,
    calendar_days,
    commitments,
    day_plan,
    day_plan_parts,
    days,
    desk_talk,
    drafts,
    edits,
    evergreen,
    feeds,
    figure_import,
    figures,
    gaps,
    general,
    halts,
    imprints,
    invites,
    join,
    ladder,
    lanes,
    master_fills,
    master_lists,
    masters,
    mishaps,
    my_drafts,
    norms,
    open_slots,
    pages,
    proofs,
    published,
    questions,
    queue,
    recall_tasks,
    recalls,
    reminders,
    rubrics,
    settings,
    silences,
    spot_checks,
    staff_chats,
    status,
    swaps,
    targets,
    team,
    timing,
    urgent,
    variants,
)


def all_routers() -> list[Router]:
    """In the order in which they are asked."""
    return [
        staff_chats.group,
        general.groups,
        general.basics,
        staff_chats.private,  # before /start with an invite
        feeds.router,  # before /start with an invite: a calendar leads to a card
        authority.router,  # a page's owner comes in by a link of their own
        join.router,  # strangers stop here
        approvals.router,
        queue.router,
        halts.router,
        silences.router,
        recalls.router,
        recall_tasks.router,
        already_out.router,
        assignments.router,
        days.router,
        swaps.router,
        open_slots.router,
        proofs.router,  # before the drafts' intake: a bare link may be a proof
        published.router,
        mishaps.router,
        spot_checks.router,
        reminders.router,
        questions.router,
        availability.router,  # before the drafts: hours and days that were asked for
        approvals.router,
        queue.router,
        staff_chats.presses,
        imprints.router,
        urgent.router,
        desk_talk.router,
        edits.router,
        master_lists.router,
        master_fills.router,  # before the drafts: an answer that was asked for
        masters.router,
        day_plan.router,  # before the drafts: an answer that was asked for
        day_plan_parts.router,
        broadcasts.router,  # before the drafts: a message that was asked for
        variants.router,
        alts.router,
        lanes.router,
        timing.router,
        rubrics.router,
        my_drafts.router,
        norms.router,  # before the drafts: a norm or days that were asked for
        calendar_days.router,
        gaps.router,  # before the drafts: a text that was asked for
        commitments.router,  # before the drafts: a line or reason that was asked for
        targets.router,  # the same
        drafts.router,
        pages.router,
        ladder.router,
        team.router,
        away.router,
        invites.router,
        settings.router,
        evergreen.router,
        figure_import.router,  # before the drafts: a table of somebody who may import
        figures.router,
        status.router,
        drafts.intake,  # what nobody else wanted and could be a post
        general.router,
    ]
