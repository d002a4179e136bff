"""A shared link as a QR picture for a phone, and on a sheet of A5 to print."""

from __future__ import annotations

import importlib.util
import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.people import Role
from texts.roles import role_name
from texts.words import Words

TEMPLATE = Path(__file__).parent / "templates" / "invite.typ"
SCALE, BORDER = 16, 4
"""Pixels of a module, and the modules of white around it that readers ask for (ISO 18004)."""
LEVEL = "q"
"""A quarter of the picture may be covered or creased."""


@dataclass(frozen=True)
class Sheet:
    """What stands on it. `place` is empty for the whole campaign; `asks`: the name of whoever invites."""

    campaign: str
    role: Role
    place: str
    asks: str
    url: str
    expires_at: datetime


def qr_png(url: str) -> bytes:
    """Black on white, some 650 pixels wide."""
    import segno

    buffer = io.BytesIO()
    segno.make(url, error=LEVEL, micro=False).save(buffer, kind="png", scale=SCALE, border=BORDER)
    return buffer.getvalue()


def sheet_pdf(sheet: Sheet, w: Words, zone: str, now: datetime) -> bytes:
    """One page; blocks for a good tenth of a second. Nothing in it is markup, so nobody's name can act as any."""
    import typst

    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(document(sheet, w, zone, now), ensure_ascii=False)},
    )


def document(sheet: Sheet, w: Words, zone: str, now: datetime) -> dict[str, object]:
    """The words of the sheet."""
    import segno

    buffer = io.BytesIO()
    segno.make(sheet.url, error=LEVEL, micro=False).save(buffer, kind="svg", border=BORDER, xmldecl=False)
    role = role_name(sheet.role, w).capitalize()
    return {
        "lang": w.language,
        "campaign": sheet.campaign,
        "title": w.plain("Join our headquarters"),
        "role": f"{role}, {sheet.place}" if sheet.place else role,
        "qr": buffer.getvalue().decode(),
        "url": sheet.url,
        "lines": [
            w.plain("Point your phone's camera at the picture: a chat with our bot opens in Telegram."),
            w.plain("The bot gives you small tasks for social networks: read, copy, publish by hand, send the link."),
            w.plain("It asks for your consent first, and never for passwords. From 18 years on."),
            w.plain("Then somebody of ours looks who has come, and lets you in."),
            w.plain("You are invited by {name}.", name=sheet.asks),
        ],
        "foot": w.plain("Works until {when}.", when=w.moment(sheet.expires_at, zone, now)),
    }


def _fonts() -> Path:
    """DejaVu as matplotlib brings it along (not imported for it): it knows Cyrillic, and may be embedded."""
    found = importlib.util.find_spec("matplotlib")
    assert found is not None  # noqa: S101 - a dependency
    assert found.origin is not None  # noqa: S101 - a dependency
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
