"""Every router, the busiest first; what nobody wanted ends in `general`."""

from aiogram import Router

from handlers import (
    approvals,
    assignments,
    broadcasts,
    drafts,
    figures,
    general,
    invites,
    join,
    pages,
    questions,
    settings,
    status,
    team,
)


def all_routers() -> list[Router]:
    """In the order in which they are asked."""
    return [
        general.groups,
        general.basics,
        join.router,  # strangers stop here
        assignments.router,  # before the drafts' intake: a bare link may be a proof
        questions.router,
        approvals.router,
        broadcasts.router,  # before the drafts: a message that was asked for
        drafts.router,
        pages.router,
        team.router,
        invites.router,
        settings.router,
        figures.router,
        status.router,
        drafts.intake,  # what nobody else wanted and could be a post
        general.router,
    ]
