"""What the cast writes, links to and counts: made up, plain, and never twice the same."""

import itertools

from domain.links import page_address
from domain.pages import Page
from domain.platforms import Platform

_PLACES = (
    "во дворе на улице Мира",
    "в сквере у вокзала",
    "на школьном стадионе",
    "у новой поликлиники",
    "на набережной",
    "в библиотеке",
)
_NEWS = (
    "Сегодня {place} открыли площадку: первыми на качели сели те, кто её просил. Номер заявки {n}.",
    "Разобрали вопрос {n}: почему {place} так темно по вечерам. Фонари обещаны к концу месяца, проверим.",
    "Встреча с жителями {place}: говорили два часа, записали {n} предложений. Отчёт выложим завтра.",
    "Субботник {place}: собрали {n} мешков листьев. Спасибо всем, кто вышел с нами!",
    "Спросили {n} соседей, чего не хватает {place}. Чаще всего отвечали: лавочек и тени.",
)


class Texts:
    """One for the whole cast, so that no two people ever send the same."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._links = itertools.count(1001)
        self._members: dict[str, int] = {}

    def next(self) -> str:
        n = next(self._numbers)
        return _NEWS[n % len(_NEWS)].format(place=_PLACES[n % len(_PLACES)], n=n)

    def link(self, page: Page) -> str:
        """The address of a new post on the page, as its network writes it."""
        n = next(self._links)
        keys = {key for address in page.addresses for key in page_address(address).keys}
        match page.platform:
            case Platform.VK:
                owner = next(key for key in keys if key.startswith("-"))
                return f"https://m.vk.com/wall{owner}_{n}"
            case Platform.OK:
                group = next(key for key in keys if key.isdigit())
                return f"https://ok.ru/group/{group}/topic/{n}"
            case Platform.X:
                return f"https://x.com/{next(iter(keys))}/status/{n}"
            case Platform.TELEGRAM:
                return f"https://t.me/{next(iter(keys))}/{n}"

    def members(self, key: str) -> str:
        """A page's figure of today, a little above yesterday's, typed as people type."""
        before = self._members.get(key, 11_800 + 137 * len(self._members))
        self._members[key] = before + before // 90 + 7
        return f"{self._members[key]:,}".replace(",", " ")

    def post_figures(self, language: str) -> str:
        n = 300 + 7 * next(self._links) % 400
        if language == "en":
            return f"{n} views {n // 20} likes {n // 90} comments {n // 150} reposts"
        return f"{n} просмотров, {n // 20} ❤ {n // 90} комм {n // 150} репостов"
