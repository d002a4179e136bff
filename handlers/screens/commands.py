"""The commands people can type, with what they do."""

from domain.rights import Action
from texts.words import mark_plain

COMMANDS: tuple[tuple[str, str], ...] = (
    ("today", mark_plain("My day: what to post")),
    ("draft", mark_plain("Write a post")),
    ("drafts", mark_plain("My drafts")),
    ("queue", mark_plain("What waits for approval")),
    ("report", mark_plain("Report figures")),
    ("status", mark_plain("Where the campaign stands")),
    ("pages", mark_plain("Pages and their norms")),
    ("team", mark_plain("People of the region")),
    ("invite", mark_plain("Invite somebody")),
    ("broadcast", mark_plain("Write to the team")),
    ("settings", mark_plain("Language, time zone, hours")),
    ("privacy", mark_plain("What is stored about me")),
    ("help", mark_plain("What this bot does")),
    ("cancel", mark_plain("Leave what I am in the middle of")),
)

NEEDS: dict[str, Action] = {
    "today": Action.TODAY,
    "draft": Action.DRAFT_WRITE,
    "drafts": Action.DRAFT_WRITE,
    "queue": Action.QUEUE,
    "report": Action.FIGURES_REPORT,
    "status": Action.STATUS,
    "pages": Action.PAGES_SEE,
    "team": Action.TEAM_SEE,
    "invite": Action.INVITE,
    "broadcast": Action.BROADCAST,
    "settings": Action.SETTINGS,
    "privacy": Action.PRIVACY,
    "help": Action.HELP,
    "cancel": Action.CANCEL,
}
"""What each command asks for: menus and help leave out what a person may not do."""
