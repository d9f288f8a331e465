"""The local server answers as API Gateway with our templates does, and serves the files that a CDN serves on AWS."""

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chalice import Chalice
from chalice import Response as ChaliceResponse

from chalicelib import static_files
from infra.local.gateway import Gateway
from infra.local.gateway import Response as LocalResponse
from infra.local.server import Server

app = Chalice("tried")


@app.route("/v1/things/{id}", methods=["GET", "POST"])
def thing(id: str) -> dict[str, Any]:
    request = app.current_request
    return {"id": id, "query": request.query_params and request.query_params.getlist("tag"), "length": _length(request)}


@app.route("/v1/things/newest")
def newest() -> dict[str, str]:
    return {"id": "the newest"}


@app.route("/form", methods=["POST"], content_types=["application/x-www-form-urlencoded"])
def form() -> ChaliceResponse:
    return ChaliceResponse(
        app.current_request.raw_body.decode(), headers={"Content-Type": "text/plain", "Set-Cookie": ["a=1", "b=2"]}
    )


def _length(request: Any) -> int:
    return len(request.raw_body)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(0, tmp_path_factory.mktemp("log") / "server.log")
    started.start(Gateway(app).answer, lambda request: LocalResponse(200, request.body), lambda: None)
    yield started
    started.stop()


def ask(server: Server, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[Any, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    octets = answer.read()
    connection.close()
    return answer, octets


def test_path_parameters_are_decoded_as_api_gateway_decodes_them(server: Server) -> None:
    _, body = ask(server, "GET", "/v1/things/a%20b%2F%D8%B3?tag=x&tag=y%26z")
    assert json.loads(body) == {"id": "a b/س", "query": ["x", "y&z"], "length": 0}


def test_a_literal_route_goes_before_one_with_a_parameter(server: Server) -> None:
    _, body = ask(server, "GET", "/v1/things/newest")
    assert json.loads(body) == {"id": "the newest"}


def test_an_unknown_address_is_the_problem_of_the_gateway_responses(server: Server) -> None:
    answer, body = ask(server, "GET", "/v1/nothing")
    problem = json.loads(body)
    assert answer.status == problem["status"] == 404
    assert answer.getheader("Content-Type") == "application/problem+json"
    assert problem["code"] == "not-found"
    assert problem["type"].startswith("http") and problem["type"].endswith("/docs/problems/not-found")
    assert answer.getheader("X-Request-Id") == problem["request_id"]
    assert "$" not in body.decode()


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/nothing"), ("DELETE", "/v1/things/1")])
def test_what_the_gateway_says_itself_follows_the_caller_into_arabic(server: Server, method: str, path: str) -> None:
    _, body = ask(server, method, path, Accept_Language="ar")
    problem = json.loads(body)
    assert all("\u0600" <= problem[name].strip()[0] <= "\u06ff" for name in ("title", "detail"))


def test_a_body_that_is_no_utf_8_is_refused(server: Server) -> None:
    answer, body = ask(server, "POST", "/v1/things/1", b'{"a": "\xff"}', Content_Type="application/json")
    assert (answer.status, json.loads(body)["code"]) == (400, "malformed")


def test_a_browser_is_told_about_an_unknown_address_in_words(server: Server) -> None:
    answer, body = ask(server, "GET", "/nothing", Accept="text/html,*/*")
    assert answer.status == 404
    assert answer.getheader("Content-Type") == "text/plain; charset=utf-8"
    assert b"nothing at this address" in body


def test_a_wrong_method_is_told_what_is_allowed(server: Server) -> None:
    answer, body = ask(server, "DELETE", "/v1/things/1")
    assert answer.status == 405
    assert answer.getheader("Allow") == "GET, POST"
    assert json.loads(body)["code"] == "method-not-allowed"


def test_head_is_get_without_the_body(server: Server) -> None:
    answer, body = ask(server, "HEAD", "/v1/things/1")
    assert (answer.status, body) == (200, b"")
    assert int(answer.getheader("Content-Length")) > 0


def test_several_cookies_stay_several(server: Server) -> None:
    answer, body = ask(server, "POST", "/form", "text=سلام".encode(), Content_Type="application/x-www-form-urlencoded")
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    assert body.decode() == "text=سلام"


def test_a_body_over_ten_megabytes_is_refused_before_it_is_read(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("POST", "/v1/things/1")
    connection.putheader("Content-Length", str(10 * 1024 * 1024 + 1))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert json.loads(answer.read())["code"] == "too-large"
    connection.close()


def test_a_body_of_ten_megabytes_goes_through(server: Server) -> None:
    answer, body = ask(server, "POST", "/v1/things/1", b"x" * (10 * 1024 * 1024), Content_Type="application/json")
    assert (answer.status, json.loads(body)["length"]) == (200, 10 * 1024 * 1024)


def test_a_body_without_a_length_is_refused(server: Server) -> None:
    answer, _ = ask(server, "POST", "/v1/things/1", None, Transfer_Encoding="chunked")
    assert answer.status == 411


def test_one_connection_serves_many_requests(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    for _ in range(3):
        connection.request("GET", "/v1/things/1")
        assert connection.getresponse().read()
    connection.close()


def test_every_request_leaves_a_line_in_the_log(server: Server, tmp_path: Path) -> None:
    log = tmp_path / "log"
    own = Server(0, log)
    own.start(Gateway(app).answer, lambda request: LocalResponse(200), lambda: None)
    ask(own, "GET", "/v1/things/1?tag=yes")
    own.stop()
    assert " GET /v1/things/1?tag=yes 200 " in log.read_text()


def test_static_files_have_their_type_and_are_not_sent_twice(server: Server) -> None:
    answer, _ = ask(server, "GET", "/static/css/base.css")
    assert (answer.status, answer.getheader("Content-Type")) == (200, "text/css; charset=utf-8")
    again, nothing = ask(server, "GET", "/static/css/base.css", If_None_Match=answer.getheader("ETag"))
    assert (again.status, nothing) == (304, b"")
    font, _ = ask(server, "GET", "/static/fonts/vazirmatn-latin-400-normal.woff2")
    assert font.getheader("Content-Type") == "font/woff2"


def test_static_files_are_kept_for_a_year_under_the_names_that_pages_call_them(server: Server) -> None:
    sheet, content = ask(server, "GET", f"/static/{static_files.name('css/fonts.css')}")
    assert sheet.getheader("Cache-Control") == "public, max-age=31536000, immutable"
    (name,) = set(re.findall(rb"\.\./(fonts/markazi-text-latin[^)]+)", content))
    assert name.decode() == static_files.name("fonts/markazi-text-latin-600-normal.woff2")
    font, _ = ask(server, "GET", f"/static/{name.decode()}")
    assert (font.status, font.getheader("Content-Type")) == (200, "font/woff2")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/css", "/static/no", "/static/a%00b"]
)
def test_nothing_outside_the_static_files_is_served(server: Server, path: str) -> None:
    answer, _ = ask(server, "GET", path)
    assert answer.status == 404
