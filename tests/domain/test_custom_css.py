"""What a shop's style sheet may hold: all that draws, and nothing that loads from elsewhere, however it is spelled."""

import pytest

from chalicelib.domain.custom_css import wrong

TAKEN = [
    "",
    ".brand { color: #123456; margin: 0 auto }",
    "@media (width < 40rem) { h1 { font-size: clamp(1rem, 2vw, 3rem) } }",
    "@layer mine { a:hover::after { content: ' → (see)' } }",
    "@font-face { font-family: Ours; src: local('Ours') }",
    "@keyframes calm { from { opacity: 0 } 50.5% { opacity: .5 } }",
    "@supports (display: grid) and (not (display: inline)) { p { inset: 1.5e-3px } }",
    ".hero { background: url(/media/img_01KA/room.webp) no-repeat }",
    ".hero { background: URL( '/media/img_01KA/room.webp' ) }",
    '.dot { background: url("data:image/png;base64,iVBORw0KGgo=") }',
    "/* @import 'x'; url(https://elsewhere.example) is only talked about here */ p { color: red }",
    "p::before { content: '@import url(//elsewhere.example)' }",
    "[data-x='}'] { --own-word: { nested: yes } }",
    ".غُصن, .größe { color: green }",
    ".url { color: red } .src-of-it { color: blue }",
]
REFUSED = [
    ("@import 'https://elsewhere.example/a.css';", "css-at-rule"),
    ("@IMPORT url(/media/img_01/a.css);", "css-at-rule"),
    ("@charset 'utf-7';", "css-at-rule"),
    ("@namespace svg 'http://www.w3.org/2000/svg';", "css-at-rule"),
    (r"@\69mport 'x';", "css-escape"),
    (r"@i\000006dport 'x';", "css-escape"),
    (r"p { background: u\72l(https://elsewhere.example) }", "css-escape"),
    (r"p::after { content: '\201C' }", "css-escape"),
    ("input[value^=a] { background: url(https://elsewhere.example/?a) }", "css-address"),
    ("p { background: url(//elsewhere.example/a.png) }", "css-address"),
    ("p { background: URL(https://elsewhere.example) }", "css-address"),
    ("p { background: uRl(\n'https://elsewhere.example'\n) }", "css-address"),
    ("p { background: url(/agent/tickets) }", "css-address"),
    ("p { background: url(/media/../agent/tickets) }", "css-address"),
    ("p { background: url(/media/img_01/a..b) }", "css-address"),
    ("p { background: url(/media/img_01/a.png?to=elsewhere) }", "css-address"),
    ("p { background: url(data:text/html,hello) }", "css-address"),
    ("p { background: url(javascript:alert) }", "css-address"),
    ("p { background: url() }", "css-address"),
    ("p { background: url(/* */'https://elsewhere.example') }", "css-address"),
    ("p { background: url('/media/img_01/a.png' https://elsewhere.example) }", "css-address"),
    ("p { --later: url(https://elsewhere.example) }", "css-address"),
    ("p { background: url(var(--later)) }", "css-address"),
    ("p { margin: 1%url(https://elsewhere.example) }", "css-address"),
    ("p { margin: 1.url(https://elsewhere.example) }", "css-address"),
    ("p { margin: 1/**/url(https://elsewhere.example) }", "css-address"),
    ("p { margin: +url(https://elsewhere.example) }", "css-address"),
    ("p { background: image-set('https://elsewhere.example' 1x) }", "css-address"),
    ("p { background: -webkit-image-set('https://elsewhere.example' 1x) }", "css-address"),
    ("p { background: IMAGE-SET(\"https://elsewhere.example\" 1x) }", "css-address"),
    ("p { background: cross-fade('a.png', 'b.png') }", "css-address"),
    ("p { background: image('https://elsewhere.example') }", "css-address"),
    ("@font-face { src: src('https://elsewhere.example') }", "css-address"),
    ("p { width: expression(alert(1)) }", "css-address"),
    ("p { behavior: none }", "css-running"),
    ("p { -moz-binding: none }", "css-running"),
    ("p { filter: progid:DXImageTransform }", "css-running"),
    ("</style><script>alert(1)</script>", "css-character"),
    ("p { content: '</STYLE>' }", "css-character"),
    ("<!-- p { color: red } -->", "css-character"),
    ("p { color: red\0 }", "css-character"),
    ("p { color: red", "css-unbalanced"),
    ("p { color: red } }", "css-unbalanced"),
    ("p { color: rgb(1, 2, 3] }", "css-unbalanced"),
    ("/* it never ends", "css-unbalanced"),
    ("/*/", "css-unbalanced"),
    ("p::after { content: 'it ends\nelsewhere' }", "css-unbalanced"),
]  # fmt: skip


@pytest.mark.parametrize("css", TAKEN)
def test_what_draws_is_taken(css):
    assert wrong(css) is None


@pytest.mark.parametrize(("css", "code"), REFUSED)
def test_what_loads_or_runs_or_leaves_something_open_is_refused(css, code):
    found = wrong(css)
    assert found is not None and found.code == code


def test_it_is_told_in_which_line_it_stands():
    found = wrong("p { color: red }\r\n\r\n  @import 'x';")
    assert (found.line, found.found) == (3, "@import")


def test_long_sheets_are_read_in_time_that_grows_with_them():
    assert wrong("a{b:c}" * 3000) is None
    assert wrong("(" * 19_000).code == "css-unbalanced"
    assert wrong("/* " * 6_000).code == "css-unbalanced"
