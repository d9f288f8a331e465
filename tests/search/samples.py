"""Articles to put into the index, and a short way to ask for them."""

from chalicelib.search import articles
from chalicelib.search.articles import Document


def article(article_id: str = "art_1", title: str = "", body: str = "", **others: object) -> Document:
    given = {
        "article_id": article_id,
        "locale": "en",
        "visibility": "public",
        "category_id": "cat_orders",
        "slug": f"slug-of-{article_id}",
        "title": title,
        "body": body,
        "updated_at": 1_790_000_000,
    }
    return Document(**(given | others))


def found(query: str, **others: object) -> list[str]:
    """The ids of the articles that `query` finds, seen at once."""
    return [hit.article_id for hit in articles.search(query, **({"locale": None, "now_fresh": True} | others)).hits]


HELP_CENTRE = [
    article("art_password", "Resetting your password", "Press “Forgot password” on the sign-in page."),
    article("art_password", "إعادة تعيين كلمة المرور", "إذا نَسِيتَ كلمة المرور فاضغط على الرابط.", locale="ar"),
    article("art_returns", "Returns and refunds", "Send your order back within 30 days.", category_id="cat_money"),
    article("art_care", "العناية بخشب الزيتون", "ادهن الأوعية بالزيت كل شهر.", locale="ar", category_id="cat_care"),
    article(
        "art_oil",
        "Oiling olive wood",
        "Oil your boards once a month, order or no order.",
        category_id="cat_care",
    ),
]


HOSTILE = {
    "nothing": "",
    "blanks": " \t\n ",
    "emoji": "😀🫒👩‍👩‍👧",
    "stop words": "how do I the of",
    "Arabic stop words": "كيف من على",
    "right-to-left marks": "\u200f\u202eorder\u202c\u2066\u200f",
    "NUL": "\x00order\x00",
    "lone surrogate": "order \ud800",
    "query syntax": 'order" AND (title:* OR -body:[a TO b]) ~2 ^9 {!x} \\',
    "one word of 10,000 letters": "x" * 10_000,
    "10,000 signs": "order now " * 1_000,
    "10,000 different words": " ".join(f"w{n}" for n in range(10_000)),
    "marks only": "\u064b" * 500,
    "SQL": "'; DROP TABLE articles; --",
}
