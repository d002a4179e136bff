"""How much before the local hour a morning digest leaves, so that everybody with the same hour has theirs by then."""

from datetime import timedelta
from math import ceil, sqrt

_GOLDEN = 0.618033988749894848
"""Its multiples lie evenly, whatever numbers people have: nobody's place depends on who else there is."""
_SPARE = 2.0
"""Square roots of the crowd: how far an even spread of strangers' numbers clusters (Kolmogorov: beyond it once in 1,500)."""


def early(person_id: int, crowd: int, per_second: float) -> timedelta:
    """How long before the hour this person's digest leaves: even over the time that `crowd` messages take, ending at the hour.

    Deterministic, in whole seconds. What clusters near the end still leaves by the hour: everybody is earlier by what a cluster takes.
    """
    if crowd <= 1 or per_second <= 0:
        return timedelta()
    place = person_id * _GOLDEN % 1
    return timedelta(seconds=ceil((place * crowd + _SPARE * sqrt(crowd)) / per_second))
