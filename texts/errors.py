"""Domain errors in words: `explain(error, words)`.

A feature adds its own in `texts/errors_<feature>.py` with `@explain.register` (import `explain` from
`texts.explaining`); every such module is loaded here, so there is no list to forget.
"""

from importlib import import_module
from pkgutil import iter_modules

import texts
from texts.explaining import explain

for _module in iter_modules(texts.__path__):
    if _module.name.startswith("errors_"):
        import_module(f"texts.{_module.name}")

__all__ = ["explain"]
