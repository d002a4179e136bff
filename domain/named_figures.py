"""Figures of several pages in one message, each behind its network: "вк 12,4к, ок 11 900"."""

import re
from collections.abc import Mapping

from domain.platforms import Platform
from domain.typed_figures import BadFigure, read_page_figure

_NAMES = {
    Platform.VK: ("вк", "vk", "вконтакте", "vkontakte"),
    Platform.OK: ("ок", "ok", "одноклассники", "однокл", "odnoklassniki"),
    Platform.X: ("x", "х", "твиттер", "твитер", "twitter"),
    Platform.TELEGRAM: ("тг", "tg", "телеграм", "телеграмм", "telegram"),
}
_NETWORKS = {name: network for network, names in _NAMES.items() for name in names}
_NAME = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_NETWORKS, key=len, reverse=True))})(?![^\W\d_])", re.IGNORECASE)
_AROUND = " \t\n,;:=–—-/."
_AND = re.compile(r"(?:^|\s)(?:и|and)$", re.IGNORECASE)


def by_network(text: str) -> Mapping[Platform, str]:
    """What was typed for each network, in order, at least two; empty when the text is anything else."""
    names = list(_NAME.finditer(text))
    if len(names) < 2 or text[: names[0].start()].strip(_AROUND):
        return {}
    found: dict[Platform, str] = {}
    ends = [*(name.start() for name in names[1:]), len(text)]
    for name, end in zip(names, ends, strict=True):
        network = _NETWORKS[name[0].lower()]
        figure = _AND.sub("", text[name.end() : end].strip(_AROUND)).strip(_AROUND)
        if network in found or not _reads(figure):
            return {}
        found[network] = figure
    return found


def _reads(figure: str) -> bool:
    try:
        read_page_figure(figure)
    except BadFigure:
        return False
    return True
