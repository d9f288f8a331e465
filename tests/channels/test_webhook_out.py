"""The door outwards: only to public addresses, the very ones that were looked at, and never longer than it may."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from chalicelib import clock
from chalicelib.channels import webhook_out
from chalicelib.domain.webhook_delivery import MOST_ATTEMPTS_KEPT, Attempt
from tests.receiver import Receiver, Reply, listening

HEADERS = {"Content-Type": "application/json"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as started:
        yield started


@pytest.fixture
def names(monkeypatch):
    """A resolver under our hand: the answers for each name, one a question, the last one ever after."""
    answers: dict[str, list[list[str]]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host, port, *args, **kwargs):
        if host not in answers:
            return real(host, port, *args, **kwargs)
        asked.append(host)
        listed = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        if not listed:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        family = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(family[":" in one], socket.SOCK_STREAM, 6, "", (one, port)) for one in listed]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return answers, asked


def post(url: str, body: bytes = b"{}") -> webhook_out.Outcome:
    return webhook_out.post(url, body, HEADERS, loopback=True)


def test_a_post_arrives_as_it_was_sent_and_its_answer_is_told(receiver):
    receiver.script = [Reply(200, {"X-Secret": "x"}, "thanks")]
    outcome = post(receiver.url + "?shop=1", '{"a":"ب"}'.encode())
    (came,) = receiver.received

    assert (outcome.status, outcome.error, outcome.answer) == (200, None, "thanks")
    assert (came.path, came.body) == ("/hooks?shop=1", '{"a":"ب"}'.encode())
    assert came.headers["content-type"] == "application/json"
    assert came.headers["host"] == receiver.url.split("/")[2]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(receiver, status):
    receiver.script = [Reply(status, {"Location": "http://169.254.169.254/latest/meta-data/"})]
    outcome = post(receiver.url)

    assert outcome.status == status
    assert str(status) in (outcome.error or "")
    assert len(receiver.received) == 1


def test_a_name_that_answers_differently_the_second_time_is_asked_once(receiver, names):
    answers, asked = names
    answers["shop.example"] = [["127.0.0.1"], ["169.254.169.254"]]
    outcome = post(receiver.url.replace("127.0.0.1", "shop.example"))

    assert outcome.status == 204
    assert asked == ["shop.example"]
    assert receiver.received[0].headers["host"].startswith("shop.example:")


def test_of_several_addresses_the_first_that_takes_us_is_taken(receiver, names):
    names[0]["shop.example"] = [["127.0.0.2", "127.0.0.1"]]

    assert post(receiver.url.replace("127.0.0.1", "shop.example")).status == 204


@pytest.mark.parametrize(
    "listed", [["169.254.169.254"], ["8.8.8.8", "10.0.0.1"], ["fd00:ec2::254"], ["8.8.8.8", "::ffff:10.0.0.1"]]
)
def test_a_name_with_one_address_inside_is_refused_as_a_whole(names, monkeypatch, listed):
    names[0]["shop.example"] = [listed]
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was made"))
    outcome = webhook_out.post("https://shop.example/", b"{}", HEADERS)

    assert outcome.status is None
    assert "is not a public address" in (outcome.error or "")


def test_outside_of_a_local_run_this_machine_is_refused(receiver, names):
    names[0]["shop.example"] = [["127.0.0.1"]]

    assert "must begin with https" in (webhook_out.post(receiver.url, b"{}", HEADERS).error or "")
    assert "127.0.0.1 is not" in (webhook_out.post("https://shop.example:8443/", b"{}", HEADERS).error or "")
    assert receiver.received == []


def test_proxies_of_the_environment_are_not_asked(receiver, monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert post(receiver.url).status == 204


@pytest.mark.parametrize("reply", [Reply(200, text="x" * 40, trickle=0.1), Reply(204, hang=10)])
def test_the_time_is_that_of_everything_together(receiver, monkeypatch, reply):
    monkeypatch.setattr(webhook_out, "SECONDS", 0.5)
    receiver.script = [reply]
    began = time.monotonic()
    outcome = post(receiver.url)

    assert time.monotonic() - began < 3
    if reply.hang:
        assert (outcome.status, outcome.error) == (None, "No answer within 0 seconds.")
    else:
        assert outcome.status == 200, "what it said counts, its idle talk does not"
        assert 0 < len(outcome.answer or "") < 40


def test_a_receiver_that_trickles_its_headers_is_cut_off(monkeypatch):
    monkeypatch.setattr(webhook_out, "SECONDS", 0.5)
    with Trickling(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000) as url:
        began = time.monotonic()
        outcome = post(url)

    assert time.monotonic() - began < 3
    assert outcome.status is None
    assert "No answer within" in (outcome.error or "")


def test_a_name_server_that_is_silent_costs_no_more_time(names, monkeypatch):
    monkeypatch.setattr(webhook_out, "SECONDS", 0.3)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(4))
    began = time.monotonic()
    outcome = post("http://shop.example:8080/")

    assert time.monotonic() - began < 3
    assert "gave no answer in time" in (outcome.error or "")


def test_a_page_of_the_log_full_of_hostile_answers_stays_under_the_six_megabytes_that_lambda_takes(receiver):
    receiver.script = [Reply(500, text="\x1b" * 200_000)]
    outcome = post(receiver.url)
    longest = Attempt(clock.now(), 500, 15_000, "\N{REPLACEMENT CHARACTER}" * 150, outcome.answer)

    assert len(msgspec.json.encode(longest)) * MOST_ATTEMPTS_KEPT * 100 < 6 * 1024 * 1024


def test_of_a_long_answer_only_the_beginning_is_kept_and_nothing_that_could_upset_a_reader(receiver):
    receiver.script = [Reply(500, text="\x1b[31m\x00" + "é" * 200_000)]
    outcome = post(receiver.url)

    assert outcome.status == 500
    assert len((outcome.answer or "").encode()) < 2 * webhook_out.MOST_ANSWER
    assert "\x1b" not in (outcome.answer or "") and "\x00" not in (outcome.answer or "")


@pytest.mark.parametrize(
    ("said", "words"),
    [(b"", "broke off"), (b"SSH-2.0-OpenSSH_9.2\r\n", "not HTTP"), (b"HTTP/1.1 banana\r\n\r\n", "not HTTP")],
)
def test_what_is_no_answer_is_told_in_words(said, words):
    with Trickling(said, pause=0) as url:
        outcome = post(url)

    assert outcome.status is None
    assert words in (outcome.error or "")


def test_a_closed_port_and_an_unknown_name_are_told_in_words(names):
    names[0]["no-such-name.example"] = [[]]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert post(f"http://127.0.0.1:{port}/").error == "The receiver refused the connection."
    assert "has no address" in (post("http://no-such-name.example/").error or "")


def test_a_certificate_is_checked_against_the_name_and_the_address_is_still_the_pinned_one(
    receiver, names, monkeypatch, tmp_path
):
    answers, _ = names
    answers["shop.example"] = answers["other.example"] = [["127.0.0.1"]]
    authority = _tls(receiver, tmp_path, "shop.example")
    port = receiver.server.server_port
    monkeypatch.setattr(webhook_out, "_context", lambda: ssl.create_default_context(cafile=str(authority)))

    assert post(f"https://shop.example:{port}/hooks").status == 204
    assert "certificate is not good" in (post(f"https://other.example:{port}/hooks").error or "")
    monkeypatch.setattr(webhook_out, "_context", ssl.create_default_context)
    assert "certificate is not good" in (post(f"https://shop.example:{port}/hooks").error or "")
    assert len(receiver.received) == 1


class Trickling:
    """A server that takes one connection and says `said`, octet by octet."""

    def __init__(self, said: bytes, pause: float = 0.05) -> None:
        self._said, self._pause = said, pause
        self._listener = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        threading.Thread(target=self._serve, daemon=True).start()
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/"

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        taken, _ = self._listener.accept()
        with taken:
            asked = b""
            while not asked.endswith(b"{}"):
                asked += taken.recv(65_536)
            try:
                for octet in self._said:
                    taken.sendall(bytes([octet]))
                    time.sleep(self._pause)
            except OSError:
                return


def _tls(receiver: Receiver, folder: Path, name: str) -> Path:
    """Let the receiver speak TLS with a certificate for `name`; returns the file of who signed it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    secret.write_bytes(key.private_bytes(*form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    return certificate
