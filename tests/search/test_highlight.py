"""What is shown of a hit: escaped first, marked after."""

from chalicelib.search import highlight, text


def test_words_are_marked_as_they_are_written() -> None:
    assert highlight.mark("Your Settings", text.analyse("setting")) == "Your <mark>Settings</mark>"


def test_vocalised_words_are_marked_whole() -> None:
    assert highlight.mark("كَلِمَةُ المُرُور", text.analyse("كلمه")) == "<mark>كَلِمَةُ</mark> المُرُور"


def test_markup_in_an_article_stays_text() -> None:
    shown = highlight.mark("<script>alert('password')</script> & more", text.analyse("password script"))
    assert shown == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;<mark>password</mark>&#x27;)&lt;/<mark>script</mark>&gt; &amp; more"
    )


def test_a_mark_written_in_an_article_is_not_ours() -> None:
    assert "<mark>" not in highlight.mark("<mark>hello</mark>", text.analyse("other"))


def test_a_snippet_of_markup_stays_text() -> None:
    body = "filler " * 60 + "<img src=x> password " + "filler " * 60
    shown = highlight.snippet(body, text.analyse("password"))
    assert "&lt;img" in shown and "<img" not in shown


def test_a_snippet_shows_the_stretch_with_most_of_the_words() -> None:
    body = "password " + "filler " * 50 + "reset your password here " + "filler " * 50
    shown = highlight.snippet(body, text.analyse("reset password"))
    assert "<mark>reset</mark> your <mark>password</mark> here" in shown
    assert shown.startswith("… ") and shown.endswith(" …")


def test_a_snippet_without_the_words_is_how_the_text_begins() -> None:
    assert highlight.snippet("One two three.", text.analyse("absent")) == "One two three."


def test_a_snippet_shows_a_short_text_whole() -> None:
    assert highlight.snippet("(Press “Reset”.)", text.analyse("reset")) == "(Press “<mark>Reset</mark>”.)"


def test_a_snippet_lies_in_one_section() -> None:
    body = "Dry it and wait.\n\nOil. Rub the oil (mineral) in.\nWait.\n\n“Sand” it with fine paper.\n\nDone."
    assert (
        highlight.snippet(body, text.analyse("oil"))
        == "<mark>Oil</mark>. Rub the <mark>oil</mark> (mineral) in.\nWait."
    )
    assert highlight.snippet(body, text.analyse("sand")) == "“<mark>Sand</mark>” it with fine paper."
    assert highlight.snippet(body, text.analyse("absent")) == "Dry it and wait."


def test_a_snippet_shows_the_section_with_most_of_the_words() -> None:
    body = "Oil.\n\n" + "filler " * 40 + "oil and sand " + "filler " * 40 + "\n\nSand."
    shown = highlight.snippet(body, text.analyse("oil sand"))
    assert "<mark>oil</mark> and <mark>sand</mark>" in shown
    assert shown.startswith("… ") and shown.endswith(" …")


def test_a_snippet_of_nothing_is_nothing() -> None:
    assert highlight.snippet("", ["x"]) == ""
    assert highlight.snippet("🫒🫒🫒", ["x"]) == ""


def test_a_snippet_is_short_however_long_the_text() -> None:
    assert len(highlight.snippet("olive " * 100_000, ["oliv"]).split()) <= 30
