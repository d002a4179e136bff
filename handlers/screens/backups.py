"""What owners are told about backups."""

from datetime import datetime

from markupsafe import Markup

from handlers.screens.base import Screen, lines
from texts.words import Words, Zone


def failed(newest: datetime | None, w: Words, zone: Zone, now: datetime) -> Screen:
    """The nightly backup did not work."""
    title = w("⚠ <b>The nightly backup did not work.</b>")
    return Screen(lines(title, _newest(newest, w, zone, now), w("It is tried again every hour."), _whom_to_ask(w)))


def overdue(newest: datetime | None, w: Words, zone: Zone, now: datetime) -> Screen:
    """No backup has worked for two days, whatever the reason."""
    title = w("⚠ <b>There has been no good backup for two days.</b>")
    return Screen(lines(title, _newest(newest, w, zone, now), _whom_to_ask(w)))


def works(w: Words) -> Screen:
    """After it had failed."""
    return Screen(w("✅ The backup works again."))


def _newest(newest: datetime | None, w: Words, zone: Zone, now: datetime) -> Markup:
    if newest is None:
        return w("There is no good backup at all yet.")
    return w("The last good one: {when}.", when=w.moment(newest, zone, now))


def _whom_to_ask(w: Words) -> Markup:
    return w("Please ask whoever looks after the server: the reason is in the program's log.")
