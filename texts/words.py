"""One `Words` per language: what a person reads is always made through it, and the language is always an argument."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_day_names, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from markupsafe import Markup, escape

from texts.catalogue import Catalogue, english, russian

Zone = ZoneInfo | str

# People whose phone speaks one of these are far more at home in Russian than in English.
_RUSSIAN_READERS = frozenset(
    {
        "ru",
        "be",
        "kk",
        "ky",
        "tg",
        "uz",
        "tt",
        "ba",
        "cv",
        "ce",
        "os",
        "sah",
        "udm",
        "mhr",
        "myv",
        "mdf",
        "kv",
        "tyv",
        "ab",
        "av",
    }
)

# CLDR calls it "Sakhalin Island" for short.
_CITIES = {("ru", "Asia/Sakhalin"): "Сахалин"}


def mark(msgid: str, /) -> str:
    """Marks a msgid kept in a table for the catalogue check; it is shown later by `w(TABLE[key])  # texts: dynamic`."""
    return msgid


def mark_plain(msgid: str, /) -> str:
    """Like `mark`, for what is shown by `w.plain`: the check then refuses tags in it."""
    return msgid


def mark_n(singular: str, plural: str, /) -> tuple[str, str]:
    """Like `mark`, for a pair shown by `w.n(*PAIR, n)  # texts: dynamic`."""
    return singular, plural


@dataclass(frozen=True, slots=True)
class Words:
    """Words, dates and numbers of one language. Msgids are English sentences with `{name}` placeholders.

    `w(…)`, `w.n` and `w.ctx` give HTML in Telegram's subset: the msgid is trusted, values are escaped unless Markup.
    `w.plain…` gives text without HTML for buttons, toasts and alerts.
    """

    language: str
    locale: Locale
    _catalogue: Catalogue = field(repr=False)
    _day_pattern: str = field(repr=False)
    _far_pattern: str = field(repr=False)

    # -- sentences -------------------------------------------------------------------------------------------------

    def __call__(self, msgid: str, /, **values: object) -> Markup:
        return _html(self._catalogue.one(None, msgid), values)

    def plain(self, msgid: str, /, **values: object) -> str:
        return _plain(self._catalogue.one(None, msgid), values)

    def n(self, singular: str, plural: str, n: int, /, **values: object) -> Markup:
        """The form that fits `n`, with {n} written as a number of this language."""
        return _html(self._catalogue.many(None, singular, plural, n), {"n": self.number(n), **values})

    def plain_n(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        return _plain(self._catalogue.many(None, singular, plural, n), {"n": self.number(n), **values})

    def ctx(self, context: str, msgid: str, /, **values: object) -> Markup:
        """The same English words can need two translations: `context` tells them apart."""
        return _html(self._catalogue.one(context, msgid), values)

    def plain_ctx(self, context: str, msgid: str, /, **values: object) -> str:
        return _plain(self._catalogue.one(context, msgid), values)

    # -- numbers ---------------------------------------------------------------------------------------------------

    def number(self, value: float | Decimal) -> str:
        """1,234,567 / 1 234 567 (no-break spaces)."""
        return format_decimal(value, locale=self.locale)

    def short_number(self, value: float | Decimal) -> str:
        """500K / 500 тыс., at most one digit after the point."""
        return format_compact_decimal(value, locale=self.locale, fraction_digits=1)

    def percent(self, share: float, digits: int = 0) -> str:
        """0.83 → 83% / 83 %."""
        pattern = self.locale.percent_formats[None]
        form = pattern.pattern.replace("##0", "##0." + "#" * digits) if digits else None
        return format_percent(share, form, locale=self.locale)

    # -- times -----------------------------------------------------------------------------------------------------

    def time(self, at: datetime, zone: Zone) -> str:
        """18:30 on the clocks of `zone`."""
        return format(_local(at, zone), "%H:%M")

    def day(self, day: date) -> str:
        """Mon 23 Nov / пн, 23 ноября. Takes a local date: ask `local_date` for the one of a moment."""
        return format_date(day, self._day_pattern, locale=self.locale)

    def full_day(self, day: date) -> str:
        """23 November 2026 / 23 ноября 2026 г."""
        return format_date(day, "long", locale=self.locale)

    def moment(self, at: datetime, zone: Zone, now: datetime) -> str:
        """18:30 today, "tomorrow 09:00", else Mon 23 Nov 09:00; with the year when it is another one."""
        w, local = self, _local(at, zone)
        today = _local(now, zone).date()
        time = self.time(at, zone)
        match (local.date() - today).days:
            case 0:
                return time
            case 1:
                return w.plain("tomorrow {time}", time=time)
            case -1:
                return w.plain("yesterday {time}", time=time)
        pattern = self._far_pattern.replace("*", "" if local.year == today.year else " y")
        return format_datetime(local.replace(tzinfo=None), pattern, locale=self.locale)

    def zone_name(self, zone: Zone, at: datetime) -> str:
        """Moscow, UTC+3 / Москва, UTC+3; the offset is the one in force at `at`."""
        info = _zone(zone)
        minutes = round((_local(at, info).utcoffset() or timedelta()).total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        offset = f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"
        if info.key in {"UTC", "Etc/UTC"}:
            return offset
        return f"{self.city(info)}, {offset}"

    def city(self, zone: Zone) -> str:
        """The city a zone is named after: Moscow / Москва."""
        info = _zone(zone)
        return _CITIES.get((self.language, info.key)) or get_timezone_location(info, self.locale, return_city=True)

    def ago(self, span: timedelta) -> str:
        """3 h 10 min / 3 ч 10 мин: two units at most, rounded down; "less than a minute" also for negative spans."""
        w, minutes = self, int(span.total_seconds() // 60)
        days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
        if minutes < 1:
            return w.plain("less than a minute")
        if days:
            return (
                w.plain("{days} d {hours} h", days=w.number(days), hours=hours)
                if hours
                else (w.plain("{days} d", days=w.number(days)))
            )
        if hours:
            return (
                w.plain("{hours} h {minutes} min", hours=hours, minutes=rest)
                if rest
                else (w.plain("{hours} h", hours=hours))
            )
        return w.plain("{minutes} min", minutes=rest)

    @property
    def weekday_names(self) -> tuple[str, ...]:
        """Mon … Sun / пн … вс."""
        return _weekdays(self.locale, "abbreviated")

    @property
    def full_weekday_names(self) -> tuple[str, ...]:
        """Monday … Sunday / понедельник … воскресенье."""
        return _weekdays(self.locale, "wide")

    # -- lists -----------------------------------------------------------------------------------------------------

    def list(self, items: Iterable[str]) -> str:
        """`a, b and c` / `а, б и в`. Markup as soon as one item is Markup (the others are escaped then), else plain."""
        parts: Sequence[str] = tuple(items)
        if not any(isinstance(part, Markup) for part in parts):
            return format_list(parts, locale=self.locale)
        return Markup(format_list([str(escape(part)) for part in parts], locale=self.locale))  # noqa: S704  all escaped


def words_for(language: str | None) -> Words:
    """Words for a tag such as Telegram's `language_code`: Russian for its readers, else English, one object each."""
    base = (language or "").lower().replace("_", "-").partition("-")[0]
    return _words("ru" if base in _RUSSIAN_READERS else "en")


@cache
def _words(language: str) -> Words:
    if language == "ru":
        return Words("ru", Locale("ru"), russian(), "EEE, d MMMM", "EEE, d MMMM*, HH:mm")
    # British: "a, b and c" without the last comma, day before month.
    return Words("en", Locale("en", "GB"), english(), "EEE d MMM", "EEE d MMM* HH:mm")


def local_date(at: datetime, zone: Zone) -> date:
    """The calendar date of a moment in a zone."""
    return _local(at, zone).date()


def _html(template: str, values: dict[str, object]) -> Markup:
    # The template is ours, checked by texts.check; escaping every value first is faster than Markup.format.
    return Markup(template.format_map({name: escape(value) for name, value in values.items()}))  # noqa: S704


def _plain(template: str, values: dict[str, object]) -> str:
    # A Markup value was escaped for HTML; shown on a button its &amp; would be read as it stands.
    return template.format_map(
        {name: value.unescape() if isinstance(value, Markup) else value for name, value in values.items()}
    )


def _zone(zone: Zone) -> ZoneInfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def _local(at: datetime, zone: Zone) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a naive datetime has no place here: its zone is unknown")
    return at.astimezone(_zone(zone))


@cache
def _weekdays(locale: Locale, width: str) -> tuple[str, ...]:
    names = get_day_names("wide" if width == "wide" else "abbreviated", "stand-alone", locale)
    return tuple(names[day] for day in range(7))
