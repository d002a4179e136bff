"""The registry behind `texts.errors.explain` and its answers for the base classes of domain errors."""

from functools import singledispatch

from markupsafe import Markup

from domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from texts.words import Words


@singledispatch
def explain(error: DomainError, w: Words) -> Markup:  # noqa: ARG001  its class is what counts
    """The error as HTML for this reader: what happened and what to do next. The nearest base class answers."""
    return w("This could not be done.")


@explain.register
def _not_found(_: NotFound, w: Words) -> Markup:
    return w("This is not there any more. Open the list again.")


@explain.register
def _forbidden(_: Forbidden, w: Words) -> Markup:
    return w("You may not do this. If you think you should, ask whoever invited you.")


@explain.register
def _conflict(_: Conflict, w: Words) -> Markup:
    return w("This has changed since you saw it. Open it again to see how it stands now.")


@explain.register
def _invalid(_: Invalid, w: Words) -> Markup:
    return w("This does not fit here. Check it and send it again.")
