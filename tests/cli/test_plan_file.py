"""The plan file: what it may say, and how a mistake is named."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.plan_days import moved, outside
from bot.plan_file import PlanError, parse_plan, read_plan
from bot.plan_words import lines_of
from domain.norms import Window
from domain.pages import PageKind
from domain.people import EVERYWHERE
from domain.plan_load import diff
from domain.platforms import Platform
from domain.silence import SilenceKind
from domain.usecases.plan_load import Outcome
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


RUBRIC = """
[[rubrics]]
code = "{code}"
title = "Local history"
title_ru = "История края"
share = {share}
"""


def test_rubrics_keep_their_order_and_shares() -> None:
    plan = parse_plan(SMALL + RUBRIC.format(code="history", share=60) + RUBRIC.format(code="deeds", share=40))

    assert [(one.code, one.share, one.place) for one in plan.rubrics.values()] == [("history", 60, 0), ("deeds", 40, 1)]


@pytest.mark.parametrize(
    ("second", "share", "says"),
    [
        ("deeds", 41, "rubrics: the shares add up to more than 100 percent"),
        ("history", 10, "rubrics: 'history' stands there 2 times"),
        ("deeds", 101, "rubrics[2].share: "),
    ],
)
def test_rubrics_that_cannot_be_are_named(second: str, share: int, says: str) -> None:
    with pytest.raises(PlanError, match=re.escape(says)):
        parse_plan(SMALL + RUBRIC.format(code="history", share=60) + RUBRIC.format(code=second, share=share))


NORM = 'norm = { per_day = 2, windows = ["09:00-12:00"], gap_minutes = 60, daily_cap = 3 }'


def with_norm(said: str) -> str:
    return SMALL.replace(NORM, NORM.removesuffix(" }") + f", {said} }}")


def test_a_norm_says_its_best_hours_days_and_rubrics() -> None:
    said = (
        'peaks = ["10:00-11:00"], starts = 2026-09-10, ends = 2026-10-20, mix = { history = 40 }, '
        'exceptions = { "2026-10-04" = 0, "2026-10-05" = 3 }'
    )
    plan = parse_plan(with_norm(said) + RUBRIC.format(code="history", share=60))
    norm = plan.norms["vk-kazan"]
    assert norm.peaks == (Window(time(10), time(11)),)
    assert (norm.starts, norm.ends) == (date(2026, 9, 10), date(2026, 10, 20))
    assert norm.mix == (("history", 40),)
    assert norm.exceptions == {date(2026, 10, 4): 0, date(2026, 10, 5): 3}


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ('peaks = ["13:00-14:00"]', "pages[1].norm: peak 13:00-14:00 lies in none of the windows"),
        ("starts = 2026-10-02, ends = 2026-10-01", "pages[1].norm: ends must not come before starts"),
        ("mix = { history = 60, people = 50 }", "pages[1].norm: mix adds up to more than 100 percent"),
        ("mix = { sport = 10 }", "pages[1].norm.mix: no rubric 'sport' in this plan"),
        ('exceptions = { "2026-10-04" = 5 }', "pages[1].norm: wants 5 posts on a day, above its daily_cap of 3"),
        ('exceptions = { "4 Oct" = 0 }', "pages[1].norm.exceptions."),
    ],
)
def test_a_norm_that_cannot_be_is_named(said: str, says: str) -> None:
    with pytest.raises(PlanError, match=re.escape(says)):
        parse_plan(with_norm(said))


def test_a_loader_is_told_which_norms_stayed_and_reads_every_change() -> None:
    before, after = parse_plan(SMALL), parse_plan(with_norm('exceptions = { "2026-10-04" = 0 }'))
    told = lines_of(Outcome(tuple(diff(before, after)), (), ("ok-kazan",)))
    assert told[0] == "~ norm vk-kazan: exceptions (none) → 2026-10-04: 0"
    assert "norm of ok-kazan was set in chat; it stays" in told[1]


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
        ("ends = 2026-11-01T00:00:00", "", "silences[1]: needs starts and ends, or voting"),
        (
            "ends = 2026-11-01T00:00:00",
            "voting = { first = 2026-10-31, days = 1 }",
            "silences[1]: voting says when it starts and ends: leave out starts and ends",
        ),
        (
            "starts = 2026-10-31T00:00:00\nends = 2026-11-01T00:00:00",
            "voting = { first = 2026-10-31, days = 4 }",
            "silences[1].voting.days: ",
        ),
        (
            "starts = 2026-10-31T00:00:00\nends = 2026-11-01T00:00:00",
            'kind = "mourning"\nvoting = { first = 2026-10-31, days = 1 }',
            "silences[1]: kind = mourning does not go with voting",
        ),
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


def test_a_vote_says_its_days_and_a_silence_its_kind() -> None:
    dates = "starts = 2026-10-31T00:00:00\nends = 2026-11-01T00:00:00"
    days = "voting = { first = 2026-10-30, days = 3, day_of_silence = true }"
    (vote,) = parse_plan(SMALL.replace(dates, days)).silences.values()
    assert (vote.starts.isoformat(), vote.ends.isoformat()) == ("2026-10-29T00:00:00", "2026-11-02T00:00:00")
    assert vote.kind is SilenceKind.VOTING
    assert [one.kind for one in parse_plan(SMALL).silences.values()] == [SilenceKind.MORATORIUM]
    (said,) = parse_plan(SMALL.replace(dates, f'kind = "mourning"\n{dates}')).silences.values()
    assert (said.kind, said.by_hand) == (SilenceKind.MOURNING, False)


def test_the_label_of_a_delegated_page_stands_in_its_imprint_line() -> None:
    labelled = SMALL.replace('imprint = "Штаб"', 'imprint = "Штаб"\nlabel = "публикует команда"')
    (page,) = parse_plan(labelled).pages.values()
    assert page.imprint == "Штаб, публикует команда"
    with pytest.raises(PlanError, match="label stands beside an imprint"):
        parse_plan(SMALL.replace('imprint = "Штаб"', 'label = "публикует команда"'))


@pytest.mark.parametrize("starts", [date(2026, 11, 23), date(2028, 2, 29), date(2026, 9, 1)])
def test_the_example_moves_as_a_whole_and_stays_a_plan(starts: date) -> None:
    text = EXAMPLE.read_text("utf-8")
    plan, example, by = parse_plan(moved(text, starts)), parse_plan(text), starts - date(2026, 9, 1)
    assert plan.campaign is not None
    assert example.campaign is not None
    assert (plan.campaign.starts, plan.campaign.ends) == (starts, example.campaign.ends + by)
    assert [one.due - by for one in plan.targets.values()] == [one.due for one in example.targets.values()]
    (silence,), (was,) = plan.silences.values(), example.silences.values()
    assert silence.starts - was.starts == by
    assert (plan.regions, plan.pages, plan.norms) == (example.regions, example.pages, example.norms)
    assert not by or "2026-10-31" not in moved(text, starts), "days in comments move too"


def test_a_campaign_that_does_not_run_is_told_with_its_days_by_headquarters_clock() -> None:
    campaign = parse_plan(EXAMPLE.read_text("utf-8")).campaign
    assert campaign is not None
    first = datetime(2026, 8, 31, 21, tzinfo=UTC)  # 00:00 of 1 September in Moscow
    last = datetime(2026, 10, 31, 20, 59, tzinfo=UTC)
    assert (outside(campaign, first), outside(campaign, last)) == ("", "")
    assert outside(campaign, first - timedelta(minutes=1)).startswith("it begins on 2026-09-01, in 1 day:")
    assert outside(campaign, last + timedelta(minutes=1)).startswith("it ended on 2026-10-31: ")


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    marked = tmp_path / "plan.toml"
    marked.write_text(EXAMPLE.read_text("utf-8"), "utf-8-sig")
    assert read_plan(marked)[1] == read_plan(EXAMPLE)[1]
