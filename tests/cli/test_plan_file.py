"""The plan file: what it may say, and how a mistake is named."""

from pathlib import Path

import pytest

from bot.plan_file import PlanError, parse_plan, read_plan
from domain.pages import PageKind
from domain.people import EVERYWHERE
from domain.platforms import Platform
from tests.cli.conftest import ROOT

EXAMPLE = ROOT / "examples" / "two-month-campaign.toml"
SMALL = """
[campaign]
name = "Проба"
starts = 2026-09-01
phase_end = 2026-09-30
ends = 2026-10-31
zone = "Europe/Moscow"

[[regions]]
code = "kazan"
name = "Казань"
zone = "Europe/Moscow"

[[pages]]
code = "vk-kazan"
platform = "vk"
kind = "group"
title = "ВК Казань"
region = "kazan"
addresses = ["https://vk.com/kazan_hq", "vk.com/club123"]
imprint = "Штаб"
norm = { per_day = 2, windows = ["09:00-12:00"], gap_minutes = 60, daily_cap = 3 }

[[silences]]
region = "*"
starts = 2026-10-31T00:00:00
ends = 2026-11-01T00:00:00
reason = "Тишина"
"""


def test_the_example_is_the_campaign_it_says_it_is() -> None:
    _, plan = read_plan(EXAMPLE)

    assert {page.platform for page in plan.pages.values()} == {Platform.VK, Platform.OK, Platform.X}
    assert len(plan.regions) >= 8
    assert len({region.zone for region in plan.regions.values()}) >= 5
    assert sorted(target.value for target in plan.targets.values()) == [20_000, 50_000, 500_000, 1_000_000]
    assert set(plan.norms) == set(plan.pages)
    assert all(page.imprint for page in plan.pages.values())
    assert any(page.kind is PageKind.OFFICIAL and page.approvals_needed == 2 for page in plan.pages.values())
    assert plan.campaign is not None
    assert [silence.starts.date() for silence in plan.silences.values()] == [plan.campaign.ends]


def test_defaults_come_from_the_region_and_the_campaign() -> None:
    plan = parse_plan(SMALL)

    assert plan.pages["vk-kazan"].zone == "Europe/Moscow"
    assert plan.regions["kazan"].zones == ("Europe/Moscow",)
    assert plan.norms["vk-kazan"].per_weekday == (2,) * 7
    assert next(iter(plan.silences.values())).region == EVERYWHERE


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'zone = "Europe/Moscow"\n\n[[regions]]',
            'zone = "Moscow"\n\n[[regions]]',
            "campaign.zone: 'Moscow' is not a zone name",
        ),
        ("ends = 2026-10-31\n", "ends = 2026-08-31\n", "campaign: starts, phase_end and ends must follow each other"),
        ('code = "kazan"\n', 'code = "Kazan"\n', "regions[1].code: "),
        ('platform = "vk"', 'platform = "vkontakte"', "pages[1].platform: "),
        ('platform = "vk"', 'platform = "ok"', "pages[1]: 'https://vk.com/kazan_hq' is on vk, the page on ok"),
        (
            "https://vk.com/kazan_hq",
            "https://example.com/x",
            "pages[1]: 'https://example.com/x' is not the address of a page",
        ),
        ('region = "kazan"', 'region = "omsk"', "pages[1].region: no region 'omsk' in this plan"),
        ('region = "*"', 'region = "omsk"', "silences[1].region: no region 'omsk' in this plan"),
        ("daily_cap = 3", "daily_cap = 1", "pages[1].norm: wants 2 posts on a day, above its daily_cap of 1"),
        ("per_day = 2", "per_weekday = [1, 2]", "pages[1].norm: per_weekday needs seven numbers"),
        ("per_day = 2, ", "", "pages[1].norm: needs either per_day or per_weekday"),
        ('"09:00-12:00"', '"12:00-09:00"', "pages[1].norm.windows[1]: '12:00-09:00' must end after it starts"),
        ('"09:00-12:00"', '"morning"', "pages[1].norm.windows[1]: 'morning' is not a window"),
        ("gap_minutes = 60", "gap_minuts = 60", "pages[1].norm.gap_minuts: unknown key"),
        ('imprint = "Штаб"\n', "", "pages[1].imprint: is missing"),
        ('imprint = "Штаб"', 'imprint = "Штаб"\napprovals = 3', "pages[1].approvals: "),
        ("2026-10-31T00:00:00", "2026-10-31T00:00:00Z", "silences[1].starts: is meant by each region's own clock"),
        ("ends = 2026-11-01T00:00:00", "ends = 2026-10-30T00:00:00", "silences[1]: ends must come after starts"),
        ("[campaign]", "[campaign", "not TOML"),
    ],
)
def test_a_mistake_is_named_by_its_key(old: str, new: str, says: str) -> None:
    assert old in SMALL
    with pytest.raises(PlanError) as refused:
        parse_plan(SMALL.replace(old, new, 1))

    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_address_cannot_belong_to_two_pages() -> None:
    twice = SMALL + SMALL[SMALL.index("[[pages]]") : SMALL.index("[[silences]]")].replace(
        'code = "vk-kazan"', 'code = "vk-two"'
    )

    with pytest.raises(PlanError, match="belongs to 'vk-kazan' and to 'vk-two'"):
        parse_plan(twice)


def test_a_code_cannot_stand_twice() -> None:
    with pytest.raises(PlanError, match="pages: 'vk-kazan' stands there 2 times"):
        parse_plan(SMALL + SMALL[SMALL.index("[[pages]]") : SMALL.index("[[silences]]")])


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no such file"):
        read_plan(tmp_path / "plan.toml")
