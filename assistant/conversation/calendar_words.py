"""The words in which people write days and months, English or German: closed lists for ``dates``."""

MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan januar|february feb februar|march mar märz maerz mär|april apr|may mai|june jun juni|july jul juli|
        august aug|september sep sept|october oct oktober okt|november nov|december dec dezember dez""".split(
            "|"
        ),
        start=1,
    )
    for name in names.split()
}
PASSED_OVER = frozenset({"st", "nd", "rd", "th", "of", "the", "des", "der", "."})
FIXED = {
    "today": 0,
    "now": 0,
    "immediately": 0,
    "heute": 0,
    "sofort": 0,
    "jetzt": 0,
    "tomorrow": 1,
    "morgen": 1,
}
ENDS, STARTS = frozenset({"end", "ende"}), frozenset({"start", "beginning", "anfang"})
MIDDLES, MIDDLE = frozenset({"mid", "middle", "mitte"}), 15
ORDINAL = frozenset({"st", "nd", "rd", "th"})
MONTH_WORDS, YEAR_WORDS = frozenset({"month", "monat", "monats"}), frozenset({"year", "jahr", "jahres"})
NEXT = frozenset({"next", "nächsten", "nächster", "nächstes", "kommenden"})
THIS = frozenset({"this", "current", "diesen", "dieses", "dieser", "laufenden"})
LAST = frozenset({"last", "previous", "letzten", "letzter", "vorigen", "vergangenen"})
ONE = frozenset({"a", "an", "one", "einem", "einer"})
DAYS_IN = {"day": 1, "days": 1, "tag": 1, "tagen": 1, "week": 7, "weeks": 7, "woche": 7, "wochen": 7}
MONTHS_IN = {
    "month": 1,
    "months": 1,
    "monat": 1,
    "monaten": 1,
    "year": 12,
    "years": 12,
    "jahr": 12,
    "jahren": 12,
}
FARTHEST_DAYS, FARTHEST_MONTHS = 40_000, 1_200
YEARS = range(2000, 2200)
YEAR_DIGITS = 4
