"""Campaign tags."""

from typing import Any

from sqlalchemy import Row, select

from domain.campaign_tags import NO_TAGS, TagRule
from storage.repositories.base import Repository
from storage.tables import campaign_tag

ONLY = 1
"""The number of the only row."""
TAGS = (campaign_tag.c.domains.label("tag_domains"), campaign_tag.c.campaign.label("tag_campaign"))
"""For statements that join it: what `rule_of` reads."""


def rule_of(row: Row[Any]) -> TagRule:
    return NO_TAGS if row.tag_domains is None else TagRule(row.tag_domains, row.tag_campaign)


class TagRuleRepository(Repository):
    """See `domain.ports.campaign_tags.TagRules`."""

    async def get(self) -> TagRule:
        row = (await self._session.execute(select(campaign_tag))).one_or_none()
        return NO_TAGS if row is None else TagRule(row.domains, row.campaign)

    async def save(self, rule: TagRule) -> None:
        values = {"domains": rule.domains, "campaign": rule.campaign}
        new = self._insert(campaign_tag).values(id=ONLY, **values)
        await self._session.execute(new.on_conflict_do_update(index_elements=["id"], set_=values))
