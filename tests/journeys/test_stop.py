"""STOP by the whole road, in each language: heeded within one message, and nothing goes out afterwards."""

from tests.journeys.product import Product

WORDS = {"+21698300001": "STOP", "+21698300002": "Arrêt", "+21698300003": "Baja.", "+21698300004": "إيقاف"}


def test_who_texts_stop_in_whatever_language_is_texted_no_more(product: Product) -> None:
    for number in WORDS:
        product.local("POST", "sms", {"from": number, "body": "Are you open today?"})
    product.settle()
    for number, word in WORDS.items():
        product.local("POST", "sms", {"from": number, "body": word})
    product.settle()

    for number, word in WORDS.items():
        (customer,) = product.api("GET", f"/customers?phone=%2B{number[1:]}").json()["data"]
        (ticket,) = product.api("GET", f"/tickets?customer_id={customer['id']}").json()["data"]
        refused = product.api("POST", f"/tickets/{ticket['id']}/messages", {"text": "Until six.", "channel": "sms"})
        (entry,) = product.api("GET", f"/customers/{customer['id']}/consents").json()["data"]
        assert (ticket["status"], ticket["message_count"]) == ("new", 2)
        assert (refused.status, refused.json()["code"]) == (422, "recipient-opted-out")
        assert (entry["channel"], entry["action"], entry["source"], entry["text"]) == ("sms", "opt_out", "sms", word)
    assert not [one for one in product.local("GET", "outbox")["sms"] if one["to"] in WORDS]
