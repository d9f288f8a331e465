"""Whether a machine may answer a mail: answering machines makes loops. One trace of one is enough (RFC 3834, 2).

What comes by a mailing list is not answered either, since all of the list would be; but a person may have written it.
"""

import re

from chalicelib.channels.email_headers import Headers

_MACHINES_FIELDS = (
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
)
_LISTS_FIELDS = (
    "list-id",
    "list-help",
    "list-post",
    "list-subscribe",
    "list-unsubscribe",
    "list-owner",
    "list-archive",
)
_PRECEDENCES = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
# Mailing lists call what people post `list`, older ones `bulk`.
_LISTS_PRECEDENCES = {"", "list", "bulk"}
# MS-OXCMAIL 2.2.3.2.14: the other values keep off reports of delivery and reading, not answers.
_SUPPRESSED = re.compile(r"\b(all|oof|autoreply)\b")
_MACHINES = re.compile(
    r"(mailer-?daemon|post_?master|mail-?daemon|mdaemon|auto-?reply|(no|do[-_.]?not)[-_.]?reply|bounces?)([-+].*)?@"
)
_POSTMASTERS = re.compile(r"post_?master@")
# A postmaster's machine reports; only a person answers.
_ANSWER = re.compile(r"\s*(re|aw|sv|vs|antw|odp|رد|الرد|回复|回覆|答复)\s*[:：]", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
# How mail programs begin the subject of an absence note, by language; what it answers may stand behind it.
_SUBJECTS = {
    "en": r"auto(matic|mated)?[ -]?(reply|response)( (from|to|for)\b.*)?|vacation (reply|response|message)|on vacation"
    r"|auto: .*\bout of the office\b.*"
    r"|out[ -]of[ -](the[ -])?office([ -](auto[ -]?reply|reply|response|message|notification|notice))?",
    "ar": r"رد تلقائي|الرد التلقائي|ردّ تلقائيّ?|رد آلي|خارج المكتب",
    "fr": r"réponse automatique|absence du bureau|absent du bureau",
    "de": r"automatische antwort|abwesenheits(notiz|nachricht|meldung)|abwesend",
    "es": r"respuesta automática|fuera de (la )?oficina",
    "it": r"risposta automatica|fuori (sede|ufficio)",
    "pt": r"resposta automática|ausência temporária|fora do escritório",
    "nl": r"automatisch antwoord|afwezig(heid)?|niet aanwezig",
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
    "ja": r"自動(返信|応答)|不在(通知|のお知らせ)?",
}
# What stands in such notes, and how programs begin the subject of a receipt for having read a mail.
_ABSENT = (
    r"out[ -]of[ -](the[ -])?office|on (vacation|holiday|(annual|parental|sick|maternity|paternity) leave)"
    r"|i( a|')m (away|on leave)|limited access to (my )?e-?mail|خارج المكتب|في إجازة|(en|de) (congés?|vacances)"
    r"|absent(e)? du|nicht im büro|im urlaub|außer haus|de vacaciones|fuera de la oficina|in ferie|fuori ufficio"
    r"|de férias|fora do escritório|op vakantie|niet op kantoor|na urlopie|poza biurem|в отпуске|у відпустці"
    r"|ofis dışında|izindeyim|מחוץ למשרד|בחופשה|خارج از دفتر|på semester|på ferie|休假|外出中|休暇"
)
_RECEIPTS = (
    r"(not )?read( receipt)?|return receipt|(un|nicht )?gelesen|lesebestätigung|(non )?lu|accusé de (lecture|réception)"
    r"|(no )?leído|confirmación de lectura|(non )?letto|conferma di lettura|(não )?lida|gelezen|przeczytan[oe]"
    r"|прочитано|okundu|läst|læst|lest|luettu|تمت القراءة|إيصال قراءة|נקרא|已读|已讀|開封済み"
)
_WORDS_LOOKED_AT = 500
_BEHIND = r"\s*(?:$|[:：(\[<«\"“|/–—-]|(?:re|aw|sv|vs|antw|odp|fwd?|رد)\b)"
_SUBJECT = re.compile(r"^\W*(?:" + "|".join(_SUBJECTS.values()) + ")" + _BEHIND, re.IGNORECASE)
_RECEIPT = re.compile(rf"^\s*(?:{_RECEIPTS})\s?[:：]", re.IGNORECASE)
_ABSENCE = re.compile(r"(?<!\w)(?:" + "|".join((*_SUBJECTS.values(), _ABSENT)) + r")(?!\w)", re.IGNORECASE)


def is_automatic(headers: Headers, content_type: str, from_email: str | None, subject: str) -> bool:
    """Whether no machine may answer the mail: an absence note, a list, a bulk sender, a report of delivery."""
    return (
        _is_of_machine(headers, content_type, from_email, subject)
        or _names_list(headers)
        or any(precedence in _PRECEDENCES for precedence in _precedences(headers))
    )


def is_of_person_by_list(headers: Headers, content_type: str, from_email: str | None, subject: str) -> bool:
    """Whether a person wrote it and it came by a list, such as a group that forwards to us: it waits for an answer.

    A list that people write to says so, or the mail answers another. Newsletters have the link by which a click
    unsubscribes (RFC 8058), which lists of people have not.
    """
    post = _word(headers, "list-post")
    posted = post != "no" and (post != "" or "list" in _precedences(headers))
    answers = headers.raw("in-reply-to") is not None or headers.raw("references") is not None
    return (
        (posted or (answers and _names_list(headers)))
        and headers.raw("list-unsubscribe-post") is None
        and set(_precedences(headers)) <= _LISTS_PRECEDENCES
        and not _is_of_machine(headers, content_type, from_email, subject)
    )


def is_absence_note(subject: str) -> bool:
    """Whether a person's program answered for the person, which is no bounce even when it looks like one."""
    return bool(_SUBJECT.match(subject))


def looks_automatic(subject: str, text: str) -> bool:
    """Whether the words alone are those of an absence note or a receipt: people write them, too.

    To ask only of whom it costs little, such as agents, who are told of it.
    """
    first = text[:_WORDS_LOOKED_AT].replace("’", "'")
    return bool(_RECEIPT.match(subject) or _ABSENCE.search(first))


def null_return_path(headers: Headers) -> bool:
    return "".join((headers.text("return-path") or "-").split()) == "<>"


def _is_of_machine(headers: Headers, content_type: str, from_email: str | None, subject: str) -> bool:
    return (
        _says_so(headers)
        or any(headers.raw(name) is not None for name in _MACHINES_FIELDS)
        or content_type == "multipart/report"
        or null_return_path(headers)
        or bool(from_email and _MACHINES.match(from_email) and not _is_of_postmaster(from_email, subject))
        or bool(_SUBJECT.match(subject))
    )


def _is_of_postmaster(from_email: str, subject: str) -> bool:
    return bool(_POSTMASTERS.match(from_email) and _ANSWER.match(subject))


def _names_list(headers: Headers) -> bool:
    return any(headers.raw(name) is not None for name in _LISTS_FIELDS)


def _says_so(headers: Headers) -> bool:
    return (
        _word(headers, "auto-submitted") not in ("", "no")
        or bool(_SUPPRESSED.search((headers.text("x-auto-response-suppress") or "").lower()))
        or "autoresponder" in (headers.text("x-post-messageclass") or "").lower()
        or "autoresponder" in (headers.text("delivered-to") or "").lower()
    )


def _precedences(headers: Headers) -> list[str]:
    return [_word(headers, name) for name in ("precedence", "x-precedence", "preference")]


def _word(headers: Headers, name: str) -> str:
    """The first word of a header, since RFC 3834 allows comments before it, and parameters and comments after it."""
    value = _COMMENT.sub(" ", (headers.text(name) or "")[:1_000]).strip().lower()
    return re.split(r"[\s;,(]", value, maxsplit=1)[0]
