"""The words of an HTML mail as a plain mail would have them, for reading, searching and telling quotes."""

import pytest

from chalicelib.channels import email_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Hello,</p><p>it broke.</p>", "Hello,\n\nit broke."),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<ul><li>oak</li><li>olive</li></ul>", "- oak\n- olive"),
        ("<ol><li>saw</li><li>sand<ul><li>twice</li></ul></li><li>oil</li></ol>", "1. saw\n2. sand\n- twice\n3. oil"),
        ("<table><tr><td>oak</td><td>2</td></tr><tr><td>olive</td><td>1</td></tr></table>", "oak 2\nolive 1"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ('<a href="https://ghusn.example/b">board</a>', "board <https://ghusn.example/b>"),
        ('<a href="https://ghusn.example/">ghusn.example</a>', "ghusn.example"),
        ('<img alt="the split" src="cid:1">', "[the split]"),
        ("1 &lt; 2 &amp; 3 < 4", "1 < 2 & 3 < 4"),
        ("<h1>Order</h1>2041", "Order\n\n2041"),
        ('<p dir="rtl">وصل الطلب</p><p dir="rtl">شكرا</p>', "وصل الطلب\n\nشكرا"),
        ("<style>p{color:red}</style><script>alert(1)</script>Hi", "Hi"),
        ("Hi<!-- <p>not this</p> -->!", "Hi!"),
    ],
)
def test_html_reads_like_a_plain_mail(source: str, text: str) -> None:
    assert email_html.to_text(source) == text


def test_a_quote_is_marked_as_deep_as_it_is() -> None:
    source = "Yes.<blockquote>Sure?<blockquote>Please.</blockquote></blockquote>No more."
    lines = [line for line in email_html.to_text(source).split("\n") if line.strip("> ")]
    assert lines == ["Yes.", "> Sure?", "> > Please.", "No more."]


@pytest.mark.parametrize("style", ["margin:0 0 0 40px;border:none;padding:0px", "margin: 0px; border: none"])
def test_an_indented_paragraph_is_no_quote(style: str) -> None:
    source = (
        f'Send:<blockquote style="{style}">two boards<blockquote type="cite">old</blockquote>and oil</blockquote>now'
    )
    assert [line for line in email_html.to_text(source).split("\n") if line.strip("> ")] == [
        *("Send:", "two boards", "> old", "and oil", "now")
    ]


def test_outlook_sets_empty_lines_by_empty_paragraphs() -> None:
    source = (
        "<p class=MsoNormal>Hello,<o:p></o:p></p><p class=MsoNormal>&nbsp;</p>"
        "<p class=MsoNormal>one</p><p class=MsoNormal>two</p><p>three</p>"
    )
    assert email_html.to_text(source) == "Hello,\n\none\ntwo\n\nthree"


@pytest.mark.parametrize(
    "signature",
    [
        '<div class="gmail_signature" data-smartmail="gmail_signature">Alice</div>',
        '<div id="ms-outlook-mobile-signature">Alice</div>',
        '<span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">Alice</div>',
    ],
)
def test_a_signature_stands_under_its_delimiter(signature: str) -> None:
    assert email_html.to_text(f"<div>Yes.</div>{signature}") == "Yes.\n--\nAlice"


def test_five_thousand_nested_elements_and_two_megabytes_are_read() -> None:
    assert email_html.to_text("<div>" * 5_000 + "deep" + "</div>" * 5_000) == "deep"
    assert "word" in email_html.to_text("<p>word <b>bold</b> <a href='https://x.example/a'>link</a></p>" * 34_000)
    assert "deep" in email_html.to_text("<blockquote>" * 5_000 + "deep")
