"""What the API says of itself: a document that is true, pages that work offline, health."""

import json
import re
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from chalicelib.api import operation
from chalicelib.api.examples import EXAMPLES
from chalicelib.api.routes import ROUTES
from chalicelib.store import table
from tests.api.conftest import Caller

SET_UP = {
    "agents": "Agent",
    "teams": "Team",
    "api-keys": "ApiKey",
    "organizations": "Organization",
    "fields": "Field",
}


@pytest.fixture
def document(gateway):
    return Caller(gateway, None).get("/v1/openapi.json").json


def test_the_document_is_valid_openapi_and_tells_of_every_call(document):
    validate(document)

    assert document["openapi"] == "3.1.0"
    told = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert told == {(route.method, route.path) for route in ROUTES}
    for path, item in document["paths"].items():
        for call in item.values():
            assert call["summary"] and call["description"], path


def test_the_document_and_the_door_say_the_same_of_limits(document):
    schemas = document["components"]["schemas"]

    assert schemas["NewTicket"]["additionalProperties"] is False
    assert schemas["NewTicket"]["properties"]["subject"]["maxLength"] == 998
    assert schemas["NewTicket"]["properties"]["tags"]["maxItems"] == 50
    assert schemas["FirstMessage"]["properties"]["text"]["maxLength"] == 65_536
    assert document["paths"]["/health"]["get"]["security"] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_what_its_schema_says(document, name):
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}

    Draft202012Validator(schema).validate(EXAMPLES[name])


def test_the_examples_of_requests_work(api, document):
    made = api.post("/v1/tickets", EXAMPLES["NewTicket"]).json
    customer = f"/v1/customers/{made['customer_id']}"

    assert api.patch(f"/v1/tickets/{made['id']}", EXAMPLES["TicketChange"]).status == 200
    assert api.post(f"/v1/tickets/{made['id']}/messages", EXAMPLES["NewMessage"]).status == 201
    assert api.patch(customer, EXAMPLES["CustomerChange"]).status == 200
    assert api.post("/v1/customers", {**EXAMPLES["NewCustomer"], "email": "b@example.org"}).status == 201
    for area, name in SET_UP.items():
        one = api.post(f"/v1/{area}", EXAMPLES[f"New{name}"])
        assert one.status == 201, one.text
        assert api.patch(f"/v1/{area}/{one.json['id']}", EXAMPLES[f"{name}Change"]).status == 200
    category = api.post("/v1/categories", EXAMPLES["NewCategory"]).json
    assert api.post("/v1/articles", {**EXAMPLES["NewArticle"], "category_id": category["id"]}).status == 201


def test_what_is_answered_is_what_the_document_says(api, document, ticket):
    api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Yes.", "html": "<b>Yes</b>"})
    for area, name in (("organizations", "NewOrganization"), ("fields", "NewField"), ("teams", "NewTeam")):
        assert api.post(f"/v1/{area}", EXAMPLES[name]).status == 201
    addresses = {
        "/v1/tickets": "Page_Ticket_",
        f"/v1/tickets/{ticket['id']}": "Ticket",
        f"/v1/tickets/{ticket['id']}/messages": "Page_Message_",
        f"/v1/customers/{ticket['customer_id']}": "Customer",
        "/v1/agents": "Page_Agent_",
        "/v1/teams": "Page_Team_",
        "/v1/api-keys": "Page_ApiKey_",
        "/v1/organizations": "Page_Organization_",
        "/v1/fields": "Page_Field_",
        "/v1/tickets/1": "Problem",
    }
    for address, name in addresses.items():
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        Draft202012Validator(schema).validate(api.get(address).json)


def test_every_operation_has_a_problem_for_each_thing_it_may_refuse():
    from chalicelib.api.problem_words import PROBLEMS

    for route in ROUTES:
        assert set(operation.load(route.operation).refuses) <= PROBLEMS.keys(), route


def test_the_pages_load_nothing_from_elsewhere(gateway):
    page = Caller(gateway, None).get("/docs")

    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert re.search(r'"/static/docs/swagger-ui-bundle\.[0-9a-f]{10}\.js"', page.text)
    assert "https://" not in page.text and "http://" not in page.text


def test_health_is_ok_while_the_table_answers(gateway, cloud):
    well = Caller(gateway, None).get("/health")

    assert (well.status, well.json["status"]) == (200, "ok")
    assert well.json["version"]
    assert well.json["mail"] == {"seen": 0, "accounted": 0, "missing": 0}


def test_health_says_what_is_wrong(gateway, cloud, monkeypatch):
    monkeypatch.setattr(table.Row.Meta, "table_name", "gone")
    monkeypatch.setattr(table.Row._get_connection(), "table_name", "gone")
    monkeypatch.setattr(table.RawMailCountsRow._get_connection(), "table_name", "gone")
    ill = Caller(gateway, None).get("/health")

    assert (ill.status, ill.json["status"]) == (503, "unavailable")
    assert "table" in ill.json["detail"]


def test_registering_the_door_costs_no_heavy_import():
    door = "import json, sys, chalice, chalicelib.api as api; api.register(chalice.Chalice('x'))"
    script = f"{door}; print(json.dumps(sorted(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(told.stdout.splitlines()[-1])}

    assert loaded & {"msgspec", "tantivy", "jinja2", "pynamodb", "phonenumbers", "nh3"} == set()
