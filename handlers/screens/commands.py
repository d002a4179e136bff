"""The commands people can type, with what they do."""

from domain.rights import Action
from texts.words import mark_plain

COMMANDS: tuple[tuple[str, str], ...] = (
    ("today", mark_plain("My day: what to post")),
    ("draft", mark_plain("Write a post")),
    ("drafts", mark_plain("My drafts")),
    ("masters", mark_plain("Texts to fill in")),
    ("queue", mark_plain("What waits for approval")),
    ("stop", mark_plain("Emergency stop")),
    ("silence", mark_plain("Silences and mourning")),
    ("urgent", mark_plain("Send an approved text at once")),
    ("recall", mark_plain("Correct or remove a public text")),
    ("evergreen", mark_plain("Texts that come back after a pause")),
    ("mix", mark_plain("Rubrics: wanted and published")),
    ("report", mark_plain("Report figures")),
    ("status", mark_plain("Where the campaign stands")),
    ("pages", mark_plain("Pages and their norms")),
    ("imprints", mark_plain("Imprint lines and their rules")),
    ("team", mark_plain("People of the region")),
    ("invite", mark_plain("Invite somebody")),
    ("broadcast", mark_plain("Write to the team")),
    ("bind", mark_plain("Show the queue in a group")),
    ("away", mark_plain("I am away for some days")),
    ("settings", mark_plain("Language, time zone, hours")),
    ("privacy", mark_plain("What is stored about me")),
    ("help", mark_plain("What this bot does")),
    ("cancel", mark_plain("Leave what I am in the middle of")),
)

NEEDS: dict[str, Action] = {
    "today": Action.TODAY,
    "draft": Action.DRAFT_WRITE,
    "drafts": Action.DRAFT_WRITE,
    "masters": Action.MASTER_FILL,
    "queue": Action.QUEUE,
    "stop": Action.HALT,
    "silence": Action.SILENCE,
    "urgent": Action.URGENT,
    "recall": Action.RECALL,
    "evergreen": Action.EVERGREEN,
    "mix": Action.MIX,
    "report": Action.FIGURES_REPORT,
    "status": Action.STATUS,
    "pages": Action.PAGES_SEE,
    "imprints": Action.QUEUE,
    "team": Action.TEAM_SEE,
    "invite": Action.INVITE,
    "broadcast": Action.BROADCAST,
    "bind": Action.STAFF_CHAT,
    "away": Action.AWAY,
    "settings": Action.SETTINGS,
    "privacy": Action.PRIVACY,
    "help": Action.HELP,
    "cancel": Action.CANCEL,
}
"""What each command asks for: menus and help leave out what a person may not do."""
