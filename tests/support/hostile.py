"""Texts that are meant to do harm, and what gives away that one of them did."""

import re
from html.parser import HTMLParser
from pathlib import Path

MARKUP = (
    "<zqx>", '"><zqx a=1>', "'><zqx>", "</textarea><zqx>", "</title><zqx>", "<img src=x onerror=zqx()>", '" onfocus=zqx() x="',
    "javascript:zqx()", "<svg/onload=zqx()>", "--><zqx>", "<!--<zqx>", "&lt;zqx&gt;<zqx>", "]]><zqx>", "{{7*7}}<zqx>", "${7*7}<zqx>",
    "[x](javascript:zqx())", "![x](x onerror=zqx)", "\u2028<zqx>", "<\x0czqx>", "＜zqx＞<zqx>",
)  # fmt: skip
OTHER = (
    "' OR 1=1 --", "'; DROP TABLE users; --", "\\", "%", "_%", "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "\r\nSet-Cookie: zqx=1",
    "a\r\n\r\nb", "\x1b[31m", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "\u202etxt", "é" * 500,
    "9" * 400, "-1", "1e309", "NaN", "Infinity", "2026-02-30", "0000-00-00", "true", "null", "[]", "{}", "a" * 5_000, "*:*", "((((", "~" * 200,
    "=cmd|'/c calc'!A0", "@SUM(1)", "{{zqx}}", "{% zqx %}", "%s%n%x", "\ufeff", " ", "\t", "\n", "__proto__", "admin", "None",
)  # fmt: skip
TEXTS = MARKUP + OTHER

VALUES = (
    None, True, 0, -1, 1.5, 2**63, 10**400, [], {}, [[]], {"a": {}}, "", [None], ["a"] * 1_000, {"type": "trial"}, {"type": []}, {"$ref": "#"},
)  # fmt: skip
"""What stands in JSON where something else was expected."""

RAW = (
    b"", b"{", b"[]", b"null", b'"a"', b"1", b"[" * 5_000, b'{"a":' * 5_000, b"\xff\xfe", b'{"a": NaN}', b'{"a": 1, "a": 2}', b'{"a": "\\ud800"}',
    b'{"a": "\\u0000"}', b"{}" * 2, b"\xef\xbb\xbf{}", b'{"a": 1e999}', b"{'a': 1}", b"a=1&b=2", b"<a/>", b"[" + b"1," * 50_000 + b"1]",
)  # fmt: skip
"""Bodies that are no JSON, or more of it than anybody needs."""

_HERE = re.escape(str(Path(__file__).parents[2]))
_INSIDE = re.compile(
    rf"Traceback|site-packages|{_HERE}|/tmp/|\.py[\"':, ]|sqlalchemy|sqlite3\.|psycopg", re.IGNORECASE
)
_SCRIPTS = re.compile(r"\s*(?:javascript|vbscript|data:text)", re.IGNORECASE)


class Reflected(HTMLParser):
    """Reads a page as a browser does and keeps what a text from outside made of it."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "zqx":
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or "zqx" in name:
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction"} and _SCRIPTS.match(value or ""):
                self.found.append(f"{tag} {name}={value}")


def harm_done(answer):
    """Return what is wrong with an answer to a hostile request, in a few words each."""
    if answer.status_code >= 500:
        yield f"{answer.status_code}"
    text = answer.get_data(as_text=True)
    if inside := _INSIDE.search(text):
        yield f"shows {inside[0]}"
    for name, value in answer.headers:
        if name.casefold() == "set-cookie" and "zqx" in value:
            yield "sets a cookie"
    if answer.mimetype == "text/html":
        reader = Reflected()
        reader.feed(text)
        yield from reader.found
