"""Figures of several pages in one message."""

import pytest

from domain.named_figures import by_network
from domain.platforms import Platform

VK, OK, X, TELEGRAM = Platform.VK, Platform.OK, Platform.X, Platform.TELEGRAM


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("вк 12,4к, ок 11 900", {VK: "12,4к", OK: "11 900"}),
        ("ВК: 12 400\nОК: 11 900", {VK: "12 400", OK: "11 900"}),
        ("VK - 12.4k; OK - 11900; X - 800", {VK: "12.4k", OK: "11900", X: "800"}),
        ("ок 500 и тг 20", {OK: "500", TELEGRAM: "20"}),
        ("Одноклассники 5120, ВКонтакте 12400 подписчиков", {OK: "5120", VK: "12400 подписчиков"}),
    ],
)
def test_each_figure_is_its_networks(text: str, found: dict[Platform, str]) -> None:
    assert dict(by_network(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "вк 12,4к",
        "вк 12,4к, вк 500",
        "12,4к вк, 500 ок",
        "Завтра в ВК в 10, в ОК в 11",
        "вк и ок",
        "вк 12 400 просмотров, ок 300",
        "Пишите нам: вк, ок, тг",
        "ок, 5 минут",
        "",
    ],
)
def test_anything_else_is_left_alone(text: str) -> None:
    assert not by_network(text)
