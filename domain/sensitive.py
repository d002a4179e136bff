"""What must never be kept: lists of people, and anything that opens an account.

Political opinion is sensitive data, and whoever holds a page's password posts as somebody else. The rules look for what such things have
in common and posts have not; how often they are wrong is printed by `python -m bench.sensitive`.
"""

import re
from enum import StrEnum

from domain.errors import Invalid

LOOKED_AT = 20_000
"""Characters of a text that are looked at: far more than a list needs to be recognised, and a bound on the time."""


class Sensitive(StrEnum):
    """Why a text is not kept."""

    PEOPLE = "people"
    SECRET = "secret"  # noqa: S105 - a word, not a password


class NotKept(Invalid):
    """A text or a file holds what must not be kept. `what`: see `Sensitive`."""

    def __init__(self, what: Sensitive) -> None:
        self.what = what


def sensitive(text: str) -> Sensitive | None:
    """What the text holds that must not be kept, if anything."""
    seen = text[:LOOKED_AT]
    if _opens_an_account(seen):
        return Sensitive.SECRET
    return Sensitive.PEOPLE if _lists_people(seen) else None


def ensure_kept(text: str) -> None:
    """Raise `NotKept` for a text that must not be."""
    found = sensitive(text)
    if found is not None:
        raise NotKept(found)


# -- lists of people --------------------------------------------------------------------------------------------------

_WORD = r"(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{2,})"
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична|ьич)|[А-ЯЁ]+(?:ВИЧ|ВНА|ИЧНА)"
_INITIALS = r"[А-ЯЁA-Z]\.\s?[А-ЯЁA-Z]\."
_FULL = re.compile(rf"\b{_WORD}\s+{_WORD}\s+(?:{_PATRONYMIC})\b|\b{_WORD}\s+(?:{_PATRONYMIC})\s+{_WORD}\b")
_SHORT = re.compile(
    rf"\b{_WORD}\s+{_INITIALS}|{_INITIALS}\s?{_WORD}\b|\b{_WORD}[ ;,\t]+{_WORD}\b"
    r"|\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?,?[ ;\t]+(?:[A-Z]\.?[ ;]+)?[A-Z][a-zA-Z'’]+(?:-[A-Z][a-z]+)?\b"
)
_LOWER = re.compile(r"^[\W\d]*[а-яё]{3,}\s+[а-яё]{2,}\s+[а-яё]+(?:вич|вна|ична)\b")
_NUMBERED = re.compile(r"^\s*(?:№\s*)?\d{1,4}\s*[.);:,\t|-]?\s*")

_MOBILE = re.compile(
    r"(?<![\d-])(?:(?:\+?7|8)[\s(–-]*9\d{2}[\s)–-]*\d{3}[\s–-]*\d{2}[\s–-]*\d{2}"
    r"|9\d{2}[\s)–-]*\d{3}[\s–-]?\d{2}[\s–-]?\d{2}"
    r"|\+?44[\s(–-]*7\d{3}[\s)–-]*\d{3}[\s–-]*\d{3}|07\d{3}[\s–-]*\d{3}[\s–-]*\d{3}"
    r"|(?:\+?1[\s.–-]*)?\(?[2-79]\d{2}\)?[\s.–-]+\d{3}[\s.–-]\d{4})(?!\d)"
)
_BORN = re.compile(
    r"\b(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:19[2-9]\d|200\d)\b"
    r"|\b(?:19[2-9]\d|200\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b"
    r"|\b(?:19[2-9]\d|200\d)\s*г\.?\s*р\b|\b(?:род\.|г\.\s?р\.|born|dob:?)\s*(?:19[2-9]\d|200\d)\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?:кв|квартира|flat|apt|apartment|unit)[.\s№#]*\d+"
    r"|\b(?:ул|улица|пр|просп|пер|мкр|ш)\b\.?\s[^;\n\d]{2,30}?[,\s]\s?\d+[а-я]?\s*[-/–,]\s*\d+\b(?!:)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?:паспорт\w*|серия|passport|snils|снилс|инн|voter id)\D{0,12}\d[\d\s-]{5,}"
    r"|(?<!\d)\d{2}\s?\d{2}\s(?:№\s?)?\d{6}(?!\d)|(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"[\w.+-]+@(?:gmail|mail|yandex|ya|bk|inbox|list|rambler|yahoo|hotmail|outlook|icloud|example|proton\w*)\.\w+",
    re.IGNORECASE,
)
_DATA = (_MOBILE, _BORN, _FLAT, _PASSPORT, _MAIL)
_OPINION = re.compile(
    r"(?:за|против|не определил\w*|сторонни\w+|поддержива\w+|не голосу\w+|supporter|undecided|against|leaning|УИК|precinct)\b",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    r"^\W*(?:ф\.?и\.?о\.?|фамилия|имя|отчество|телефон\w*|тел\.?|моб\w*|адрес\w*|дата рождения|год рождения|д\.?р\.?|паспорт\w*|снилс"
    r"|уик|позиция|за кого|email|e-mail|почта|(?:first |last |full )?name|surname|phone|mobile|address|dob|date of birth|passport"
    r"|voter id|precinct|support)\W*$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[;\t|,]")
_BARE_CALL = re.compile(r"^\s*(?:\d{1,4}[.)]\s*)?(?:[^\W\d_]+[\s,;]+){0,3}☎[\s.,;]*$")

LINES = 3
"""So many people with data of their own are a list; two are contacts that a post may name."""
NUMBERS = 4
"""The same where all there is are telephone numbers: three coordinators may stand under a post."""
CALLS = 6
"""So many lines with nothing but a mobile number, or a word or three before it, are a list of whom to call."""
NAMES = 12
"""So many bare full names, each in its line, are a list too: those who signed, those who were called."""


def _lists_people(text: str) -> bool:
    lines = [line for line in re.split(r"[\n\r]+", text) if line.strip()]
    if _is_table(lines):
        return True
    if len(lines) < LINES:  # a list may come in one breath
        lines = [part for part in re.split(r"[;\n]+", text) if part.strip()]
    told = [_of_a_person(line) for line in _joined(lines)]
    rich = sum(1 for kinds in told if kinds and kinds != {0})
    called = sum(1 for kinds in told if kinds)
    bare = sum(1 for line in lines if _is_name(line))
    leaning = sum(1 for line in lines if _names(line) and _OPINION.search(line) and len(line) < _ENTRY)
    if sum(1 for line in lines if _BARE_CALL.match(_MOBILE.sub("☎", line))) >= CALLS:
        return True
    return rich >= LINES or called >= NUMBERS or bare >= NAMES or (bare + leaning >= 2 * NUMBERS and leaning >= LINES)


_ENTRY = 160
"""Characters: a person's entry is shorter; a sentence that names somebody and a number is not an entry."""


def _joined(lines: list[str]) -> list[str]:
    """Entries: a name in a line of its own takes the lines below it, up to the next name."""
    entries: list[str] = []
    for line in lines:
        stands_alone = _is_name(line) or not entries
        if stands_alone or _names(line) or not any(kind.search(line) for kind in _DATA):
            entries.append(line)
        else:
            entries[-1] = f"{entries[-1]} {line}"
    return entries


def _of_a_person(line: str) -> set[int]:
    """Which kinds of data stand beside a name; empty: it is no entry of a list."""
    if len(line) > _ENTRY * 2 or not _names(line):
        return set()
    return {number for number, kind in enumerate(_DATA) if kind.search(line)}


def _names(line: str) -> bool:
    plain = _NUMBERED.sub("", line, count=1)
    return bool(_FULL.search(plain) or _SHORT.search(plain) or _LOWER.search(line))


def _is_name(line: str) -> bool:
    """Nothing but a full name, numbered or not."""
    plain = _NUMBERED.sub("", line, count=1).strip(" .,;—–-\t")
    found = _FULL.match(plain) or _LOWER.match(plain)
    return found is not None and len(plain) - (found.end() - found.start()) <= _REST


_REST = 3


def _is_table(lines: list[str]) -> bool:
    """A header that names people's data, and rows below it."""
    for at, line in enumerate(lines[:5]):
        cells = [cell for cell in _SPLIT.split(line) if cell.strip()]
        known = sum(1 for cell in cells if _COLUMNS.match(cell))
        if known >= 2 and known * 2 >= len(cells):
            rows = [row for row in lines[at + 1 :] if len(_SPLIT.split(row)) >= len(cells) - 1]
            return len(rows) >= 2
    return False


# -- what opens an account --------------------------------------------------------------------------------------------

_CHANGED = (
    r"новы[йе]|старый|прежний|временный|наш|мой|т[ао]т же|такой|теперь|сейчас|стал|будет|вот|это"
    r"|(?:с|по)меня(?:ли|ла|л)(?: на)?|(?:смен|измен|обнов)(?:ил[аи]?|[её]н)(?: на)?"
    r"|new|now|our|my|temporary|is|was|(?:has |was )?(?:been )?(?:changed|updated|reset)(?: to)?"
)
"""What people say between the word and the password itself."""
_VALUE = r"[«\"'“(]?(?P<value>[^\s«»\"'“”)]{4,64})"
_PASSWORD = re.compile(
    rf"(?:\bпарол[ьяеи]\w{{0,2}}|\bpass(?:word|code|wd)?\b|\bpwd\b|\bпасс?\b|\bpin(?:-?code)?\b|\bпин-?код\w?)"
    rf"(?:\s+(?:от|к|для|на|to|for|of|is|теперь|такой|сейчас|now)\b[^:=\n]{{0,40}}?|\s+(?:{_CHANGED})\b[^:=\n\d]{{0,40}}?)?\s*(?:[:=—–]|-\s|\bis\b)\s*{_VALUE}",
    re.IGNORECASE,
)
_PASSWORD_NEXT = re.compile(
    r"(?:\bпароль|\bpassword|\bpass|\bpwd)\s+(?:(?:теперь|такой|сейчас|стал|now)\s+)?"
    r"(?P<value>(?=\S*\d)(?=\S*[A-Za-z])[\w!@#$%^&*.+-]{5,64}|\d{4,16}\b)",
    re.IGNORECASE,
)
_OF_WHAT = r"\s+(?:от|к|ко|для|for|of|to)(?:\s+[^\W\d]+){1,3}?(?![\s,:=—–-]+[^\W\d]+(?:19|20)\d\d(?!\w))"
"""Whose password it is; a name with a year in it ("Kazan2026") is rather the page's own."""
_PASSWORD_LATER = re.compile(
    r"(?:\bпарол(?:ь|и|ем)|\bпасс|\bpass(?=\s+нов)|\bpasswords?|\bpwd)"
    rf"(?:[\s,.:—–-]+(?:{_CHANGED})\b|{_OF_WHAT}){{0,4}}[\s,:=—–-]+"
    r"(?![@#]|(?:iphone|ipad|windows|android|galaxy|covid|wi-?fi|office|vk)[\w-]*|\S*@\w+\.|\S*\w\.(?:ru|com|org|net|рф)\b)"
    r"(?:(?=[^\s\d]*\d)(?=\S*[A-Za-z])[\w!@#$%^&*.+-]{6,64}|[A-Za-z]\w*[!#$%^&*+]\w*[A-Za-z\d]\w*|[А-Яа-яЁё]{3,}\d{2,})"
    r"(?![^\s,.;!?»\")])",
    re.IGNORECASE,
)
_DIGITS_LATER = re.compile(
    rf"(?:\bпароль|\bpassword|\bpwd)(?:[\s,.:—–-]+(?:{_CHANGED})\b){{1,3}}[\s,:=—–-]+(?!(?:19|20)\d\d\b)\d{{4,16}}"
    r"(?![\w:]|\s+(?:человек|раз|руб|участник|пользовател|people|users|times))",
    re.IGNORECASE,
)
_WITHOUT_A_COLON = (_PASSWORD_NEXT, _PASSWORD_LATER, _DIGITS_LATER)
_OF_PASSWORDS = re.compile(r"парол|пасс|pass|pwd", re.IGNORECASE)
_LOGIN = re.compile(
    r"\b(?:логин|login|username|user|учётка|учетка|аккаунт|account)\b\s*[:=—–-]\s*\S{3,}", re.IGNORECASE
)
_PASSWORD_WORD = re.compile(r"\b(?:парол[ья]|pass(?:word)?|pwd)\b\s*[:=—–-]\s*\S{3,}", re.IGNORECASE)
_PAIR = re.compile(
    r"(?:^|\s)(?:\+?\d{10,12}|[\w.+-]+@[\w-]+\.\w+)\s*[:/|]\s*(?=\S*\d)(?=\S*[A-Za-z])[^\s/]{6,40}(?:\s|$)"
)

_CODE = re.compile(
    r"(?:\bкод\w{0,3}\b|\bcode\b|\bpasscode\b|\botp\b|\bpin\b)[^\d\n]{0,60}?(?<!\d)(?P<value>\d{3}[\s-]?\d{3}|\d{4,8})(?![\d:])"
    r"|(?<![\d.:])(?P<before>\d{3}[\s-]?\d{3}|\d{4,8})\s*(?:[—–:-]|is|это)\s*(?:your |the |ваш |твой )?[\w ]{0,30}?(?:код|code|passcode)\b"
    r"|\bG-(?P<google>\d{6})\b",
    re.IGNORECASE,
)
_OF_A_LOGIN = re.compile(
    r"подтвержд|вход|войти|авториз|\bсмс\b|\bsms\b|смск|никому не|одноразов|двухфактор|2fa|доступ|восстановлен|аутентиф|из приложения"
    r"|верификац|проверочн|log-?\s?in|sign-?\s?in|verif|security|authenticat|one-time|\botp\b|don.?t share|do not (?:share|give)"
    r"|never share|two-?factor|recovery|reset"
    r"|\b(?:вк|vk|одноклассник\w*|ok\.ru|телеграм\w*|telegram|твиттер\w*|twitter|госуслуг\w*|google|гугл\w*|whatsapp|ватсап\w*)\b",
    re.IGNORECASE,
)
_NO_LOGIN = re.compile(
    r"промо|promo|почтов|postal|postcode|zip|домофон|окпо|окато|телефонн"
    r"|dial|discount|скидк|купон|региона|бюджет",
    re.IGNORECASE,
)
_TOKENS = re.compile(
    r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b|\bvk1\.a\.[\w-]{20,}|(?:access|refresh|api|auth)_?(?:token|key)[\"']?\s*[=:]\s*[\"']?[\w.-]{16,}"
    r"|\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|\bgh[pousr]_\w{30,}"
    r"|otpauth://\S+|\bremixsid\w*=\S{16,}|\bAuthorization:\s*Bearer\s+\S{16,}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEAR = 120
"""Characters around a code in which a word of logging in makes it one."""
_PLAIN_WORD = re.compile(r"[А-Яа-яЁё]+[.,!?»…]*|[a-z]+[.,!?…]*|[A-Z][a-z]+[.,!?…]*")


def _opens_an_account(text: str) -> bool:
    if _TOKENS.search(text) or _PAIR.search(text):
        return True
    if _OF_PASSWORDS.search(text) and any(told.search(text) for told in _WITHOUT_A_COLON):
        return True
    if _LOGIN.search(text) and _PASSWORD_WORD.search(text):
        return True
    if any(not _PLAIN_WORD.fullmatch(found["value"]) for found in _PASSWORD.finditer(text)):
        return True
    return any(_is_login_code(text, found) for found in _CODE.finditer(text))


def _is_login_code(text: str, found: re.Match[str]) -> bool:
    if _YEAR.fullmatch(found["value"] or found["before"] or ""):
        return False
    around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    if _NO_LOGIN.search(text[max(0, found.start() - 30) : found.end()]):
        return False
    return found["google"] is not None or _OF_A_LOGIN.search(around) is not None
