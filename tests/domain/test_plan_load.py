"""What loading a plan would change."""

from dataclasses import replace
from datetime import date

from domain.plan_load import CampaignPlan, Change, Effect, FieldChange, Thing, diff
from domain.targets import Campaign

CAMPAIGN = Campaign("Проба", date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 31), "Europe/Moscow")
PLAN = CampaignPlan(CAMPAIGN, {}, {}, {}, {}, {})


def test_the_same_plan_is_no_difference() -> None:
    assert diff(PLAN, PLAN) == []


def test_a_changed_field_is_shown_with_its_old_and_new_value() -> None:
    renamed = replace(PLAN, campaign=replace(CAMPAIGN, name="Новая"))

    assert diff(PLAN, renamed) == [
        Change(Thing.CAMPAIGN, "campaign", Effect.CHANGED, (FieldChange("name", "Проба", "Новая"),))
    ]


def test_an_empty_database_gets_the_whole_plan() -> None:
    assert diff(replace(PLAN, campaign=None), PLAN) == [Change(Thing.CAMPAIGN, "campaign", Effect.ADDED)]
