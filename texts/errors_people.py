"""Words for what can go wrong when people come in or change their settings."""

from markupsafe import Markup

from domain.consent import GRANTED, AlreadyRequested, ConsentNeeded, RequestDecided, Suspended
from domain.errors import NoRole
from domain.people import AlreadyJoined, BadZone, InviteInvalid, Stranger
from domain.settings import SameEnds
from domain.usecases.pages import NotOfRegion
from texts.explaining import explain
from texts.roles import role_name
from texts.words import Words, mark

_INVITES = {
    "unknown": mark("This invite link is not valid. Perhaps it was copied only in part: ask for it to be sent again."),
    "expired": mark("This invite link has expired. Ask whoever sent it for a new one."),
    "used": mark("This invite link has been used already: it works once. Ask whoever sent it for one of your own."),
    "revoked": mark("This invite link was taken back. Ask whoever sent it for a new one."),
}


@explain.register
def _stranger(_: Stranger, w: Words) -> Markup:
    return w("You have not joined yet. Open your invite link, or send /start to ask for access.")


@explain.register
def _no_role(_: NoRole, w: Words) -> Markup:
    return w("You have no role at the moment. Ask your coordinator.")


@explain.register
def _invite(error: InviteInvalid, w: Words) -> Markup:
    return w(_INVITES.get(error.reason, _INVITES["unknown"]))  # texts: dynamic


@explain.register
def _joined(error: AlreadyJoined, w: Words) -> Markup:
    return w("You are here already: {role}.", role=role_name(error.role, w))


@explain.register
def _zone(error: BadZone, w: Words) -> Markup:
    return w("There is no time zone called {zone}. Choose one from the list.", zone=error.zone)


@explain.register
def _requested(_: AlreadyRequested, w: Words) -> Markup:
    return w("Your request is already with the coordinators. The answer will come here.")


@explain.register
def _decided(error: RequestDecided, w: Words) -> Markup:
    if error.state == GRANTED:
        return w("{name} was faster and has let this person in.", name=error.by)
    return w("{name} was faster and has declined this request.", name=error.by)


@explain.register
def _not_of_region(_: NotOfRegion, w: Words) -> Markup:
    return w("This person no longer works in the region of this page. Open the list again.")


@explain.register
def _suspended(_: Suspended, w: Words) -> Markup:
    return w("Your access was closed. Please talk to your coordinator.")


@explain.register
def _consent(_: ConsentNeeded, w: Words) -> Markup:
    return w("The text you agreed to has changed. Please send /start and read it again.")


@explain.register
def _same_ends(_: SameEnds, w: Words) -> Markup:
    return w("The beginning and the end are the same hour. To have no quiet hours, tap the button below.")
