"""Cutting long texts for Telegram at places where a reader would pause."""

_PAUSES = ("\n\n", "\n", ". ", " ")


def utf16_length(text: str) -> int:
    """Length as Telegram's entities count it; never less than what its limits count."""
    return len(text.encode("utf-16-le")) // 2


def split_text(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` UTF-16 units, cut at paragraph ends where there are any; together they are the text."""
    pieces = []
    while utf16_length(text) > limit:
        window = text[:limit]
        while utf16_length(window) > limit:
            window = window[:-1]
        cut = next((at + len(pause) for pause in _PAUSES if (at := window.rfind(pause)) > limit // 4), len(window))
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text.strip() else pieces
