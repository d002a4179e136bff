"""What Telegram's refusals say about a group."""

from domain.staff_chats import Trouble

_TROUBLES = (
    ("message thread not found", Trouble.NO_TOPIC),
    ("TOPIC_DELETED", Trouble.NO_TOPIC),
    ("TOPIC_CLOSED", Trouble.TOPIC_CLOSED),
    ("not enough rights", Trouble.NO_RIGHT),
    ("have no rights to send", Trouble.NO_RIGHT),
    ("need administrator rights", Trouble.NO_RIGHT),
    ("CHAT_WRITE_FORBIDDEN", Trouble.NO_RIGHT),
    ("CHAT_RESTRICTED", Trouble.NO_RIGHT),
)


def trouble_of(refusal: str) -> Trouble | None:
    """Why nothing can be written there; None when the refusal is about something else."""
    return next((trouble for text, trouble in _TROUBLES if text in refusal), None)
