"""What was withdrawn is met at no door of the help centre any more, and keeps its address."""

import pytest

from chalicelib.actions import publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.errors import DiwanError
from chalicelib.search import articles as index
from tests.portal.every_kind import LISTS, furnished, met

# The feed and the site map are XML; only their words count here.
pytestmark = pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")


@pytest.fixture
def help_centre(cloud):
    return furnished()


@pytest.mark.parametrize("end", ["archive", "delete", "hide"])
def test_what_is_withdrawn_is_met_nowhere_any_more(browse, help_centre, end):
    article = help_centre["publicum"]
    if end == "hide":
        publish_article.change(article.id, {"visibility": "agents"}, SYSTEM)
    else:
        getattr(publish_article, end)(article.id, SYSTEM)
    update_search.index_article(article.id)
    index.forget()

    assert [address for address in LISTS if met(browse(), address)] == []
    assert browse().go("/en/articles/board-publicum").status == 404


def test_a_slug_that_was_a_withdrawn_articles_is_no_other_articles(help_centre):
    home = help_centre["publicum"].category_id
    for kind in ("archivium", "deletium", "agentium"):
        taken = {"en": {"title": "Another", "slug": f"board-{kind}"}}
        with pytest.raises(DiwanError) as refusal:
            publish_article.create(Draft(home, taken), SYSTEM)
        assert refusal.value.code == "slug-taken"
