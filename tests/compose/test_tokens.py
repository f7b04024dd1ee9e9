"""Tests of compose/tokens.py: titles and summaries, for who may read the edition, without a word of their address."""

from dataclasses import replace
from datetime import date

from gazette.compose.stage import compose
from gazette.compose.tokens import token_edition, without_secret
from gazette.model.body import Body
from gazette.model.cleared import Cleared
from gazette.model.newsroom import TokenFeeds
from gazette.model.sheet import Edition
from gazette.model.token import token_path, tokens
from tests.compose.newsstand import SECRET, article, audience, page, tool
from tests.samples import NOW, TOKEN_SECRET, sample_newsroom

TOKENS = TOKEN_SECRET.encode()


def made(name: str, *entries: object) -> Edition:
    """Return the token feeds of an edition."""
    here = replace(audience(name), token_feeds=TokenFeeds(1, f"https://fils.sourcelle.example/{name}/"))
    newsroom = replace(sample_newsroom(), audiences=tuple(here if a.name == name else a for a in AUDIENCES))
    whole = compose([Cleared(e) for e in entries], here, newsroom, NOW, {}, SECRET)
    return token_edition(whole, NOW.date(), TOKENS)


AUDIENCES = sample_newsroom().audiences


def feed(edition: Edition, fil: str) -> object:
    """Return the view of a fil's feed."""
    return next(s.view for s in edition.sheets if s.path.startswith(f"{fil}-"))


def test_there_is_a_feed_a_fil_and_nothing_that_lists_them():
    """But what tells robots to go away, and what marks the folder as ours."""
    found = {s.path.partition("-")[0] for s in made("directeurs").sheets}
    fils = {"tout", "actualites", "projets", "directeurs", "outils"}
    assert fils | {".well", "robots.txt"} == found


def test_a_feed_carries_titles_and_summaries_only():
    """Neither texts, nor pictures, nor where links lead, nor who signs and under which words."""
    entry = article("une", body=Body("<p>x</p>", "x"), keywords=("secret",), author="ien")
    told = feed(made("directeurs", entry), "actualites").items[0]
    facts = {name: getattr(told, name) for name in type(told).__dataclass_fields__}
    kept = {"id", "title", "url", "summary", "published", "updated"}
    assert ("Titre une", "Chapeau de une", kept) == (told.title, told.summary, {n for n, fact in facts.items() if fact})


def test_an_edition_s_feeds_carry_what_its_audience_may_see():
    """Each leads to the edition that prints it: a restricted one asks who comes."""
    entries = [article(name, audience=name) for name in ("public", "enseignants", "directeurs")]
    found = [[i.url for i in feed(made(name, *entries), "tout").items] for name in ("enseignants", "directeurs")]
    addresses = [f"{audience(n).address}actualites/{n}/" for n in ("public", "enseignants", "directeurs")]
    assert [sorted(addresses[:2]), sorted(addresses)] == [sorted(urls) for urls in found]


def test_a_feed_carries_the_ten_newest():
    """What the ENT shows at most; a change of an older one prints nothing again."""
    dates = [date(2026, 11, day).isoformat() for day in range(1, 13)]
    entries = [article(f"n{rank}", date=day) for rank, day in enumerate(dates)]
    assert [f"Titre n{rank}" for rank in range(11, 1, -1)] == [
        i.title for i in feed(made("directeurs", *entries), "tout").items
    ]


def test_pages_and_other_fils_are_no_news_of_a_fil():
    """The feed of everything has every fil; the tool's has tools."""
    edition = made("directeurs", tool("mur"), page("guide"), article("une"))
    found = [[i.title for i in feed(edition, name).items] for name in ("outils", "projets")]
    assert [["Titre mur"], []] == found


def test_no_view_tells_a_token():
    """Their names are in their paths alone."""
    edition = made("directeurs", article("une"))
    names = tokens(TOKENS, edition.newsroom, NOW.date())
    views = [s.path for s in edition.sheets if any(name in repr(s.view) for name in names)]
    paths = {s.path for s in edition.sheets if any(name in s.path for name in names)}
    readers = edition.newsroom.audiences[-1]
    expected = {token_path(TOKENS, edition.newsroom, readers, NOW.date(), f) for f in ("tout", "outils")}
    assert ([], 5, set()) == (views, len(paths), expected - paths)


def test_without_a_secret_each_edition_concerned_is_told():
    """A note: the rest is printed."""
    named = tuple(replace(a, token_feeds=TokenFeeds(1, "https://f.example/") if a.rank else None) for a in AUDIENCES)
    found = [
        (f.code, f.severity.label, f.message.partition(" :")[0])
        for f in without_secret(replace(sample_newsroom(), audiences=named))
    ]
    assert [("JET-01", "note", "édition enseignants"), ("JET-01", "note", "édition directeurs")] == found
