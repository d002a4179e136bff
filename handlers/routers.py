"""Every router, the busiest first; what nobody wanted ends in `general`."""

from aiogram import Router

from handlers import (
    already_out,
    alts,
    approvals,
    assignments,
    authority,
    away,
    broadcasts,
    desk_talk,
    drafts,
    edits,
    evergreen,
    figures,
    general,
    halts,
    imprints,
    invites,
    join,
    lanes,
    master_fills,
    master_lists,
    masters,
    my_drafts,
    pages,
    questions,
    queue,
    recall_tasks,
    recalls,
    rubrics,
    settings,
    silences,
    staff_chats,
    status,
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
        authority.router,  # a page's owner comes in by a link of their own
        join.router,  # strangers stop here
        approvals.router,
        queue.router,
        halts.router,
        silences.router,
        recalls.router,
        recall_tasks.router,
        already_out.router,
        assignments.router,  # before the drafts' intake: a bare link may be a proof
        questions.router,
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
        broadcasts.router,  # before the drafts: a message that was asked for
        variants.router,
        alts.router,
        lanes.router,
        timing.router,
        rubrics.router,
        my_drafts.router,
        drafts.router,
        pages.router,
        team.router,
        away.router,
        invites.router,
        settings.router,
        evergreen.router,
        figures.router,
        status.router,
        drafts.intake,  # what nobody else wanted and could be a post
        general.router,
    ]
