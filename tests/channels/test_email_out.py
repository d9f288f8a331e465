"""Mails of ours, read back by Python's own strict parser, by our reader, and from moto's SES."""

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib import aws
from chalicelib.channels import email_in, email_out
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain import delivery_reason

ARABIC = "مرحبا أليس،\n\nلوح جديد في الطريق إليك.\n"
LATIN = "Dear Alice,\n\nA new board is on its way – free of charge.\n.\nFrom here it takes two days.\n"


def compose(**changed: Any) -> bytes:
    given: dict[str, Any] = {
        "from_name": "Ghusn",
        "from_email": "help@ghusn.example",
        "to": ["alice@example.com"],
        "subject": "Your board [#2041]",
        "text": LATIN,
        "html": '<html lang="en" dir="ltr"><p>Dear Alice</p></html>',
        "locale": "en",
        "message_id": "msg_01@ghusn.example",
        "reply_to": "reply+abc@in.ghusn.example",
        "date": datetime(2026, 3, 2, 9, 15, tzinfo=UTC),
    }
    return email_out.compose(**(given | changed))


def parse(raw: bytes) -> EmailMessage:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert [part.defects for part in mail.walk()] == [[] for _ in mail.walk()]
    assert [value.defects for value in mail.values()] == [() for _ in mail.values()]
    return mail


@pytest.mark.parametrize(
    "text", [LATIN, ARABIC, "", "x" * 5_000, "a\rb\r\nc\n"], ids=["latin", "arabic", "empty", "long", "ends"]
)
def test_text_and_html_come_back_as_written(text: str) -> None:
    mail = parse(compose(text=text, html=f"<p>{text}</p>"))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert _lines(mail.get_body(("plain",))) == plain.rstrip("\n")
    assert _lines(mail.get_body(("html",))) == f"<p>{plain}</p>"


def test_our_reader_understands_our_mail() -> None:
    subject = "بخصوص لوح التقطيع الذي انشق بعد أسبوع واحد من الاستعمال العادي في المطبخ"
    read = email_in.read(compose(text=ARABIC, subject=subject, from_name="غصن، خدمة العملاء"))
    assert (read.subject, read.from_name, read.from_email) == (subject, "غصن، خدمة العملاء", "help@ghusn.example")
    assert read.text == ARABIC.strip()
    assert read.reply_to == ("reply+abc@in.ghusn.example",)
    assert read.date == datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    assert (read.automatic, read.bounce, read.problems) == (False, None, ())


@pytest.mark.parametrize("text", [LATIN, ARABIC])
def test_every_mail_is_seven_bit_with_short_lines(text: str) -> None:
    files = [Attachment("صورة.png", "image/png", bytes(range(256)) * 20)]
    raw = compose(
        text=text,
        html=text * 50,
        subject=text * 20,
        from_name=text,
        references=[f"<{'x' * 30}{n}@mail.example.com>" for n in range(300)],
        attachments=files,
        headers={"X-Long": "word " * 500},
    )
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(len(line) for line in head.split(b"\r\n")) <= 80


INJECTION = "x\r\nBcc: charlie@example.org\r\n\r\nHello\nX-Evil: 1\r\x00\u2028Y: 2"


@pytest.mark.parametrize(
    "place", ["from_name", "subject", "message_id", "in_reply_to", "locale", "references", "headers"]
)
def test_no_argument_can_add_a_header(place: str) -> None:
    value: Any = {"references": [INJECTION], "headers": {"List-Unsubscribe": INJECTION}}.get(place, INJECTION)
    plain, hurt = (
        parse(compose(headers={"List-Unsubscribe": "<https://ghusn.example/x>"})),
        parse(compose(**{place: value})),
    )
    assert set(hurt.keys()) - set(plain.keys()) <= {"In-Reply-To"}
    assert _lines(hurt.get_body(("plain",))) == LATIN.rstrip("\n")


@pytest.mark.parametrize("place", ["from_email", "to", "cc", "reply_to"])
@pytest.mark.parametrize(
    "address", [INJECTION, "a@b.example\r\nBcc: c@d.example", "a b@c.example", "أليس@example.com", "a@"]
)
def test_what_is_no_address_is_rejected(place: str, address: str) -> None:
    with pytest.raises(Rejected):
        compose(**{place: [address] if place in ("to", "cc") else address})


def test_a_domain_in_another_script_is_encoded() -> None:
    assert parse(compose(to="alice@مثال.example"))["To"] == "alice@xn--mgbh0fb.example"


@pytest.mark.parametrize("turn", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
def test_no_words_turn_the_direction_of_what_stands_beside_them(turn: str) -> None:
    mail = parse(compose(subject=f"Invoice {turn}gpj.exe", from_name=f"Ghusn {turn}desk"))
    assert mail["Subject"] == "Invoice  gpj.exe"
    assert mail["From"].addresses[0].display_name == "Ghusn desk"


def test_the_marks_that_arabic_needs_stay() -> None:
    words = "طلب\u200f #12 (أزرق)\u200e"
    assert parse(compose(subject=words))["Subject"] == words


@pytest.mark.parametrize("name", ["bcc", "From", "X Y", "X:", "Ünder", ""])
def test_further_headers_cannot_be_those_we_write(name: str) -> None:
    with pytest.raises(ValueError, match="not a further header"):
        compose(headers={name: "x"})


def test_only_automatic_mails_say_that_they_are() -> None:
    written = parse(compose(in_reply_to="<a@example.com>"))
    assert written["Auto-Submitted"] is None and written["X-Auto-Response-Suppress"] is None
    assert parse(compose(automatic=True))["Auto-Submitted"] == "auto-generated"
    answer = compose(automatic=True, in_reply_to="<a@example.com>")
    assert parse(answer)["Auto-Submitted"] == "auto-replied"
    assert parse(answer)["X-Auto-Response-Suppress"] == "All"
    assert email_in.read(answer).automatic


def test_our_own_id_stands_in_the_references_since_ses_rewrites_the_message_id() -> None:
    mail = email_in.read(compose(references=["<one@example.com>", "two@example.com"], in_reply_to="two@example.com"))
    assert mail.references == ("one@example.com", "two@example.com", "msg_01@ghusn.example")
    assert mail.message_id == "msg_01@ghusn.example"
    assert mail.in_reply_to == "two@example.com"


def test_long_references_keep_the_first_and_the_newest() -> None:
    mail = email_in.read(compose(references=[f"{n}@example.com" for n in range(500)]))
    assert len(mail.references) == 41
    assert (mail.references[0], mail.references[-2]) == ("0@example.com", "499@example.com")


def test_attachments_and_inline_images_come_back() -> None:
    photo = Attachment("صورة لوح التقطيع بعد أن انشق من طرفه الأيمن تماما.png", "image/png", bytes(range(256)))
    logo = Attachment("logo.png", "image/png", b"logo", content_id="logo@ghusn.example", inline=True)
    mail = Attachment("mail.eml", "message/rfc822", b"From: x")
    raw = compose(html='<img src="cid:logo@ghusn.example">', attachments=[photo, logo, mail])
    assert {part.get_filename() for part in parse(raw).walk()} == {None, photo.name, logo.name, mail.name}
    read = email_in.read(raw)
    assert {(file.name, file.content, file.content_id) for file in read.attachments} == {
        (file.name, file.content, file.content_id) for file in (photo, logo, mail)
    }
    assert read.text == LATIN.strip()


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"b;c.png', "x\r\nY: 1.png", "", "é" * 300])
def test_no_attachment_name_breaks_the_mail(name: str) -> None:
    (file,) = email_in.read(compose(attachments=[Attachment(name, "image/png; evil\r\nX: y", b"1")])).attachments
    assert file.content == b"1"
    assert "\n" not in file.name and "/" not in file.name


@pytest.fixture
def ses() -> Iterator[Any]:
    with mock_aws():
        aws.forget_clients()
        boto3.client("sesv2", "eu-west-1").create_email_identity(EmailIdentity="help@ghusn.example")
        yield ses_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"]
    aws.forget_clients()


def test_a_sent_mail_reaches_ses_octet_for_octet(ses: Any) -> None:
    raw = compose(text=ARABIC)
    carrier_id = email_out.send(raw, to=["alice@example.com"], delivery_id="dlv-1")
    (sent,) = ses.sent_messages
    assert sent.id == carrier_id
    assert sent.raw_data.encode() == raw
    assert set(sent.destinations) == {"alice@example.com"}


def test_a_sender_ses_does_not_know_is_rejected_with_the_reason(ses: Any) -> None:
    with pytest.raises(Rejected) as refused:
        email_out.send(compose(from_email="x@elsewhere.example"), to=["alice@example.com"], delivery_id="dlv-1")
    assert refused.value.code == "own-address-unverified"


_FAILED = "Email address is not verified. The following identities failed the check in region EU-WEST-1: "


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (_FAILED + "workshop@elsewhere.example", "own-address-unverified"),
        (_FAILED + "alice@example.com, Ghusn <help@ghusn.example>", "own-address-unverified"),
        (_FAILED + "Alice@example.com", "sandbox"),
        ("Email address is not verified.", "own-address-unverified"),
        ("Illegal address", "bad-address"),
        ("Message length is more than 41943040 bytes long", "too-large-to-send"),
        ("Something nobody has heard of", "not-taken"),
    ],
)
def test_whose_address_ses_refuses_is_told(monkeypatch: pytest.MonkeyPatch, message: str, code: str) -> None:
    response: Any = {"Error": {"Code": "MessageRejected", "Message": message}}
    _ses_answers(monkeypatch, ClientError(response, "SendEmail"))
    with pytest.raises(Rejected) as raised:
        email_out.send(b"raw", to=["alice@example.com"], delivery_id="dlv-1")
    assert raised.value.code == code
    assert all(delivery_reason.words(code, language) for language in ("en", "ar"))


def test_the_delivery_and_the_configuration_set_travel_with_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_SES_CONFIGURATION_SET", "diwan-events")
    asked = _ses_answers(monkeypatch, {"MessageId": "0100"})
    assert email_out.send(b"raw", to="alice@example.com", delivery_id="tkt-msg-reply") == "0100"
    assert asked[0]["EmailTags"] == [{"Name": "delivery", "Value": "tkt-msg-reply"}]
    assert asked[0]["ConfigurationSetName"] == "diwan-events"
    assert asked[0]["Destination"] == {"ToAddresses": ["alice@example.com"]}


@pytest.mark.parametrize(
    ("answer", "meaning", "seconds"),
    [
        (("TooManyRequestsException", "Maximum sending rate exceeded.", 429), Throttled, 2),
        (("ThrottlingException", "Rate exceeded", 400), Throttled, 2),
        (("LimitExceededException", "Daily message quota exceeded.", 400), Throttled, 3600),
        (("SendingPausedException", "Sending is paused.", 400), Throttled, 3600),
        (("MessageRejected", "Email address is not verified.", 400), Rejected, None),
        (("BadRequestException", "Illegal address", 400), Rejected, None),
        (("InternalFailure", "", 500), Unknown, None),
        (("ServiceUnavailable", "", 503), Unknown, None),
    ],
)
def test_the_refusals_of_ses_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, answer: tuple[str, str, int], meaning: type[Exception], seconds: int | None
) -> None:
    code, message, status = answer
    response: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    _ses_answers(monkeypatch, ClientError(response, "SendEmail"))
    with pytest.raises(meaning) as raised:
        email_out.send(b"raw", to=["alice@example.com"], delivery_id="dlv-1")
    assert getattr(raised.value, "seconds", None) == seconds


def test_a_time_out_may_have_been_sent_but_a_missing_connection_was_not(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://email.eu-west-1.amazonaws.com"
    for error, meaning in (
        (ReadTimeoutError(endpoint_url=url), Unknown),
        (ConnectTimeoutError(endpoint_url=url), Throttled),
        (EndpointConnectionError(endpoint_url=url), Throttled),
    ):
        _ses_answers(monkeypatch, error)
        with pytest.raises(meaning):
            email_out.send(b"raw", to=["alice@example.com"], delivery_id="dlv-1")


def test_a_fault_of_ours_is_not_taken_for_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    _ses_answers(monkeypatch, KeyError("a fault"))
    with pytest.raises(KeyError):
        email_out.send(b"raw", to=["alice@example.com"], delivery_id="dlv-1")


def _ses_answers(monkeypatch: pytest.MonkeyPatch, answer: Any) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []

    class Ses:
        def send_email(self, **request: Any) -> Any:
            asked.append(request)
            if isinstance(answer, Exception):
                raise answer
            return answer

    monkeypatch.setattr(aws, "client", lambda service: Ses())
    return asked


def _lines(part: Any) -> str:
    return part.get_content().replace("\r\n", "\n").rstrip("\n")
