"""What people type, and what is looked for."""

import pytest

from chalicelib.search import asking, text

KNOWN = {
    term
    for word in text.words("reset password order board email gh88340 invoice كلمة المرور طلب حساب")
    for term in text.terms(word)
}
NEAR = {("pasword", 1): ["password"], ("oxder", 1): ["order", "older"], ("ivnoicee", 2): ["invoice"]}


def read(query):
    return asking.read(query, KNOWN.__contains__, lambda word, errors: NEAR.get((word, errors), []))


def test_known_words_are_left_alone():
    assert read("reset my password") == asking.Asked((("reset",), ("password",)))


def test_repeated_words_are_asked_for_as_often():
    assert read("order order").words == (("order",), ("order",))


def test_an_unknown_word_is_mended_and_what_else_it_may_be_is_looked_for_as_well():
    found = read("my oxder, please")

    assert found.words[0] == ("order", "older")
    assert found.did_you_mean == "my order, please"


def test_of_many_unknown_words_only_the_first_are_mended_and_each_is_looked_for_once():
    tried = []
    words = [f"unknown{letter}" for letter in "abcdefghijkl"]
    asking.read(" ".join(words + words), lambda term: False, lambda *asked: tried.append(asked) or [])
    assert sorted(tried) == [(word, errors) for word in words[: asking.MOST_MENDED] for errors in (1, 2)]


def test_two_errors_are_thought_of_last():
    assert read("ivnoicee").did_you_mean == "invoice"


@pytest.mark.parametrize(
    ("query", "meant", "terms"),
    [
        ("resetpassword", "reset password", ["reset", "password"]),
        ("inorder", "in order", ["order"]),
        ("كلمةالمرور", "كلمة المرور", ["كلم", "مرور"]),
        ("ضاعالطلب", "ضاع الطلب", ["ضاع", "طلب"]),
    ],
)
def test_a_blank_that_was_left_out_is_put_in(query, meant, terms):
    assert (read(query).did_you_mean, read(query).terms) == (meant, terms)


@pytest.mark.parametrize("query", ["pass word", "e mail"])
def test_a_blank_too_many_is_taken_out(query):
    assert read(query).did_you_mean == query.replace(" ", "")


def test_two_words_that_are_known_stay_two():
    assert read("reset order").did_you_mean is None


def test_what_was_mended_counts_by_how_near_it_is():
    assert read("reset order").certain == ()
    assert read("reset pasword").certain == (1.0, 1.0)
    known, far = read("reset oxder").certain
    assert (known, far) == (1.0, 0.75)


def mended(typed, better):
    return asking.read(typed, KNOWN.__contains__, lambda word, errors: [better])


@pytest.mark.parametrize(("typed", "better"), [("mold", "holds"), ("قداش", "قماش"), ("السلعة", "الساعة")])
def test_a_guess_is_looked_for_but_nobody_is_asked_whether_it_was_meant(typed, better):
    found = mended(typed, better)

    assert (found.words, found.did_you_mean) == ((text.terms(better),), None)
    assert found.certain[0] < 0.65


@pytest.mark.parametrize(("typed", "better"), [("bord", "board"), ("الطرذ", "الطرد"), ("التوصييل", "التوصيل")])
def test_what_is_likely_is_offered(typed, better):
    assert mended(typed, better).did_you_mean == better


def test_a_guess_beside_a_word_that_is_surely_mistyped_is_left_as_it_was_typed():
    found = asking.read(
        "pasword mold", KNOWN.__contains__, lambda word, _: [{"pasword": "password"}.get(word, "holds")]
    )
    assert found.did_you_mean == "password mold"


@pytest.mark.parametrize("query", ["التواصل", "التَّواصل"])
def test_a_word_parted_into_scraps_is_a_guess(query):
    found = asking.read(query, {"تو", "اصل"}.__contains__, lambda word, errors: [])
    assert (found.did_you_mean, found.terms, found.certain) == (None, ["تو", "اصل"], (0.3, 0.3))


@pytest.mark.parametrize(
    "query", ["لطلبي", "بطلب", "كحساب", "فالطلب", "لكلمة", "بكلمتك", "ماطلب", "ماطلبنا", "تطلبو", "نطلب", "طلبهم"]
)
def test_what_is_written_to_an_arabic_word_is_no_mistake(query):
    found = read(query)

    assert found.did_you_mean is None
    assert set(found.terms) <= KNOWN


@pytest.mark.parametrize("query", ["GH-88340", "gh_88340", "gh.88340"])
def test_a_product_code_is_asked_for_in_parts_and_as_one(query):
    assert (read(query).terms, read(query).compounds) == (["gh", "88340"], ("gh88340",))


def test_a_known_compound_is_not_mended_in_its_parts():
    assert asking.read("ord-er", {"order"}.__contains__, lambda word, errors: ["other"]).did_you_mean is None


@pytest.mark.parametrize("query", ["", "😀", "\u200f", "\x00", "\ud800"])
def test_nothing_asked_is_nothing_looked_for(query):
    assert read(query) == asking.Asked(())


def test_a_long_word_is_not_taken_apart_letter_by_letter():
    assert read("resetpassword" * 10).did_you_mean is None
