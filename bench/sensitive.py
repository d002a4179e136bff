"""Lists of people and secrets in chat: how surely they are recognised, and how rarely an ordinary post is taken for one.

    python -m bench.sensitive --json -

Ordinary are the honest posts of `bench/corpus`, those written to resemble what is looked for, and every figure of
`tests/data/typed_figures.txt`.
"""

import argparse
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

from bench.printed import put
from domain.sensitive import Sensitive, sensitive

CORPUS = Path(__file__).parent / "corpus"
FIGURES = Path(__file__).parent.parent / "tests" / "data" / "typed_figures.txt"
LANGUAGES = ("ru", "en")
FALSE_ALARMS, MISSED = 1.0, 2.0
"""The promise, in percent."""


def ordinary() -> list[str]:
    """Posts; and lines as they are typed into the chat."""
    texts: list[str] = []
    for language in LANGUAGES:
        honest = tomllib.loads((CORPUS / f"honest-{language}.toml").read_text("utf-8"))
        texts += [text for topic in honest["topic"] for text in topic["texts"]]
        texts += tomllib.loads((CORPUS / f"posts-{language}.toml").read_text("utf-8"))["texts"]
    return texts


def figures() -> list[str]:
    lines = FIGURES.read_text("utf-8").splitlines()
    return [
        line.partition("|")[2].strip().replace("⏎", "\n") for line in lines if line.strip() and not line.startswith("#")
    ]


def planted(kind: str) -> list[str]:
    """`kind`: "lists" or "secrets"."""
    found: list[str] = []
    for language in LANGUAGES:
        found += tomllib.loads((CORPUS / f"sensitive-{language}.toml").read_text("utf-8"))[kind]
    return found


def measure() -> tuple[dict[str, Any], list[str]]:
    """The figures, and what was read wrongly."""
    posts, typed, lists, secrets = ordinary(), figures(), planted("lists"), planted("secrets")
    began = time.perf_counter()
    alarms = [text for text in posts if sensitive(text) is not None]
    spent = time.perf_counter() - began
    typed_alarms = [text for text in typed if sensitive(text) is not None]
    missed = [text for text in lists if sensitive(text) is not Sensitive.PEOPLE]
    missed_secrets = [text for text in secrets if sensitive(text) is not Sensitive.SECRET]
    result = {
        "posts": len(posts),
        "false_alarm_pct": _percent(alarms, posts),
        "typed_figures": len(typed),
        "typed_alarm_pct": _percent(typed_alarms, typed),
        "lists": len(lists),
        "missed_pct": _percent(missed, lists),
        "secrets": len(secrets),
        "missed_secrets_pct": _percent(missed_secrets, secrets),
        "ms_per_post": round(1000 * spent / len(posts), 3),
    }
    return result, [*alarms, *typed_alarms, *missed, *missed_secrets]


def _percent(part: list[str], whole: list[str]) -> float:
    return round(100 * len(part) / len(whole), 2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", default="-", help="where the figures go; - is standard output")
    parser.add_argument("--show", action="store_true", help="also what was read wrongly")
    args = parser.parse_args()
    result, wrong = measure()
    put(result, args.json)
    if args.show:
        sys.stderr.write("\n---\n".join(["", *wrong, ""]))
    alarms = max(result["false_alarm_pct"], result["typed_alarm_pct"])
    return int(alarms > FALSE_ALARMS or max(result["missed_pct"], result["missed_secrets_pct"]) > MISSED)


if __name__ == "__main__":
    sys.exit(main())
