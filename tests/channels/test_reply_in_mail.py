"""A whole mail's visible reply, where its two forms, or its subject, have a say."""

from email.message import EmailMessage

from chalicelib.channels import email_in


def _mail(text: str, html: str | None = None, subject: str = "Re: Your order") -> bytes:
    mail = EmailMessage()
    mail["From"] = "Alice <alice@example.com>"
    mail["Subject"] = subject
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail.as_bytes()


def test_html_tells_a_quote_that_the_plain_form_hides() -> None:
    mail = email_in.read(
        _mail(
            "Ha, rahmat.\n\nGhusn deb yozdi:\n\nTaxta keldimi?\n",
            "<div>Ha, rahmat.</div>"
            "<blockquote type=cite><div>Ghusn deb yozdi:</div><div>Taxta keldimi?</div></blockquote>",
        )
    )
    assert mail.visible_text == "Ha, rahmat."
    assert "Taxta keldimi?" in mail.quoted_text


def test_html_with_other_words_has_no_say() -> None:
    mail = email_in.read(_mail("It broke.", "<p>See in your browser</p><blockquote>It broke.</blockquote>"))
    assert mail.visible_text == "It broke."
    assert mail.quoted_text == ""


def test_outlook_passes_a_mail_on_under_the_headers_it_answers_with() -> None:
    text = "Is this yours?\n\nFrom: Bob <bob@x.example>\nSent: 2 March 2026 10:15\nTo: Alice\nSubject: Hi\n\nPay!\n"
    assert email_in.read(_mail(text, subject="FW: Hi")).visible_text == text.strip()
    assert email_in.read(_mail(text)).visible_text == "Is this yours?"
