"""The words in which people write days and months: closed lists for ``dates``, of every language."""

from assistant.conversation import vocabulary

MONTHS = vocabulary.numbered("calendar.month")
PASSED_OVER = vocabulary.words("calendar.passed_over") | {"."}
FIXED = vocabulary.numbered("calendar.ahead")
ENDS, STARTS = vocabulary.words("calendar.ends"), vocabulary.words("calendar.starts")
MONTH_END, YEAR_END = vocabulary.words("calendar.month_end"), vocabulary.words("calendar.year_end")
MIDDLES, MIDDLE = vocabulary.words("calendar.middles"), 15
ORDINAL = vocabulary.words("calendar.ordinal")
MONTH_WORDS, YEAR_WORDS = vocabulary.words("calendar.month_words"), vocabulary.words("calendar.year_words")
NEXT = vocabulary.words("calendar.next")
THIS = vocabulary.words("calendar.this")
LAST = vocabulary.words("calendar.last")
ONE = vocabulary.words("calendar.one")
DAYS_IN = vocabulary.numbered("calendar.days")
MONTHS_IN = vocabulary.numbered("calendar.months")
FARTHEST_DAYS, FARTHEST_MONTHS = 40_000, 1_200
YEARS = range(2000, 2200)
YEAR_DIGITS = 4
