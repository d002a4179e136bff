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
    best_posts,
    broadcasts,
    calendar_days,
    commitments,
    course,
    day_plan,
    day_plan_parts,
    days,
    desk_talk,
    drafts,
    edits,
    evergreen,
    exports,
    feeds,
    figure_import,
    figures,
    gaps,
    general,
    halts,
    imprints,
    invites,
    invites_entries,
    invites_many,
    join,
    journal,
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
    privacy,
    proofs,
    published,
    questions,
    queue,
    read_once,
    recall_tasks,
    recalls,
    reminders,
    rubrics,
    sensitive,
    settings,
    silences,
    small_talk,
    spot_checks,
    staff_chats,
    status,
    status_periods,
    swaps,
    targets,
    team,
    team_decisions,
    timing,
    urgent,
    variants,
)


def all_routers() -> list[Router]:
    """In the order in which they are asked."""
    return [
        sensitive.group,  # a password goes, whatever else the message is
        staff_chats.group,
        general.groups,
        general.basics,
        privacy.router,  # before strangers are stopped: who has left can still have their data
        staff_chats.private,  # before /start with an invite
        feeds.router,  # before /start with an invite: a calendar leads to a card
        authority.router,  # a page's owner comes in by a link of their own
        team_decisions.links,  # a new account of somebody comes in by a link of its own
        join.router,  # strangers stop here
        course.router,  # before anything is kept: the practice link
        invites_many.router,  # the same: a table with names, a line that was asked for
        invites_entries.router,
        sensitive.router,  # before anything is kept of a message
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
        team_decisions.reports,  # before the proofs: somebody else's link was asked for
        proofs.router,  # before the drafts' intake: a bare link may be a proof
        published.router,
        mishaps.router,
        spot_checks.router,
        reminders.router,
        questions.router,
        availability.router,  # before the drafts: hours and days that were asked for
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
        privacy.answers,  # the same: a name that was asked for
        figures.changes,  # before what is answered only with where to correct it
        read_once.router,  # before the drafts: what was no draft and is changed
        drafts.router,
        pages.router,
        ladder.router,
        team.router,
        team_decisions.router,
        away.router,
        invites.router,
        settings.router,
        evergreen.router,
        best_posts.router,
        figure_import.router,  # before the drafts: a table of somebody who may import
        figures.router,
        status.router,
        status_periods.router,
        exports.router,
        journal.router,
        small_talk.router,  # before the drafts' intake: thanks are no post
        drafts.intake,  # what nobody else wanted and could be a post
        general.router,
    ]
