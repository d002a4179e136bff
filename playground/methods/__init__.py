"""The modelled Bot API methods; importing this package registers them all."""

from playground.methods import chats, editing, forwarding, presses, profile, sending, updates

__all__ = ["chats", "editing", "forwarding", "presses", "profile", "sending", "updates"]
