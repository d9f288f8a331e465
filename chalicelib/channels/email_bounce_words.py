"""Bounces that name neither a header nor an RFC 3464 part, read by the words that mail systems use for them.

A customer may quote such words, so words alone are never enough: the mail must also come from what sends bounces.
"""

import re

from chalicelib.channels import email_addresses
from chalicelib.channels.email_automatic import null_return_path
from chalicelib.channels.email_headers import Headers
from chalicelib.channels.email_parts import Part

MAX_TOLD = 10_000
MAX_RECIPIENTS = 50

_DAEMONS = re.compile(
    r"mailer[-_ ]?daemon|post_?master|mail-?daemon|mdaemon|mail[ .]?deliver(y|ed)?[ .](sub)?system|smtp_?mail|daemon@"
    r"|system administrator|mmsc ndr|anti-?virus|imss@|content-filter|no-?reply-bounce|delivery subsystem",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"no-?reply@", re.IGNORECASE)
_DAEMON_ADDRESS = re.compile(r"^(mailer-?daemon|post_?master|mail-?daemon|mdaemon|abuse)@")
_ANSWER = re.compile(r"^\s*(re|aw|sv|fwd?|wg|tr|rv|رد|الرد)\s*:", re.IGNORECASE)

# How systems entitle a bounce, by language.
_SUBJECTS = {
    "en": r"undeliver|non-?deliver|delivery (status )?notification|permanent delivery|failure delivery|failure notice"
    r"|delivery (status|fail|has failed|report|problem|error)|(failure|error) (notice|notification)|bounced mail"
    r"|returned (e-?mail|to sender|mail)|mail (was )?returned|mail delivery (fail|system|problem|warning|error)"
    r"|(could|can) ?n[o']?t be delivered|not (been )?delivered|mail (system )?(error|failure)|mail failed|failed mail"
    r"|processing error|rejected mail|message (delayed|rejected|undeliver)|(error|trouble) sending your mail"
    r"|warning: (message|could)|fail(ed|ure) to deliver|user unknown|unknown (user|recipient)",
    "ar": r"تعذر (تسليم|التسليم|إرسال|إيصال)|لم يتم (تسليم|التسليم|إرسال|إيصال)|تأخر تسليم|رسالة مرتجعة"
    r"|فشل (في )?(تسليم|التسليم|إرسال|الإرسال)|غير قابل(ة)? للتسليم",
    "de": r"unzustellbar|nicht zu(ge)?stell(t|bar)|zustellung.{0,30}(fehl|verzög|gescheitert)|fehler bei der zustell",
    "fr": r"non[ -]?(remis|d[ée]livr|distribu)|[ée]chec de (la )?(remise|distribution|livraison)|impossible de remettre"
    r"|retourn[ée] à l.exp[ée]diteur|non recens",
    "es": r"no se (ha )?(podido |puede )?entreg|no entregad|error (en|de) la entrega|devuelto|fallo en la entrega",
    "pt": r"n[ãa]o (foi |p[ôo]de ser )*entreg|falha na entrega|devolvid[ao]",
    "it": r"mancat[ao] (recapito|consegna)|non (recapit|consegnat)|impossibile (recapitare|consegnare)",
    "nl": r"onbestelbaar|niet (bezorgd|afgeleverd)|kan niet worden bezorgd",
    "pl": r"nie(dostarcz| (mo[żz]na |zosta[łl]a? )*dostarcz)|zwrot (wiadomo|poczty)",
    "ru": r"не (может быть )?доставлен|недоставлен|не удалось доставить|ошибка доставки|возвращен",
    "uk": r"не (може бути )?доставлен|недоставлен|помилка доставки",
    "tr": r"teslim edilemedi|iletilemedi|ula[şs]t[ıi]r[ıi]lamad[ıi]",
    "sv": r"(kunde|kan) inte levereras|oleverer|ej levererat",
    "da": r"ikke (kunne |blevet )?lever|(kunne|kan) ikke leveres",
    "fi": r"ei voitu toimittaa|toimit\w+ ep[äa]onnist",
    "he": r"לא נמסר|נכשל(ה)? (המסירה|מסירת)|לא ניתן למסור",
    "fa": r"تحویل (داده )?نشد|برگشت(ی)? (خورد|نامه)",
    "ja": r"エラー(通知|メール)|メールエラー|配信(不能|できません|エラー)|送信(エラー|できません)|配送不能|不達",
    "zh": r"退信|未送达|未送達|无法(投递|送达)|無法(投遞|送達)|投递失败",
}
_SUBJECT = re.compile("|".join(_SUBJECTS.values()), re.IGNORECASE)
# What they say within, when the one who writes is known to send bounces.
_SAID = {
    "en": r"did not reach|(could|can|was|has|been)( ?not|n't)( be| been)? (deliver|reach|sent|relayed|transmit)"
    r"|(un|not |n't )able to deliver|deliver(y|ies).{0,80}(fail|abort|postpon|delay|impossible|not possible)"
    r"|undeliver|non-?delivery|returned (to sender|because)|(invalid|unknown|no such|bad) (user|recipient|address)"
    r"|(user|recipient|mailbox|account|address) (is |was |has )?(been )?(unknown|not found|unavailable|disabled|full"
    r"|over|rejected|invalid)|failed recipients?|recipients?.{0,20} (had|failed|rejected|returned|errors)|rejected by"
    r"|following address(es|\(es\))? (had|failed)|automatically rejected|delivery errors|failure reasons|not relayed"
    r"|still trying|will be retried|deferred|quota exceeded|trouble delivering|no mailbox here|fatal error",
    "ar": r"تعذر|لم يتم|لم نتمكن|غير موجود|لا يمكن (تسليم|توصيل)",
    "fr": r"n'a pas (pu|[ée]t[ée])|pas [ée]t[ée] (remis|distribu|d[ée]livr)",
    "de": r"nicht (zugestellt|erreicht|ausgeliefert)|unbekannt",
    "es": r"no (se )?(ha )?(podido|pudo|fue).{0,20}entreg",
    "pt": r"não.{0,30}entreg",
    "it": r"non.{0,40}(recapitat|consegnat)",
    "nl": r"niet.{0,40}(bezorgd|afgeleverd)",
    "pl": r"nie (została|można).{0,30}dostarcz",
    "ru": r"не (может быть |был[оа]? |удалось )?доставлен|недоставлен|не удалось доставить",
    "tr": r"teslim edilem|iletilem",
    "ja": r"送信できません|配信できません|配送できません|届けることができません",
    "zh": r"无法|退信|未能",
}
_WORDS = re.compile("|".join(_SAID.values()), re.IGNORECASE)
# After these words stand the addresses that were not reached.
_ANNOUNCE = re.compile(
    r"follow(ing|ed) ([\w()-]{1,15} ){0,3}(address|recipient|user|mailbox|destination)|these recipients"
    r"|(failed|intended|invalid|unknown|affected) (recipient|address|user)|did not reach|delivery errors"
    r"|failure reasons|(not|n't)( been| be)?( yet)? (been )?(delivered|relayed|sent|reached|reach)"
    r"|(un|not |n't )able to deliver|failed addresses|addressed to"
    r"|delivery of (e-?mail|your|the)|deliver(y|ed)? to|your message to"
    r"|recipient address"
    r"|(address|destinataire)s? suivant|n'a pas pu|folgende[nrs]?|nicht zugestellt|siguientes?|seguint|seguent|volgende"
    r"|получател|адрес|aşağıdaki|następując|التالي|العنوان|المستلم|إلى|宛先|収件人|收件人|次の|以下",
    re.IGNORECASE,
)
_DOMAIN = r"(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{0,62}"
_PLAIN = rf"[^\s<>(),;:\"'\[\]@*|：，；（）“”«»]{{1,64}}@{_DOMAIN}"
_ADDRESS = re.compile(_PLAIN)
_LABEL = r"(?:(?:failed|intended|original|final|unknown|invalid) )?(?:recipient|address|user|e-?mail)s?(?: address)?"
_ALONE = re.compile(
    rf"^[ \t>*•·–—=\-\"'<\[(]{{0,20}}(?:{_LABEL}[ \t]{{0,4}}:[ \t\"'<\[(]{{0,8}})?({_PLAIN})",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = re.compile(rf"(?:rcpt to:\s{{0,3}}<?|smtp[=:]|rfc822;\s?<?)({_PLAIN})", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:smtp|rfc822|internet|mailto)[=:]", re.IGNORECASE)
# Where the mail that came back begins; addresses after it are its sender and friends.
_COPY = re.compile(
    r"^[ \t|>]{0,8}(?:-{2,80}[^\n]{0,60}(?:original|copy of|returned|unsent|undelivered m|headers?\b|below"
    r"|message (?:text|header|body|follow))"
    r"|[^\n]{0,120}(?:below this line|(?<!receive a )copy of (?:the|your)|returned message|message follows"
    r"|original message (?:follow|detail|header|as rec|below|attach))"
    r"|(?:the )?original message[:.]?[ \t]*$|return-path:|received:|message-id:|-{5,}begin)",
    re.IGNORECASE | re.MULTILINE,
)
_TO = re.compile(rf"^[ \t>]{{0,4}}to:[^\n]{{0,200}}?({_PLAIN})", re.IGNORECASE | re.MULTILINE)
_TOLD_STATUS = re.compile(r"(?:(?<!\d)[45]\d\d[ -]|[#(:]\s?)([45]\.[0-7]\.\d{1,3})(?![\d.])")
_ANY_STATUS = re.compile(r"(?<![\d.vV/])([45]\.[0-7]\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.:/-])([45])[0-5]\d(?=[ -][A-Za-z#<(\"'\[]|[ -][45]\.\d|: )")
_WARNING = re.compile(
    r"will (be )?(re)?tr(y|ied)|still trying|attempts will continue|continue to (be made|try|attempt|retry)"
    r"|(only|just) a warning|advisory-only|keep trying|not yet been delivered|has been (delayed|postponed|deferred)"
    r"|سنستمر|سنحاول|wird weiter versucht|weitere zustellversuche|nouvelles tentatives|будут продолжены",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"temporar|transient|try again later|deferred|مؤقت|vorübergehend|temporaire|временн", re.IGNORECASE
)
_FOR_GOOD = re.compile(r"permanent", re.IGNORECASE)


def looks_returned(mail: Part, subject: str, text: str, automatic: bool) -> bool:
    """Whether the mail comes from what sends bounces, and reads like one."""
    if _from_a_daemon(mail.headers):
        return bool(_SUBJECT.search(subject) or _WORDS.search(text[:MAX_TOLD]))
    if _ANSWER.match(subject) or not (_from_a_machine(mail) or automatic):
        return False
    return bool(_SUBJECT.search(subject) and _WORDS.search(text[:MAX_TOLD]))


def recipients(text: str, own: set[str]) -> tuple[str, ...]:
    """The addresses it names as not reached, bare and lower-cased; `own` are those it was sent to."""
    told = before_copy(text)
    announced = _ANNOUNCE.search(told)
    after = told[_line_start(told, announced.start()) :] if announced else told
    for found in (_ALONE.findall(after), _NAMED.findall(told), _first_line(after), _ADDRESS.findall(told)):
        listed = _kept(found, own)
        if listed:
            return listed
    return _kept(_TO.findall(told)[:1] or _TO.findall(text[:MAX_TOLD])[:1], own)


def listed(text: str, own: set[str]) -> tuple[str, ...]:
    """The addresses that stand at the head of a line beneath words that announce who was not reached."""
    told = before_copy(text)
    announced = _ANNOUNCE.search(told)
    return _kept(_ALONE.findall(told, _line_start(told, announced.start())), own) if announced else ()


def status(text: str) -> str | None:
    """The enhanced status code (RFC 3463) it gives, or None."""
    told = before_copy(text)
    match = _TOLD_STATUS.search(told) or _ANY_STATUS.search(told)
    return match[1] if match else None


def is_permanent(text: str, status: str | None, subject: str = "") -> bool:
    """Whether trying again is of no use, by its codes; without any, by its words."""
    told = f"{subject}\n{before_copy(text)}"
    if _WARNING.search(told):
        return False
    code = _REPLY_CODE.search(told)
    if status or code:
        return (status or (code[1] if code else "")).startswith("5")
    return bool(_FOR_GOOD.search(told)) or not _FOR_NOW.search(told)


def is_warning(text: str, subject: str) -> bool:
    """Whether the system that reports still tries by itself."""
    return bool(_WARNING.search(f"{subject}\n{before_copy(text)}"))


def diagnostic(text: str) -> str | None:
    """The line with the code that the other side gave, if it is told."""
    told = before_copy(text)
    code = _TOLD_STATUS.search(told) or _REPLY_CODE.search(told)
    return told[_line_start(told, code.start()) :].partition("\n")[0].strip() if code else None


def before_copy(text: str) -> str:
    """The report without the mail that came back."""
    match = _COPY.search(text, 0, MAX_TOLD)
    return text[: match.start() if match else MAX_TOLD]


def _from_a_daemon(headers: Headers) -> bool:
    returned_to = (headers.text("return-path") or "").lower()
    return bool(_DAEMONS.search((headers.text("from") or "")[:1_000])) or "mailer-daemon" in returned_to


def _from_a_machine(mail: Part) -> bool:
    nobody = _NOBODY.search((mail.headers.text("from") or "")[:1_000])
    return null_return_path(mail.headers) or mail.content_type == "multipart/report" or bool(nobody)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _first_line(text: str) -> list[str]:
    """The addresses of the first line that has any."""
    return next((found for line in text.splitlines() if (found := _ADDRESS.findall(line))), [])


def _kept(found: list[str], own: set[str]) -> tuple[str, ...]:
    emails = (email_addresses.bare_email(_PREFIX.sub("", address)) for address in found[:MAX_RECIPIENTS])
    listed = dict.fromkeys(email for email in emails if email and not _DAEMON_ADDRESS.match(email))
    return tuple(email for email in listed if email not in own)
