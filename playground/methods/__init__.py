"""The modelled Bot API methods; importing this package registers them all."""

from playground.methods import (
    chats,
    editing,
    forwarding,
    invitations,
    members,
    polls,
    presses,
    profile,
    sending,
    topics,
    updates,
    webapps,
)

__all__ = [
    "chats",
    "editing",
    "forwarding",
    "invitations",
    "members",
    "polls",
    "presses",
    "profile",
    "sending",
    "topics",
    "updates",
    "webapps",
]
