"""Feeds as they come (SAFETY F49, F63-F75, F79): read through the real worker, within its limits."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.newsdesk.feed import parse
from gazette.newsdesk.worker import GATHERER, request
from gazette.pool import Pool
from tests.judges import modules
from tests.newsdesk.newsroom import entry, rss

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><id>tag:a</id><title type="html">Un &lt;b&gt;titre&lt;/b&gt;</title><updated>2026-11-02T08:00:00Z</updated>
<link href="/un"/><content type="html">&lt;p&gt;Texte &lt;img src="p.png" alt="P"&gt;&lt;/p&gt;</content></entry>
</feed>"""


@pytest.fixture(scope="module")
def workers() -> Iterator[Pool]:
    """Give the module real workers."""
    with Pool(GATHERER, 2) as pool:
        yield pool


def told(workers: Pool, body: bytes, kind: str = "rss") -> dict[str, object]:
    """Return what a worker tells of a document."""
    asked = request(kind, "https://ecole.example/flux.xml", "", "2026-11-23", body)
    return next(iter(workers.ask([asked]))) or {"fault": "mort"}


def items(workers: Pool, body: bytes) -> list[dict[str, object]]:
    """Return the items of a feed."""
    return told(workers, body)["items"]  # type: ignore[return-value]


def test_atom_is_read(workers: Pool):
    """Its title as words, its link and picture absolute, its date in Paris."""
    (one,) = items(workers, ATOM.encode())
    picture = {"address": "https://ecole.example/p.png", "alt": "P"}
    assert ("tag:a", "Un titre", "https://ecole.example/un", "2026-11-02 09:00", [picture]) == tuple(
        one[key] for key in ("id", "title", "link", "date", "pictures")
    )


def test_json_feed_is_read(workers: Pool):
    """Version 1.1; a text as paragraphs."""
    row = {"id": 7, "url": "https://e.example/7", "title": "T", "content_text": "Un <b>\n\nDeux", "tags": ["a"]}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [row, "x", {"title": "sans id"}]}
    (one,) = items(workers, json.dumps(feed).encode())
    assert ("7", "T", "Un &lt;b&gt;\n\nDeux", ["a"]) == tuple(one[k] for k in ("id", "title", "markdown", "keywords"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>panne</body></html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"><channel><item><title>&a;</title></item></channel></rss>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd" [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><rss/>',
        b"{" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1", "a": 1, "a": 2}',
        b'{"version": "https://jsonfeed.org/version/1", "items": [NaN]}',
        b'{"items": []}',
        b'{"version": 7}',
        b"/etc/passwd",
        b"https://169.254.169.254/",
        b"\xff\xfe\x00\x01",
    ],
)
def test_what_is_no_feed_is_told(workers: Pool, body: bytes):
    """F49, F63, F79: never taken for an empty feed, never a path nor an address to open."""
    assert "fault" in told(workers, body)


def test_our_own_feed_is_told_to_be_one(workers: Pool):
    """F75."""
    body = rss("<generator>Gazette</generator>", entry(1))
    assert "type: gazette" in str(told(workers, body)["fault"])


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "http://u:p@h/", "vbscript:x", "ftp://x/"]
)
def test_a_hostile_link_is_none(workers: Pool, address: str):
    """F67: the article comes without it."""
    (one,) = items(
        workers, rss(f"<item><guid isPermaLink='false'>1</guid><title>T</title><link>{address}</link></item>")
    )
    assert ("1", "") == (one["id"], one["link"])


def test_markup_in_a_title_is_words(workers: Pool):
    """F68: once decoded, nothing of it is markup."""
    (one,) = items(
        workers, rss(entry(1, title="A &lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;i&gt;B&lt;/i&gt;"))
    )
    assert "A & B" == one["title"]


@pytest.mark.parametrize("date", ["99999-99-99", "Thu, 01 Jan 0001 00:00:00 GMT", "demain", "", "-1"])
def test_a_date_that_cannot_be_is_none(workers: Pool, date: str):
    """F73: the day it was first seen stands for it."""
    (one,) = items(workers, rss(f"<item><guid>1</guid><title>T</title><pubDate>{date}</pubDate></item>"))
    assert "" == one["date"]


def test_the_newest_five_hundred_are_read(workers: Pool):
    """F65."""
    found = told(workers, rss(*(entry(n) for n in range(3000))))
    assert (500, True) == (len(found["items"]), bool(found["notes"]))  # type: ignore[arg-type]


def test_a_cut_feed_is_not_whole(workers: Pool):
    """What is missing of it was not withdrawn, and its last item may be cut too."""
    found = told(workers, rss(*(entry(n) for n in range(4)))[:-120])
    assert (False, True) == (found["is_whole"], len(found["items"]) < 4)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"])
def test_accents_come_out_right(workers: Pool, encoding: str):
    """F66: as the document says."""
    text = rss(entry(1, title="École à l’été" if "1" != encoding[-1] else "École à l'été")).decode()
    body = text.replace('version="1.0"', f'version="1.0" encoding="{encoding.removesuffix("-sig")}"', 1).encode(
        encoding
    )
    assert "École à l" in str(items(workers, body)[0]["title"])


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
{}
END:VCALENDAR
"""


def event(**facts: str) -> str:
    """Return an event."""
    given = {"UID": "u1", "DTSTART": "20261201T133000Z", "SUMMARY": "Cross"} | facts
    lines = [
        f"{key.replace('_', ';', 1) if key.startswith('DT') else key}:{value}" for key, value in given.items() if value
    ]
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def dates(workers: Pool, *events: str) -> list[list[str]]:
    """Return when each event starts."""
    found = told(workers, ICS.format("\n".join(events)).replace("\n", "\r\n").encode(), "ics")
    return [[e["start"] for e in item["events"]] for item in found.get("items", ())]  # type: ignore[union-attr, attr-defined]


def test_a_calendar_is_read_in_paris(workers: Pool):
    """UTC, floating and whole days; the last day of whole days is counted in."""
    body = ICS.format(
        "\n".join(
            [
                event(),
                event(UID="u2", **{"DTSTART": "", "DTSTART_VALUE=DATE": "20261218", "DTEND_VALUE=DATE": "20261220"}),
            ]
        )
    )
    first, second = told(workers, body.encode(), "ics")["items"]  # type: ignore[misc]
    whole = second["events"][0]
    assert ("2026-12-01 14:30", "2026-12-18", "2026-12-19") == (
        first["events"][0]["start"],
        whole["start"],
        whole["end"],
    )


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=1000000000", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0"]
)
def test_a_rule_that_never_ends_is_left_out(workers: Pool, rule: str):
    """C81: told, and the other events come."""
    body = ICS.format("\n".join([event(RRULE=rule), event(UID="u2")])).encode()
    found = told(workers, body, "ics")
    assert (1, True) == (len(found["items"]), "illisible" in str(found["notes"]))  # type: ignore[arg-type]


def test_repeats_are_bounded(workers: Pool):
    """C81: each day of class of a year at most, within two years, and the days left out are."""
    weekly, daily, until = dates(
        workers,
        event(RRULE="FREQ=WEEKLY;UNTIL=99991231T000000Z"),
        event(UID="u3", RRULE="FREQ=DAILY;COUNT=1000000000"),
        event(UID="u2", RRULE="FREQ=DAILY;UNTIL=20261204T235959Z", EXDATE="20261202T133000Z"),
    )
    assert ("2026-12-01 14:30", "2028-07-25 15:30", 87) == (weekly[0], weekly[-1], len(weekly))
    assert (180, ["2026-12-01 14:30", "2026-12-03 14:30", "2026-12-04 14:30"]) == (len(daily), until)


@pytest.mark.parametrize(("since", "rule"), [("2025", "WEEKLY"), ("2012", "WEEKLY"), ("2018", "DAILY")])
def test_a_series_begun_long_ago_keeps_its_future(workers: Pool, since: str, rule: str):
    """What is over gives way to what is to come; only what is cut is told, and what else left is still seen."""
    body = ICS.format(event(DTSTART=f"{since}0901T133000Z", RRULE=f"FREQ={rule}")).encode()
    found = told(workers, body, "ics")
    days = [e["start"][:10] for e in found["items"][0]["events"]]  # type: ignore[index]
    assert (True, True) == (any(day.startswith("2026-12") for day in days), found["is_whole"])
    assert (rule == "DAILY") == (max(days) < "2028-07-01") == ("180 fois" in str(found["notes"]))


def test_a_series_of_last_year_is_kept_as_it_was(workers: Pool):
    """Nothing is to come: it does not vanish."""
    (one,) = dates(workers, event(DTSTART="20250902T133000Z", RRULE="FREQ=DAILY;COUNT=300"))
    assert (180, "2026-06-28 15:30") == (len(one), one[-1])


def test_a_rule_that_is_too_long_to_follow_costs_itself(workers: Pool):
    """What it would take is bounded, and told."""
    hours = ",".join(map(str, range(24)))
    minutes = ",".join(map(str, range(60)))
    rule = f"FREQ=DAILY;BYHOUR={hours};BYMINUTE={minutes}"
    body = ICS.format("\n".join([event(DTSTART="20180901T133000Z", RRULE=rule), event(UID="u2")])).encode()
    found = told(workers, body, "ics")
    assert (1, True) == (len(found["items"]), "plus de 180 fois" in str(found["notes"]))  # type: ignore[arg-type]


def test_a_date_that_is_told_apart_replaces_its_own(workers: Pool):
    """As Google, Outlook and Nextcloud write them: moved, called off, and one that only has another title."""
    series = event(DTSTART="20261201T133000Z", RRULE="FREQ=WEEKLY;COUNT=4")
    zone = {"DTSTART": "", "DTSTART_TZID=Europe/Paris": "20261210T090000"}
    moved = event(**{"RECURRENCE-ID;TZID=Europe/Paris": "20261208T143000", **zone})
    off = event(**{"RECURRENCE-ID": "20261215T133000Z", "DTSTART": "20261215T133000Z", "STATUS": "CANCELLED"})
    named = event(**{"RECURRENCE-ID": "20261222T133000Z", "DTSTART": "20261222T133000Z", "SUMMARY": "Goûter"})
    body = ICS.format(f"{moved}\n{series}\n{off}\n{named}").encode()
    found = [e for item in told(workers, body, "ics")["items"] for e in item["events"]]  # type: ignore[attr-defined]
    assert [
        ("u1-2026-12-01", "2026-12-01 14:30", "prevu", "Cross"),
        ("u1-2026-12-08", "2026-12-10 09:00", "deplace", "Cross"),
        ("u1-2026-12-15", "2026-12-15 14:30", "annule", "Cross"),
        ("u1-2026-12-22", "2026-12-22 14:30", "prevu", "Goûter"),
    ] == sorted((e["id"], e["start"], e["state"], e["title"]) for e in found)


def test_a_whole_day_of_a_series_moves_too(workers: Pool):
    """Days are compared as days; a date of another series stays."""
    days = {"DTSTART": "", "DTSTART_VALUE=DATE": "20261201"}
    moved = {"DTSTART": "", "DTSTART_VALUE=DATE": "20261211", "RECURRENCE-ID;VALUE=DATE": "20261208"}
    series, other = event(RRULE="FREQ=WEEKLY;COUNT=2", **days), event(UID="u2", RRULE="FREQ=WEEKLY;COUNT=2", **days)
    assert [["2026-12-01"], ["2026-12-11"], ["2026-12-01", "2026-12-08"]] == dates(
        workers, series, event(**moved), other
    )


def test_long_names_that_begin_alike_are_told_apart(workers: Pool):
    """Two events, two identities."""
    long = "040000008200E00074C5B7101A82E00800000000" * 2
    body = ICS.format("\n".join([event(UID=f"{long}A"), event(UID=f"{long}B")])).encode()
    ids = {item["events"][0]["id"] for item in told(workers, body, "ics")["items"]}  # type: ignore[attr-defined]
    assert (2, True) == (len(ids), all(len(i) <= 60 for i in ids))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("# titre", "\\# titre"), ("- un", "\\- un"), ("1. un", "1\\. un"), ("> dit", "&gt; dit"), ("+ x", "\\+ x")],
)
def test_a_description_is_words_alone(workers: Pool, written: str, kept: str):
    """It makes no title, list or quotation of its own."""
    body = ICS.format(event(DESCRIPTION=f"Bonjour\\n\\n{written}")).encode()
    (one,) = told(workers, body, "ics")["items"]  # type: ignore[misc]
    assert f"Bonjour\n\n{kept}" == one["markdown"]


@pytest.mark.parametrize(
    "facts",
    [{"DTSTART": "00000101T000000"}, {"DTSTART": "99991231T000000Z"}, {"DTSTART": "x"}, {"DTSTART": ""}, {"UID": ""},
     {"DTSTART": "20010101T000000Z"}],
)  # fmt: skip
def test_an_event_that_cannot_be_costs_itself(workers: Pool, facts: dict[str, str]):
    """C82."""
    assert [["2026-12-01 14:30"]] == dates(workers, event(**facts), event(UID="bon"))


def test_what_hides_in_an_event_is_dropped(workers: Pool):
    """C83, C85: alarms, attachments, HTML, addresses that are no link, injected lines."""
    hostile = event(
        URL="javascript:alert(1)",
        ATTACH="file:///etc/passwd",
        DESCRIPTION="<script>x</script>\\n\\nfin",
        SUMMARY="A\x0b\\nATTENDEE:x",
    )
    alarm = "BEGIN:VALARM\nACTION:PROCEDURE\nATTACH:x\nTRIGGER:-PT1H\nEND:VALARM\nEND:VEVENT"
    found = told(workers, ICS.format(hostile.replace("END:VEVENT", alarm)).encode(), "ics")
    (one,) = found["items"]  # type: ignore[misc]
    assert ("", "&lt;script&gt;x&lt;/script&gt;\n\nfin", "A ATTENDEE:x") == (one["link"], one["markdown"], one["title"])


TITLE = "Fête de l’été à l'école"
LATIN = "École à l'été".encode("latin-1")
HEAD = b"<rss version='2.0'><channel><item><guid>1</guid><title>%s</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        (b"", LATIN),
        (b"<?xml version='1.0' encoding='utf-8'?>", LATIN),
        (b"<?xml version='1.0' encoding='us-ascii'?>", "École à l'été".encode()),
        (b"<?xml version='1.0' encoding='inconnu-42'?>", "École à l'été".encode()),
        (b"<?xml version='1.0' encoding='utf-7'?>", b"+AMk-cole +AOA- l'+AOk-t+AOk-"),
        (b"<?xml version='1.0' encoding='utf-8'?>", "École à l'été".encode("utf-16-le")),
        (b"<?xml version='1.0' encoding='idna'?>", b"x" * 300),
        (b"<?xml version='1.0' encoding='zlib_codec'?>", b"x\x9c"),
    ],
)
def test_a_charset_that_lies_gives_the_right_text_or_none(workers: Pool, declared: bytes, title: bytes):
    """F66: never other letters, nor a control character, nor markup that an encoding hid."""
    found = told(workers, declared + HEAD % title)
    shown = [str(row["title"]) for row in found.get("items", ())]  # type: ignore[attr-defined]
    assert all(words in {"École à l'été", "", "xœ"} or "fault" in found or words.isascii() for words in shown)
    assert all(words.isprintable() and "<" not in words for words in shown)


ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "mac-roman"),
    *(f"iso-8859-{n}" for n in (1, 2, 5, 6, 7, 8, 9, 14, 15, 16)), *("cp437", "cp850", "koi8-r", "koi8-u", "tis-620"),
    *(f"cp{n}" for n in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1258)),
    *("big5", "gb2312", "gb18030", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "cp949", "ptcp154"),
)  # fmt: skip
TOLD = (
    "La fête de l’école",
    "École à l'été",
    "Школа летом",
    "Το σχολείο",
    "小学校的新闻",
    "우리 학교",
    "مدرسة",
    "בית ספר",
    "Škola v létě",
    "โรงเรียน",
)


@pytest.mark.parametrize("is_honest", [True, False])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_charset_gives_the_right_text_or_none(encoding: str, is_honest: bool):
    """F66: 82 cases, each text that the charset can hold; declared, or said to be UTF-8."""
    held = [t for t in TOLD if t.encode(encoding, "ignore").decode(encoding, "ignore") == t]
    declared = encoding if is_honest else "utf-8"
    shown = []
    for title in held:
        text = f"<?xml version='1.0' encoding='{declared}'?>{HEAD.decode() % title}"
        found = parse(text.encode(encoding), "https://ecole.example/f", "")
        shown += [[title]] if "fault" in found else [[row["title"] for row in found["items"]] or [title]]
    assert (True, [[title] for title in held]) == (bool(held), shown)


def test_a_letter_cut_in_two_costs_itself():
    """A summary that a blog cut by bytes: the feed is read, in its own letters."""
    text = "École à l'été, fête et gâteau, élève, école, dé, thé, clé, pré, blé, gué"
    feed = (HEAD.decode() % f"{text} é").encode().replace("é</title>".encode(), "é".encode()[:1] + b"</title>")
    assert [text] == [row["title"] for row in parse(feed, "https://ecole.example/f", "")["items"]]


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", TITLE), ("cp1252", TITLE), ("mac-roman", ""), ("utf-16", "")]
)
def test_a_calendar_gives_the_right_letters_or_none(workers: Pool, encoding: str, expected: str):
    """F66: agendas declare no charset; RFC 5545 says UTF-8, old programs write French."""
    found = told(workers, ICS.format(event(SUMMARY=TITLE)).encode(encoding), "ics")
    assert ([expected] if expected else []) == [row["title"] for row in found.get("items", ())]  # type: ignore[attr-defined]


def test_the_charsets_are_all_there():
    """Each is tried declared and undeclared."""
    assert 82 == 2 * len(set(ENCODINGS))


KEYS = st.sampled_from(("id", "url", "title", "content_html", "content_text", "image", "tags", "_gazette", "next_url"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-(10**400), 10**400) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12) | KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=9), max_size=4), st.integers(0, 60))
def test_whatever_is_json_is_read_or_told(workers: Pool, rows: list[object], cut: int):
    """F79: any values at any key, cut anywhere: the worker answers, and lives on."""
    whole = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": rows}).encode()
    found = told(workers, whole[: len(whole) - cut] if cut < 20 else whole)
    assert (False, True) == (found.get("fault") == "mort", ("fault" in found) != ("items" in found))


@pytest.mark.parametrize(
    "body",
    [
        *(b"[" * 100_000, b"[1e9999]", b'{"a":' * 50_000, b'["\\ud800"]', b"[1,]", b"[01]", b"{'a':1}", b'"\\u00"'),
        *(b"\xef\xbb\xbf{}", b"{} {}", b"nul"),
        *(b'{"version": "https://jsonfeed.org/version/1", "items": [-' + b"9" * 5000 + b"]}", b'{"version": []}'),
    ],
)
def test_json_that_is_none_is_told(workers: Pool, body: bytes):
    """F79: the families of JSONTestSuite: depth, numbers, surrogates, commas, trailing bytes."""
    assert "fault" in told(workers, body)


def suite() -> list[tuple[str, str]]:
    """Return the cases of JSONTestSuite: name (``y``: to be read, ``n``: to be refused, ``i``: either), and text."""
    script = (modules() / "json-test-suite" / "data" / "parsing.js").read_text("utf-8")
    return [(case["name"], case["input"]) for case in json.loads(script[script.index("[") :])]


def test_each_case_of_jsontestsuite_is_read_or_told(workers: Pool):
    """F79: its 318 texts, each as a whole document and within an item of a good feed: no worker dies of any."""
    cases = suite()
    feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "title": "T", "_x": %s}]}'
    bodies = [text.encode("utf-8", "surrogatepass") for _, text in cases]
    inner = [(feed % text).encode("utf-8", "surrogatepass") for _, text in cases]
    asked = [request("rss", "https://ecole.example/flux.json", "", "2026-11-23", body) for body in (*bodies, *inner)]
    found = [one or {"fault": "mort"} for one in workers.ask(asked)]
    alone, within = found[: len(cases)], found[len(cases) :]
    assert (318, []) == (len(cases), [name for (name, _), one in zip(cases, alone, strict=True) if not is_told(one)])
    read = {name for (name, _), one in zip(cases, within, strict=True) if [r["title"] for r in one.get("items", ())]}
    ours = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}  # one key, two values: whose?
    assert {name for name, _ in cases if name[0] == "y"} - ours == {name for name in read if name[0] == "y"}
    assert (set(), 0) == (
        {name for name in read if name[0] == "n"},
        sum(one.get("fault") == "mort" for one in found),
    )


def is_told(one: Mapping[str, Any]) -> bool:
    """Tell whether a document was refused with its code."""
    return one.get("code") == "FLX-01"


A_FEED = rss(entry(1), entry(2, text="&lt;p&gt;Un &lt;b&gt;mot&lt;/b&gt;&lt;/p&gt;")).decode()
AN_AGENDA = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//e//FR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T080000Z\r
DTSTART;TZID=Europe/Paris:20261202T133000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Cross\r\nEND:VEVENT\r
END:VCALENDAR\r\n"""
A_JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "content_html": "<p>x</p>"}]}
)
DOCUMENTS = {"rss": (A_FEED, ATOM, A_JSON_FEED), "ics": (AN_AGENDA,)}
SPLICES = (
    *("<", ">", "</item>", "<item>", "<![CDATA[", "]]>", "<!--", "<?x", "&#0;", "&#xD800;", "&nbsp;", "&amp;lt;", "\0"),
    *(
        "<a>" * 2000,
        "<b><i>" * 50,
        'xml:base="http://[" ',
        "<!DOCTYPE a>",
        "<svg onload=x>",
        "\ud800",
        "\uffff",
        "\x0b",
    ),
    *("javascript:x", "data:text/html,x", "99999999T", "-P1D", "RRULE:FREQ=SECONDLY", "TZID=X/Y:", "BEGIN:VEVENT\r\n"),
    *(
        "END:VEVENT\r\n",
        "\r\n ",
        "\r\nX" * 500,
        ";VALUE=DATE:",
        "00000000",
        "\\u0000",
        "\\",
        '"',
        "[" * 500,
        "9" * 400,
        "{}",
    ),
)
"""What each of these languages trips on."""


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#57343;", "&#x110000", "&#99999999999;", f"&#{'9' * 5000};", "&#0;"]
)
def test_a_reference_to_no_character_costs_no_item_before_it(workers: Pool, reference: str):
    """In a feed whose XML is broken, which feedparser then reads by its loose parser."""
    text = DOCUMENTS["rss"][0].replace("Article 1", f"Article {reference} 1").replace("</channel></rss>", "")
    found = told(workers, text.encode())
    assert (False, ["https://ecole.example/1"]) == (found["is_whole"], [row["link"] for row in found["items"]])  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
@given(data=st.data())
def test_a_document_broken_anywhere_is_read_or_told(workers: Pool, kind: str, data: st.DataObject):
    """F63-F68, F79, C82: RSS, Atom, JSON Feed, ICS, spliced and cut: the worker answers, and every link is public."""
    text = data.draw(st.sampled_from(DOCUMENTS[kind]))
    for splice in data.draw(st.lists(st.sampled_from(SPLICES) | st.text(max_size=8), max_size=4)):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + splice + text[at + data.draw(st.integers(0, 12)) :]
    body = text[: data.draw(st.integers(0, len(text)) | st.just(len(text)))].encode("utf-8", "surrogatepass")
    found = told(workers, body, kind)
    assert (False, True) == (found.get("fault") == "mort", is_told(found) != ("items" in found))
    links = [row["link"] for row in found.get("items", ())]  # type: ignore[attr-defined]
    assert [] == [link for link in links if not re.match(r"https?://[^/@]|\Z", link)]
