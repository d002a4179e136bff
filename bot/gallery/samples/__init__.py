"""What the gallery shows, in the order in which a newcomer meets it. A test fails when a screen is missing."""

from bot.gallery.samples import (
    approvals,
    assignments,
    broadcasts,
    drafts,
    figures,
    home,
    join,
    pages,
    program,
    questions,
    refusals,
    settings,
    slots,
    status,
    status_pages,
    team,
)

CHAPTERS = tuple(
    module.chapter
    for module in (
        join,
        home,
        drafts,
        approvals,
        assignments,
        questions,
        figures,
        slots,
        status,
        status_pages,
        pages,
        team,
        broadcasts,
        settings,
        refusals,
        program,
    )
)
