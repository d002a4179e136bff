"""Port: what is added to links of the campaign's own sites."""

from typing import Protocol

from domain.campaign_tags import TagRule


class TagRules(Protocol):
    async def get(self) -> TagRule:
        """What holds now; `NO_TAGS` while nothing is set."""

    async def save(self, rule: TagRule) -> None: ...
