"""Whether a machine wrote a mail: answering those makes loops. One trace of a machine is enough (RFC 3834, 2)."""

import re

from chalicelib.channels.email_headers import Headers

_PRESENT = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-auto-reply-from",
    "x-mail-autoreply",
    "x-vacation",
    "x-cron-env",
    "x-failed-recipients",
    "x-fc-machinegenerated",
    "x-feedback-loop",
    "list-id",
    "list-help",
    "list-post",
    "list-subscribe",
    "list-unsubscribe",
    "list-owner",
    "list-archive",
)
_PRECEDENCES = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
_MACHINES = re.compile(r"(mailer-?daemon|post_?master|mail-?daemon|mdaemon|auto-?reply)@")
# How mail programs begin the subject of an absence note, by language.
_SUBJECTS = {
    "en": r"auto(matic|mated)?[ -]?(reply|response)|out[ -]of[ -](the[ -])?office|auto:|on vacation|vacation reply",
    "ar": r"رد تلقائي|الرد التلقائي|ردّ تلقائيّ?|رد آلي|خارج المكتب",
    "fr": r"réponse automatique|absence du bureau|absent du bureau",
    "de": r"automatische antwort|abwesenheits(notiz|nachricht|meldung)|abwesend:",
    "es": r"respuesta automática|fuera de (la )?oficina",
    "it": r"risposta automatica|fuori (sede|ufficio)",
    "pt": r"resposta automática|ausência temporária|fora do escritório",
    "nl": r"automatisch antwoord|afwezig(heid)?:|niet aanwezig",
    "pl": r"automatyczna odpowiedź|odpowiedź automatyczna|poza biurem",
    "ru": r"автоматический ответ|автоответ",
    "uk": r"автоматична відповідь|автовідповідь",
    "tr": r"otomatik (yanıt|cevap)|ofis dışında",
    "he": r"מענה אוטומטי|תשובה אוטומטית|מחוץ למשרד",
    "fa": r"پاسخ خودکار",
    "sv": r"automatiskt svar|frånvaro",
    "da": r"automatisk svar|ikke til stede",
    "no": r"automatisk svar|fraværsmelding",
    "fi": r"automaattinen vastaus|poissa",
    "zh": r"自动(回复|答复)|自動(回覆|答覆)",
    "ja": r"自動(返信|応答)|不在",
}
_SUBJECT = re.compile(r"^\W*(?:" + "|".join(_SUBJECTS.values()) + ")", re.IGNORECASE)


def is_automatic(headers: Headers, content_type: str, from_email: str | None, subject: str) -> bool:
    """Whether the mail came from a machine: an absence note, a list, a bulk sender, a report of delivery."""
    return (
        _says_so(headers)
        or any(headers.raw(name) is not None for name in _PRESENT)
        or content_type == "multipart/report"
        or null_return_path(headers)
        or bool(from_email and _MACHINES.match(from_email))
        or bool(_SUBJECT.match(subject))
    )


def is_absence_note(subject: str) -> bool:
    """Whether a person's program answered for the person, which is no bounce even when it looks like one."""
    return bool(_SUBJECT.match(subject))


def null_return_path(headers: Headers) -> bool:
    return "".join((headers.text("return-path") or "-").split()) == "<>"


def _says_so(headers: Headers) -> bool:
    submitted = _word(headers, "auto-submitted")
    suppress = _word(headers, "x-auto-response-suppress")
    return (
        submitted not in ("", "no")
        or suppress not in ("", "none")
        or any(_word(headers, name) in _PRECEDENCES for name in ("precedence", "x-precedence", "preference"))
        or "autoresponder" in (headers.text("x-post-messageclass") or "").lower()
        or "autoresponder" in (headers.text("delivered-to") or "").lower()
    )


def _word(headers: Headers, name: str) -> str:
    """The first word of a header, since RFC 3834 allows parameters and comments after it."""
    return re.split(r"[\s;,(]", (headers.text(name) or "").strip().lower(), maxsplit=1)[0]
