"""HTML that others give (a mail, an integrator), cleaned before it is kept: nothing in it may run or load."""

_TAGS = {
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "s",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


def cleaned(html: str | None) -> str | None:
    """Safe HTML; None when there is none, or when nothing of it is left."""
    if not html:
        return None
    import nh3

    schemes = {"http", "https", "mailto", "tel"}
    made: str = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=schemes)
    return made.strip() or None
