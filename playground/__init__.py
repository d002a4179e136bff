"""A local Telegram for people and tests: a Bot API server with a behaving world behind it. Not Telegram."""

from playground.actors import User
from playground.clock import Clock
from playground.faults import Fault, FaultKind
from playground.hooks import Hooks, TourStep
from playground.model import Button, Chat, Message, Toast
from playground.pace import Pace, Profile, Rates
from playground.server import LocalTelegram
from playground.wire import Violation, WireEntry
from playground.world import World

__all__ = [
    "Button",
    "Chat",
    "Clock",
    "Fault",
    "FaultKind",
    "Hooks",
    "LocalTelegram",
    "Message",
    "Pace",
    "Profile",
    "Rates",
    "Toast",
    "TourStep",
    "User",
    "Violation",
    "WireEntry",
    "World",
]
