"""The file of imprint rules: what it may say, and how a mistake is named."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.imprint_file import PackError, ensure_fits, parse_pack
from bot.plan_file import PlanError, parse_plan, read_files
from domain.imprints import ImprintRule, Reworded
from domain.pages import BY_RULES, PageKind
from tests.cli.conftest import ROOT
from tests.cli.test_plan_file import SMALL
from tests.domain.test_imprints import GENERAL, GROUPS, page

FILE = (ROOT / "examples" / "imprints.toml").read_text("utf-8")


def test_the_example_says_who_reviewed_it() -> None:
    pack, rules = parse_pack(FILE)
    assert (pack.name, pack.reviewed_on) == ("example-2026", date(2026, 9, 1))
    assert rules["example-groups"].reworded is Reworded.ALLOWED
    assert rules["example-general"].expires is None
    ensure_fits(rules.values(), [page(), page("x", kind=PageKind.OFFICIAL)], ["kazan"])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('reviewer = "Н. Н. Юристова"\n', "", "reviewer: is missing"),
        ("expires = 2026-10-31", "expires = 2026-08-31", "rules[2]: expires must not come before valid_from"),
        ('id = "example-groups"', 'id = "example-general"', "rules: 'example-general' stands there 2 times"),
        ('kind = "group"', 'kind = "groups"', "rules[2].kind: "),
        ('line = "Материал', 'line = " Материал', "rules[1].line: must be one line without spaces around it"),
        ("[[rules]]", "[[rules", "not TOML"),
    ],
)
def test_a_mistake_in_the_rules_is_named_by_its_key(old: str, new: str, says: str) -> None:
    assert old in FILE
    with pytest.raises(PackError) as refused:
        parse_pack(FILE.replace(old, new, 1))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (replace(GENERAL, page="gone"), "rules[1].page: no page 'gone' in this plan"),
        (replace(GENERAL, region="moon"), "rules[1].region: no region 'moon' in this plan"),
    ],
)
def test_rules_name_only_what_the_plan_has(rule: ImprintRule, says: str) -> None:
    with pytest.raises(PackError) as refused:
        ensure_fits([rule], [page()], ["kazan"])
    assert says in str(refused.value)


def test_a_tie_is_refused_with_both_names() -> None:
    with pytest.raises(PackError, match="'groups' and 'here' both give page 'vk' its line"):
        ensure_fits([GROUPS, replace(GENERAL, id="here", region="kazan")], [page()], ["kazan"])


BY_PACK = 'imprints = "rules.toml"\n' + SMALL.replace('imprint = "Штаб"\n', "")


def test_a_plan_names_its_rules_and_a_page_without_a_line_follows_them(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(BY_PACK, "utf-8")
    (tmp_path / "rules.toml").write_text(FILE, "utf-8")
    _, _, plan = read_files(tmp_path / "plan.toml")
    assert plan.pages["vk-kazan"].imprint_rule == BY_RULES
    assert set(plan.packs) == {"example-2026"}
    assert set(plan.imprints) == {"example-general", "example-groups", "example-official-vk"}


def test_rules_that_are_not_there_are_said(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(BY_PACK, "utf-8")
    with pytest.raises(PlanError, match=r"rules\.toml: no such file"):
        read_files(tmp_path / "plan.toml")
    with pytest.raises(PlanError, match=r"imprints: 'rules\.toml' is not at hand"):
        parse_plan(BY_PACK)


def test_a_page_keeps_its_own_line_or_is_named_by_a_rule_but_not_both() -> None:
    both = SMALL.replace("[campaign]", 'imprints = "rules.toml"\n[campaign]', 1)
    named = FILE.replace('kind = "group"', 'page = "vk-kazan"')
    with pytest.raises(
        PlanError, match="page 'vk-kazan' has an imprint of its own and is named by rule 'example-groups'"
    ):
        parse_plan(both, named)
    assert parse_plan(both, FILE).pages["vk-kazan"].imprint == "Штаб"
