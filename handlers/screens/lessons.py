"""Reasons that teach: to each its rule in one sentence and a short good example."""

from markupsafe import Markup

from domain.drafts import Reason
from texts.words import Words, mark

RULES: dict[Reason, str] = {
    Reason.FACTS: mark("A number, a name, a date: write only what anybody can check."),
    Reason.TONE: mark("Firm in the matter, friendly to people: those who do not agree yet are reading too."),
    Reason.TOO_LONG: mark("One post, one thought: on a phone the first three lines decide."),
    Reason.PICTURE: mark("The picture shows what the text says, is sharp, and nobody in it would mind."),
    Reason.NOT_NOW: mark("A post lives for a day or two: write about what matters this week."),
    Reason.DUPLICATE: mark("We have told this already: a second post needs something new."),
    Reason.PRIVATE_DATA: mark("No names, addresses, phone numbers or faces of people who have not agreed to it."),
    Reason.OTHER: mark("It happens that none of the usual reasons fits: then just ask."),
}
EXAMPLES: dict[Reason, str] = {
    Reason.FACTS: mark("214 neighbours have signed for the crossing, the list is at the school."),
    Reason.TONE: mark("The yard has been waiting for lamps for two years. Let us ask for a date together."),
    Reason.TOO_LONG: mark("The playground on Mira Street is open. Come today at 17:00, bring the children!"),
    Reason.PICTURE: mark("The finished playground by day, seen from the gate."),
    Reason.NOT_NOW: mark("Saturday's clean-up in three photos: before, during, after."),
    Reason.DUPLICATE: mark("A week with the new playground: forty children every evening, and a queue for the swings."),
    Reason.PRIVATE_DATA: mark("A resident of the house opposite says it has become quieter."),
    Reason.OTHER: mark("What should I change so that it works?"),
}


def lesson(reason: Reason | None, w: Words) -> list[Markup]:
    """The rule and its example; nothing without a reason."""
    if reason is None:
        return []
    example = w(EXAMPLES[reason])  # texts: dynamic
    return [rule(reason, w), w("For example: <i>{example}</i>", example=example)]


def rule(reason: Reason, w: Words) -> Markup:
    return w("💡 {rule}", rule=w(RULES[reason]))  # texts: dynamic
