"""A shop that is stopped and started again on other ports goes on where it was."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from tests.journeys.product import running
from tests.journeys.test_main_job import letter, mails_to, messages_of, person, reply, tickets_of


def test_conversations_go_on_after_a_restart_and_their_links_work(tmp_path: Path) -> None:
    alice = person()
    with running(tmp_path / "data") as first:
        first.mail(alice, letter(alice, "Before the night."))
        first.settle()
        [ticket] = tickets_of(first, email=alice)
        reply(first, ticket, "We close now.")
        first.settle()
        [answer] = [mail for mail in mails_to(first, alice) if "We close now." in str(mail)]
        articles = first.api("GET", "/search/articles?q=delivery&locale=en").json()["total"]
        assert first.stop() == 0

    with running(tmp_path / "data") as second:
        assert second.url != first.url
        again = second.api("GET", f"/tickets/{ticket['number']}").json()
        assert (again["id"], again["status"], again["message_count"]) == (ticket["id"], "pending", 2)
        assert second.api("GET", "/search/articles?q=delivery&locale=en").json()["total"] == articles > 0

        second.mail(alice, letter(alice, "Good morning."), to=answer["Reply-To"])
        second.settle()
        assert [m["text"].strip() for m in messages_of(second, ticket)][-1] == "Good morning."

        body = answer.get_body(("plain",))
        assert body is not None
        [link] = re.findall(rf"{re.escape(first.url)}\S+", body.get_content())
        assert second.call("GET", urlsplit(link).path).status == 200
