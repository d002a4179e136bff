"""The table of stored data in `docs/privacy.md`, written from the columns themselves.

`python -m storage.privacy` rewrites it after a column was added (a test compares).
"""

from pathlib import Path

from storage.tables import metadata

PAGE = Path(__file__).parent.parent / "docs" / "privacy.md"
BEGIN = "<!-- written by `python -m storage.privacy` from here -->"


def listing() -> str:
    """Every column of every table: why it is stored and for how long."""
    parts = []
    for table in metadata.tables.values():
        rows = [f"| `{c.name}` | {c.info['purpose']} | {c.info['retention']} |" for c in table.columns]
        parts.append("\n".join([f"### {table.name}", "", "| column | purpose | kept |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


def page(old: str) -> str:
    """The page with its listing renewed; what people wrote above it stays."""
    return f"{old.partition(BEGIN)[0]}{BEGIN}\n\n{listing()}\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
