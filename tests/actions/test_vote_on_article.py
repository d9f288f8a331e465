"""Readers say whether an article helped them."""

import threading
from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, vote_on_article
from chalicelib.actions.publish_article import Draft
from chalicelib.actions.vote_on_article import vote
from chalicelib.domain.event import Actor
from chalicelib.domain.vote import MAX_WORDS
from chalicelib.errors import Invalid, NotFound, TooManyRequests
from chalicelib.store import articles, votes
from chalicelib.store.table import Row, VoteRow

BY_BOB = Actor("agent", "agt_bob")


def published(title="My board has split", **fields):
    category = change_category.create({"en": {"name": title}})
    texts = {"en": {"title": title, "body": "Dry it."}, "ar": {"title": title, "body": "جفّفه."}}
    return publish_article.create(Draft(category.id, texts, publish=True, **fields), BY_BOB)


@pytest.fixture
def article(cloud):
    return published()


def counts(article, locale="en"):
    tally = votes.tallies(article.id).get(locale)
    return (tally.helpful, tally.unhelpful, dict(tally.reasons)) if tally else (0, 0, {})


def test_a_vote_counts_in_its_language_only(article):
    vote(article.id, "en", "alice", True)
    vote(article.id, "ar", "alice", False, "outdated")

    assert counts(article, "en") == (1, 0, {})
    assert counts(article, "ar") == (0, 1, {"outdated": 1})


def test_a_second_vote_of_the_same_visitor_takes_the_place_of_the_first(article):
    vote(article.id, "en", "alice", True)
    vote(article.id, "en", "alice", False)
    vote(article.id, "en", "alice", False, "unclear", "Which oil?")
    vote(article.id, "en", "charlie", True)

    assert counts(article) == (1, 1, {"unclear": 1})
    vote(article.id, "en", "alice", True)
    assert counts(article) == (2, 0, {})


def test_the_same_vote_again_changes_nothing_and_takes_nothing_of_the_bound(article, monkeypatch):
    first = vote(article.id, "en", "alice", False, "wrong", "It says pine.")
    monkeypatch.setattr(vote_on_article, "OF_VISITOR", vote_on_article.Allowance("vote", 1, timedelta(days=1)))

    assert vote(article.id, "en", "alice", False, "wrong", "It says pine.") == votes.find(
        article.id, "en", first.visitor
    )
    assert counts(article) == (0, 1, {"wrong": 1})


def test_votes_at_the_same_moment_are_all_counted(article, one_request_at_a_time):
    visitors = [f"visitor {n}" for n in range(6)] + ["alice"] * 3
    threads = [threading.Thread(target=vote, args=(article.id, "en", one, True)) for one in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counts(article) == (7, 0, {})


def test_who_was_not_helped_says_why_and_the_newest_words_come_first(article):
    vote(article.id, "en", "alice", False, "missing", "How long in winter?")
    clock.shift(60)
    vote(article.id, "en", "charlie", False, "wrong")
    vote(article.id, "en", "daisy", True, "wrong", "none of this is kept")

    first = votes.complaints(article.id, 1)
    second = votes.complaints(article.id, 1, first.after)
    assert [(one.reason, one.words) for one in (*first.votes, *second.votes)] == [
        ("wrong", ""),
        ("missing", "How long in winter?"),
    ]
    assert second.after is None


def test_who_was_helped_after_all_is_no_complaint_any_more(article):
    vote(article.id, "en", "alice", False, "missing", "How long in winter?")
    vote(article.id, "en", "alice", True)

    assert votes.complaints(article.id, 10).votes == ()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Write to alice@example.org please", "Write to … please"),
        ("Call +216 20 555 014 or 20-555-014", "Call … or …"),
        ("اتصلوا بي على ٢٠٥٥٥٠١٤", "اتصلوا بي على …"),
        ("It took 12 days, not 3\x00\x07", "It took 12 days, not 3"),
        ("x" * 5000, "x" * MAX_WORDS),
    ],
    ids=["address", "numbers", "arabic digits", "control characters", "long"],
)
def test_of_a_readers_words_nothing_that_could_name_him_is_kept(article, said, kept):
    assert vote(article.id, "en", "alice", False, "other", said).words == kept


def test_neither_the_cookie_nor_the_address_stands_in_the_table(article):
    vote(article.id, "en", "the cookie of alice", False, "other", "x", address="192.0.2.7")

    stored = " ".join(str(row.to_dynamodb_dict()) for row in Row.scan())
    assert "the cookie" not in stored
    assert "192.0.2.7" not in stored


def test_nobody_votes_on_what_he_does_not_see(cloud):
    draft = publish_article.create(Draft(published().category_id, {"en": {"title": "Draft"}}), BY_BOB)
    internal, signed_in = published("Claims", visibility="agents"), published("Invoices", visibility="customers")
    for article_id, locale, audience in [
        (draft.id, "en", "customers"),
        (internal.id, "en", "customers"),
        (signed_in.id, "en", "public"),
        (signed_in.id, "fr", "customers"),
        ("art_none", "en", "customers"),
    ]:
        with pytest.raises(NotFound):
            vote(article_id, locale, "alice", True, audience=audience)

    assert list(VoteRow.scan()) == []
    vote(signed_in.id, "en", "alice", True)


def test_a_reason_that_is_none_is_refused(article):
    with pytest.raises(Invalid) as refusal:
        vote(article.id, "en", "alice", False, "boring")

    assert (refusal.value.code, refusal.value.faults[0].pointer) == ("unknown-reason", "/reason")


def test_nobody_floods_the_counts_not_even_with_new_cookies(article, monkeypatch):
    monkeypatch.setattr(vote_on_article, "OF_VISITOR", vote_on_article.Allowance("vote", 2, timedelta(days=1)))
    monkeypatch.setattr(vote_on_article, "OF_ADDRESS", vote_on_article.Allowance("address", 4, timedelta(days=1)))
    vote(article.id, "en", "alice", True, address="192.0.2.7")
    vote(article.id, "en", "alice", False, address="192.0.2.7")
    with pytest.raises(TooManyRequests):
        vote(article.id, "en", "alice", True, address="192.0.2.7")
    vote(article.id, "en", "cookie 1", True, address="192.0.2.7")
    vote(article.id, "en", "cookie 2", True, address="192.0.2.7")
    with pytest.raises(TooManyRequests):
        vote(article.id, "en", "cookie 3", True, address="192.0.2.7")
    vote(article.id, "en", "charlie", True, address="192.0.2.8")

    assert counts(article) == (3, 1, {})


def test_a_year_later_the_words_are_gone_and_the_vote_stays_counted(article):
    vote(article.id, "en", "alice", False, "missing", "How long in winter?")
    clock.shift(366 * 24 * 3600)

    assert votes.complaints(article.id, 10).votes == ()
    assert counts(article) == (0, 1, {"missing": 1})
    vote(article.id, "en", "alice", False, "missing", "How long in winter?")
    assert counts(article) == (0, 2, {"missing": 2})


def test_the_articles_that_help_fewest_come_first_and_only_those_that_can_be_judged(cloud):
    bad, good, most, fair, rarely, gone = map(published, ("Bad", "Good", "Most", "Fair", "Rarely", "Gone"))
    told = [(bad, "nny"), (good, "yyyy"), (most, "yyyyn"), (fair, "yyn"), (rarely, "n"), (gone, "nnn")]
    for article, said in told:
        for number, answer in enumerate(said):
            vote(article.id, "en", f"visitor {number}", answer == "y")
    publish_article.archive(gone.id, BY_BOB)

    found = votes.failing(least=3, most=10)
    assert [(one.article.id, one.tally.helpful, one.tally.unhelpful) for one in found] == [
        (bad.id, 1, 2),
        (fair.id, 2, 1),
    ]
    assert [one.article.id for one in votes.failing(least=3, most=1)] == [bad.id]
    assert votes.failing(least=3, most=10, locale="ar") == []


def test_counts_of_which_the_first_was_read_a_moment_too_early_still_tell_which_articles_fail(article, monkeypatch):
    publish_article.change(article.id, {"translations": {"en": {"body": "Dry it slowly, then oil it."}}}, BY_BOB)
    vote(article.id, "en", "alice", False)
    read = [one for one in votes._all() if one.since]
    monkeypatch.setattr(votes, "_all", lambda: read)

    [failing] = votes.failing(least=1, most=10)
    assert failing.in_all == failing.tally


def test_votes_on_a_rewritten_text_count_afresh_and_the_others_stay_counted(article):
    for visitor in ("alice", "charlie", "daisy"):
        vote(article.id, "en", visitor, False, "unclear")
    vote(article.id, "ar", "alice", False)
    publish_article.change(article.id, {"translations": {"en": {"body": "Dry it slowly, then oil it."}}}, BY_BOB)
    assert votes.failing(least=3, most=10) == []

    for visitor, helpful in [("alice", True), ("alice", True), ("charlie", False), ("emil", True)]:
        vote(article.id, "en", visitor, helpful)
    [failing] = votes.failing(least=3, most=10)
    assert (failing.tally.helpful, failing.tally.unhelpful, failing.in_all.votes) == (2, 1, 6)
    assert counts(article) == (2, 4, {"unclear": 3})
    judged = votes.judged(articles.get(article.id))
    assert [(judged[one].helpful, judged[one].unhelpful) for one in ("en", "ar")] == [(2, 1), (0, 1)]


def test_a_minor_change_leaves_the_votes_as_they_are(article):
    vote(article.id, "en", "alice", False)
    wanted = {"translations": {"en": {"body": "Dry it!"}}}
    publish_article.change(article.id, wanted, BY_BOB, minor=True)
    vote(article.id, "en", "alice", True)

    assert counts(article) == (1, 0, {})
    assert votes.judged(articles.get(article.id))["en"].helpful == 1


@pytest.mark.parametrize(("minor", "judged"), [(True, 1), (False, 0)], ids=["minor", "more"])
def test_a_draft_says_whether_votes_go_on_once_it_is_published(article, minor, judged):
    vote(article.id, "en", "alice", True)
    wanted = {"translations": {"en": {"body": "Dry it slowly."}}}
    publish_article.change(article.id, wanted, BY_BOB, draft=True, minor=minor)
    assert votes.judged(articles.get(article.id))["en"].votes == 1

    publish_article.publish(article.id, BY_BOB)
    assert votes.judged(articles.get(article.id))["en"].votes == judged
    assert counts(article) == (1, 0, {})
