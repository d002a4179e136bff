"""Alembic's entry: migrations run on the connection that `storage.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.tables import metadata
from storage.types import Moment, Strings

_PLAIN = {Moment: "sa.DateTime(timezone=True)", Strings: "sa.JSON()"}
"""A migration is frozen: it names portable types, never our decorators, which may change."""


def _render(kind: str, thing: Any, _: AutogenContext) -> str | Literal[False]:
    return _PLAIN.get(type(thing), False) if kind == "type" else False


context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_item=_render)
with context.begin_transaction():
    context.run_migrations()
