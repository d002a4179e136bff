"""What a decision is bound to: a hash over everything that is read."""

import hashlib
import json
from collections.abc import Iterable

from domain.drafts import MediaRef, Variant


def content_digest(
    text: str,
    media: Iterable[MediaRef],
    variants: Iterable[Variant] = (),
    fills: Iterable[tuple[str, str]] = (),
    sources: str = "",
) -> str:
    """SHA-256 over a text, its files and the rest that is read: what a decision is bound to."""
    files = tuple(media)
    parts: list[object] = [text, *(m.sha256 for m in files)]
    more: dict[str, object] = {
        "sources": sources,
        "alts": [m.alt for m in files] if any(m.alt for m in files) else [],
        "variants": [[variant.platform, variant.text] for variant in variants],
        "fills": [list(fill) for fill in fills],
    }
    # Without any of it the digest is that of the versions stored before there was any.
    parts += [{name: value} for name, value in more.items() if value]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
