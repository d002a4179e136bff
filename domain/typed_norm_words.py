"""The words of a norm typed in one line, English and Russian, as patterns over `typed_dates.plain` text."""

import re

from domain.typed_dates import BARE_SPAN, DATE, MONTH, SPAN, WEEKDAY

END = r"(?![a-zа-я\d])"
_NUMBERS = {
    1: "one|a|один|одна|одну|одно|одному",
    2: "two|два|две|двум",
    3: "three|три",
    4: "four|четыре",
    5: "five|пять",
    6: "six|шесть",
    7: "seven|семь",
    8: "eight|восемь",
    9: "nine|девять",
    10: "ten|десять",
}
_TIMES = {1: "once|однажды|раз|разок", 2: "twice|дважды", 3: "thrice|трижды"}
NUMBER_WORDS = {word: n for table in (_NUMBERS, _TIMES) for n, words in table.items() for word in words.split("|")}

_NUM = rf"(?:\d{{1,3}}(?![\d:.%]\d?)|(?:{'|'.join(words.replace('|a|', '|') for words in _NUMBERS.values())}){END})"
_POSTS = rf"(?:x|times|раза?|posts?|publications?|пост(?:а|ов)?|публикаци[ия]|публикаций|запис[ьи]|записей|штук[иа]?|шт\.?){END}"
_A_DAY = rf"(?:(?:a|per|each|every|в|за)\s*(?:day|день|сутки)|/\s*(?:day|день|сутки)|daily|ежедневно|ежесуточно){END}"
_HOUR = r"(?:[01]?\d|2[0-4])"
CLOCK = rf"(?:{_HOUR}[:.][0-5]\d|\d{{4}}|{_HOUR})(?!\d)(?:\s*(?:am|pm|h|ч(?:асов|асам|аса|\.)?)(?![a-zа-я]))?"
HOURS = (
    rf"(?:(?:с|со|from|between|at)\s+)?(?P<start>{CLOCK})(?:\s*-\s*|\s+(?:to|till|until|and|до|по)\s+)"
    rf"(?P<end>{CLOCK})(?!\s*{MONTH})(?![\d.:%]|-\d)"
)
_HOURS_LIST = re.sub(r"\?P<\w+>", "", HOURS)
_HOURS_LIST = rf"(?:{_HOURS_LIST})(?:\s*(?:,|;|&|\+|и{END}|and{END})\s*(?:{_HOURS_LIST}))*"
_H, _M = (
    r"(?:h(?:rs?|ours?)?|ч(?:ас(?:а|ов)?)?)\.?(?![a-zа-я])",
    r"(?:m(?:in(?:utes?|s)?)?|м(?:ин(?:ут[аы]?)?)?)\.?(?![a-zа-я])",
)
DURATION = (
    rf"(?:(?P<half>полчаса|half an hour){END}|(?P<oneandhalf>полтора часа|an hour and a half){END}"
    rf"|(?P<clock>\d{{1,2}}:\d{{2}})|(?P<hours>\d{{1,2}}(?:[.,]\d{{1,2}})?)\s*{_H}(?:\s*(?P<and>\d{{1,2}})\s*(?:{_M})?)?"
    rf"|(?P<minutes>\d{{1,4}})\s*{_M}|(?P<hour>an hour|час|hour){END})"
)
_RAZ = r"(?:(?:чем\s+)?(?:(?:одного|1)\s*)?раза?|once|1|one\s+post|одного\s+поста)"

WEEKLY = (
    rf"(?:(?:{_NUM}|twice|once|дважды|thrice)\s*(?:{_POSTS}\s*)?|раза?\s*)?(?:(?:в|за|a|per|/)\s*(?:недел[юиь]\w*|нед|week)|weekly|"
    rf"еженедельно){END}|через день{END}|every other day{END}|every second day{END}"
)
RANGE = rf"\d{{1,2}}\s*-\s*\d{{1,2}}\s*(?:{_POSTS}(?:\s*{_A_DAY})?|(?:a|per|в|за)\s+(?:day|день|сутки){END})"
SMALL_RANGE = rf"[1-5]\s*-\s*[1-5]\s*(?:daily|ежедневно){END}"
NO_GAP = rf"(?:no|without|без)\s+(?:gaps?|перерыв\w*|интервал\w*){END}"
GAP = (
    rf"(?:(?:min(?:imum)?\.?\s+)?(?:gap|interval|перерыв\w*|интервал\w*|пауза|промежуток)\s*(?:of|в|:|=|не менее|не меньше|"
    rf"минимум|at least)?\s*(?:{DURATION}|(?P<bare>\d{{1,3}}){END})"
    rf"|(?:не чаще|at most|no more(?: often)? than|not more often than)\s+{_RAZ}\s*(?:in|every|per|в|каждые|за)?\s*DURATION2"
    rf"|DURATION3\s*(?:apart|between(?: posts)?|между(?: постами)?){END})"
)
GAP = GAP.replace("DURATION2", re.sub(r"\?P<(\w+)>", r"?P<\1_2>", DURATION))
GAP = GAP.replace("DURATION3", re.sub(r"\?P<(\w+)>", r"?P<\1_3>", DURATION))
CAP = (
    rf"(?:(?:daily\s+)?(?:cap|max(?:imum)?|limit)|at most|up to|(?:no|not) more than|не больше|не более|(?:дневной\s+)?(?:максимум|"
    rf"лимит|предел|потолок)|макс\.?)\s*(?:of|чем|:|=)?\s*(?P<cap>{_NUM})(?!\s*{MONTH})(?:\s*{_POSTS})?(?:\s*{_A_DAY})?"
)
NO_PEAK = rf"(?:no|without|без)\s+(?:peaks?|пик(?:а|ов)?){END}"
PEAK = (
    rf"(?:peaks?(?:\s+hours?)?|best|prime(?:\s+time)?|лучше(?:\s+всего)?|час\w*\s+пик\w*|пик\w*)\s*(?:at|in|в|:|=)?\s*"
    rf"(?P<peak>{_HOURS_LIST})"
)
HOURS_WORD = rf"(?:hours|windows?|окн[оа]|часы|время|time){END}\s*[:=]?"

_SINCE = r"(?:from|since|starting(?:\s+(?:on|from))?|starts?|с|со|начиная с|начало)\s*:?\s+"
_UNTIL = r"(?:until|till|through|to|ends?|до|по|конец)\s*:?\s+"
_INCLUDED = r"(?:\s*(?:inclusive|включительно))?"
SINCE_UNTIL = rf"(?:{_SINCE}(?P<span>{SPAN})|(?P<span_2>{BARE_SPAN})){_INCLUDED}"
SINCE = rf"{_SINCE}(?P<since>{DATE}|{WEEKDAY}{END}(?!\s*(?:-|(?:по|до|to|till|through){END})))"
UNTIL = rf"{_UNTIL}(?P<until>{DATE}){_INCLUDED}"
NO_END = rf"(?:no end|without end|бессрочно|без срока|без конца|until further notice){END}"
AT_ONCE = rf"(?:(?:from|с)\s+)?(?:now(?:\s+on)?|at once|immediately|сразу|прямо сейчас|сейчас){END}"

_HOLIDAY = r"(?:public\s+|bank\s+)?(?:holidays?|праздник\w*|праздничн\w*(?:\s+дн\w*)?)"
_NOT = r"(?:(?:but\s+)?not(?:\s+on)?|except(?:\s+(?:on|for))?|no\s+posts\s+on|no|without|кроме|исключая|без|не\s+в)"
NO_HOLIDAYS = rf"{_NOT}\s+(?:в\s+|по\s+)?{_HOLIDAY}{END}"
HOLIDAYS = rf"(?:on\s+|в\s+|по\s+)?{_HOLIDAY}(?!\s+-\d)\s*[:=-]?\s*(?P<holidays>\d{{1,2}}){END}"
WEEKDAY_LIST = rf"{WEEKDAY}(?:\s*(?:,|&|и{END}|and{END}|-)\s*{WEEKDAY})*"
NOT_DAYS = rf"{_NOT}\s+(?:on\s+|по\s+|во?\s+)?(?P<without>{WEEKDAY_LIST}|weekends?{END}|выходн\w+)"
NOT_DATES = rf"{_NOT}\s+(?:on\s+)?(?P<off>{SPAN}|{DATE})"
DATE_COUNT = rf"(?:on\s+)?(?P<on>{SPAN}|{DATE})\s*[:=]\s*(?P<on_count>\d{{1,2}})(?:\s*{_POSTS})?{END}"

NO_MIX = rf"(?:no|without|без)\s+(?:rubrics?|рубрик\w*){END}|(?:rubrics?|рубрик\w*)\s+(?:as usual|как обычно){END}"
MIX_WORD = rf"(?:rubrics?|рубрик[аиу]?|mix){END}\s*[:=]?"
MIX = (
    r"(?P<share>\d{1,3})\s*%\s*(?P<after>[^\W\d_][\w-]*)"
    r"|(?P<name>[^\W\d_][\w-]*(?:\s+[^\W\d_][\w-]*){0,3}?)\s*[:=-]?\s*(?P<share_2>\d{1,3})\s*%"
)

_WORKDAYS = r"(?:(?:на|по)\s+)?(?:weekdays?|workdays?|working days|будн\w*(?:\s+дн\w*)?|рабоч\w+\s+дн\w+)"
_WEEKENDS = r"(?:(?:на|по|в|on|at)\s+)?(?:weekends?|выходн\w*(?:\s+дн\w*)?)"
NO_DAY_OFF = rf"(?:без выходных|without days off|no days off|7 days a week){END}"
EVERY = (
    rf"(?:{_A_DAY}|every\s*day{END}|each day{END}|кажд\w+ день{END}|all week{END}|(?:весь|вся|всю) недел\w+|все дни{END}|"
    rf"ежедневн\w+|day{END}|день{END})"
)
_ON = r"(?:(?:по|во?|на|on|every|each|кажд\w+|только|only)\s+)?"
DAYS = (
    rf"{_ON}(?:(?:с|со|from)\s+)?(?P<first>{WEEKDAY})(?:\s*-\s*|\s+(?:to|till|through|по|до)\s+)(?P<last>{WEEKDAY})"
    rf"|{_ON}(?P<workdays>{_WORKDAYS}){END}|{_ON}(?P<weekends>{_WEEKENDS}){END}|{_ON}(?P<weekday>{WEEKDAY})"
)
COUNT = (
    rf"(?:(?:по|x)\s*)?(?P<count>{_NUM}|{'|'.join(rf'(?:{words}){END}' for words in _TIMES.values())})"
    rf"(?:\s*{_POSTS})?(?!\s*[-:]\s*\d|\.\d)"
)
NO_COUNT = (
    r"-\d[\d.,]*|\d+\.\d+(?![\d.])|\d+e\d+"
    rf"|\d+(?:,\d+)+(?!\s*[-:%]|[\d.]|\s*(?:to|till|until|and|до|по)\s+\d|\s*{MONTH})"
)
"""Below nothing, a part of a post, "1e3"; "2,5" is two and a half or two numbers, which nobody guesses. "2,18-21" has hours."""
OFF = rf"(?:off|none|no norm|без нормы|нет|выключить|отключить|отмена){END}"
NOISE = rf"(?:[,;.:=&+|/()]|(?:и|and|also|then|а|по|posts?|постов|поста|пост|норма|norm|please|пожалуйста|в|on|с){END})"
