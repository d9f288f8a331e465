"""Why a sending did not arrive, in words an agent understands: one table, by the codes that mail systems give.

RFC 3463 names the codes (class.subject.detail). The class says whether for now (4) or for good (5), so a reason is
found by the last two; what a provider calls by names of its own is found by those.
"""

import re
from dataclasses import dataclass

# https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
_BOUNCE_SUBTYPES = {
    "NoEmail": "no-such-mailbox",
    "Suppressed": "known-to-bounce",
    "OnAccountSuppressionList": "known-to-bounce",
    "UnsubscribedRecipient": "unsubscribed",
    "MailboxFull": "mailbox-full",
    "MessageTooLarge": "too-large",
    "ContentRejected": "content-refused",
    "AttachmentRejected": "file-refused",
    "CustomTimeoutExceeded": "expired",
}
_DELAY_TYPES = {
    "MailboxFull": "mailbox-full",
    "SpamDetected": "taken-for-spam",
    "RecipientServerError": "system-trouble",
    "IPFailure": "sender-refused",
    "TransientCommunicationFailure": "no-answer",
    "BYOIPHostNameLookupUnavailable": "sender-refused",
    "InternalFailure": "provider-trouble",
    "SendingDeferral": "provider-trouble",
}


@dataclass(frozen=True)
class Reason:
    """What happened, as half a sentence after the address, in English and Arabic.

    `of_address` says that it is the address that is of no use, whatever mail is sent to it.
    """

    en: str
    ar: str
    of_address: bool = False

    def words(self, language: str) -> str:
        return self.ar if language == "ar" else self.en


REASONS = {
    "no-such-mailbox": Reason(
        "There is no such mailbox. Check the spelling.", "لا يوجد صندوق بريد كهذا. تحقّق من كتابة العنوان.", True
    ),
    "no-such-domain": Reason(
        "Nothing takes mail behind the @. Check the spelling.",
        "لا خادم يستقبل البريد بعد علامة @. تحقّق من كتابة العنوان.",
        True,
    ),
    "bad-address": Reason("This is no valid address.", "هذا العنوان غير صالح.", True),
    "mailbox-moved": Reason("The mailbox has moved elsewhere.", "انتقل صندوق البريد إلى عنوان آخر.", True),
    "takes-no-mail": Reason("This domain takes no mail at all.", "هذا النطاق لا يستقبل أي بريد.", True),
    "mailbox-disabled": Reason("The mailbox is switched off.", "صندوق البريد موقوف.", True),
    "known-to-bounce": Reason(
        "Mail to this address came back before, so the mail service did not try again.",
        "ارتدّ البريد المرسل إلى هذا العنوان من قبل، فلم تحاول خدمة البريد ثانيةً.",
        True,
    ),
    "opted-out": Reason(
        "The owner of this address or number asked us not to write there.",
        "طلب صاحب هذا العنوان أو الرقم ألا نراسله عليه.",
        True,
    ),
    "switched-off": Reason(
        "Somebody set that nothing is sent to this address or number.",
        "ضُبط ألا يُرسل شيء إلى هذا العنوان أو الرقم.",
        True,
    ),
    "unsubscribed": Reason(
        "This address has unsubscribed at the mail service.", "ألغى صاحب العنوان اشتراكه لدى خدمة البريد.", True
    ),
    "mailbox-full": Reason("The mailbox is full.", "صندوق البريد ممتلئ."),
    "too-large": Reason("The mail is too large for this mailbox.", "الرسالة أكبر مما يقبله صندوق البريد هذا."),
    "mailbox-trouble": Reason("The mailbox took no mail.", "لم يقبل صندوق البريد الرسالة."),
    "system-full": Reason("The receiving mail server has no room.", "لا مساحة في خادم البريد المستقبِل."),
    "system-trouble": Reason("The receiving mail server has trouble.", "في خادم البريد المستقبِل خلل."),
    "no-answer": Reason("The receiving mail server does not answer.", "خادم البريد المستقبِل لا يجيب."),
    "no-route": Reason("The receiving mail server was not found.", "لم يُعثر على خادم البريد المستقبِل."),
    "loop": Reason("The receiving side sends the mail round in a circle.", "تدور الرسالة في حلقة لدى المستقبِل."),
    "expired": Reason("It could not be delivered in time.", "تعذّر تسليمها في الوقت المتاح."),
    "too-many-recipients": Reason("It has too many recipients.", "عدد المستلمين أكبر من المسموح."),
    "protocol": Reason("The two mail servers did not understand each other.", "لم يتفاهم خادما البريد."),
    "content-refused": Reason("Its content was refused.", "رُفض محتواها."),
    "file-refused": Reason("A file in it was refused.", "رُفض ملف مرفق بها."),
    "virus": Reason("A virus was found in it.", "عُثر فيها على فيروس."),
    "taken-for-spam": Reason("It was taken for spam.", "عُدّت رسالة مزعجة."),
    "sender-refused": Reason("The receiving side refuses mail from us.", "يرفض المستقبِل البريد منا."),
    "sender-unproven": Reason(
        "The receiving side could not tell that the mail is ours (SPF, DKIM or DMARC).",
        "لم يتحقّق المستقبِل من أن الرسالة منا (SPF أو DKIM أو DMARC).",
    ),
    "refused": Reason("The receiving side refused it.", "رفضها المستقبِل."),
    "greylisted": Reason("The receiving side asks to try again later.", "يطلب المستقبِل المحاولة لاحقًا."),
    "complaint": Reason(
        "It was marked as spam, so nothing more is sent to this address.",
        "أُبلغ عنها بوصفها مزعجة، فلن يُرسل شيء آخر إلى هذا العنوان.",
    ),
    "provider-trouble": Reason("Our mail service has trouble.", "في خدمة البريد لدينا خلل."),
    "own-address-unverified": Reason(
        "Our mail service does not let us send from our own address: it is not verified there. "
        "The customer's address is not to blame; tell an admin.",
        "لا تسمح لنا خدمة البريد بالإرسال من عنواننا لأنه غير موثّق لديها. "
        "ليس الخطأ في عنوان العميل؛ أبلغ أحد المشرفين.",
    ),
    "sandbox": Reason(
        "Our mail service is still on trial and sends to verified addresses only; tell an admin.",
        "خدمة البريد لدينا في طور التجربة ولا ترسل إلا إلى عناوين موثّقة؛ أبلغ أحد المشرفين.",
    ),
    "too-large-to-send": Reason(
        "The mail is too large for our mail service.", "الرسالة أكبر مما تقبله خدمة البريد لدينا."
    ),
    "not-taken": Reason("Our mail service did not take it.", "لم تقبلها خدمة البريد لدينا."),
    "too-many-attempts": Reason("It was tried too often and given up.", "تكررت محاولات إرسالها ثم تُركت."),
    "waited-too-long": Reason("It could not be sent for three days.", "تعذّر إرسالها ثلاثة أيام."),
    "no-word": Reason(
        "Our carrier gave no answer; it may have arrived.", "لم تجب شركة الإرسال، وقد تكون الرسالة وصلت."
    ),
    "bad-number": Reason(
        "This number does not exist or takes no SMS. Check it.",
        "هذا الرقم غير موجود أو لا يستقبل الرسائل القصيرة. تحقّق منه.",
        True,
    ),
    "sms-stopped": Reason(
        "The owner of this number opted out of SMS by STOP.",
        "طلب صاحب هذا الرقم بكلمة إيقاف ألا تصله رسائل قصيرة.",
        True,
    ),
    "sms-not-reached": Reason("The phone is switched off or out of reach.", "الهاتف مغلق أو خارج نطاق التغطية."),
    "sms-blocked": Reason("The phone or its carrier blocks our messages.", "يحجب الهاتف أو شركة الاتصالات رسائلنا."),
    "sms-taken-for-spam": Reason("The carrier took it for spam.", "عدّتها شركة الاتصالات رسالة مزعجة."),
    "sms-refused": Reason("The carrier refused its content.", "رفضت شركة الاتصالات محتواها."),
    "sms-country": Reason(
        "Our SMS service does not send to this country from our number; tell an admin.",
        "لا ترسل خدمة الرسائل القصيرة لدينا من رقمنا إلى هذا البلد؛ أبلغ أحد المشرفين.",
    ),
    "sms-too-dear": Reason(
        "It would cost more than our limit for one SMS; tell an admin.",
        "تكلفتها أعلى من حدّنا للرسالة القصيرة الواحدة؛ أبلغ أحد المشرفين.",
    ),
    "sms-on-trial": Reason(
        "Our SMS service is still on trial and sends to verified numbers only; tell an admin.",
        "خدمة الرسائل القصيرة لدينا في طور التجربة ولا ترسل إلا إلى أرقام موثّقة؛ أبلغ أحد المشرفين.",
    ),
    "sms-not-taken": Reason("Our SMS service did not take it.", "لم تقبلها خدمة الرسائل القصيرة لدينا."),
    "quiet-hours": Reason("It waits for the end of the quiet hours.", "تنتظر انتهاء ساعات الهدوء."),
    "customer-quiet-hours": Reason(
        "The customer asked to be left alone at these hours; it goes out when they are over.",
        "طلب العميل ألا يُزعج في هذه الساعات، وتُرسل بعد انتهائها.",
    ),
    "sms-cap": Reason(
        "The day's limit for SMS is reached; it waits for tomorrow.",
        "بلغ الإنفاق على الرسائل القصيرة حدّ اليوم؛ تنتظر الغد.",
    ),
    "anothers": Reason("The address or number is another customer's by now.", "صار العنوان أو الرقم لعميل آخر."),
    "gone": Reason("The message or its customer was erased.", "مُحيت الرسالة أو صاحبها."),
    "not-made": Reason("The mail could not be put together.", "تعذّر تكوين الرسالة."),
    "not-delivered": Reason("It could not be delivered.", "تعذّر تسليمها."),
    "whatsapp-session-over": Reason(
        "More than 24 hours had passed since the customer last wrote on WhatsApp, so only an approved template may go "
        "out. Answer by another channel.",
        "مضى أكثر من 24 ساعة على آخر ما كتبه العميل في واتساب، فلا يُرسل إليه إلا قالب معتمد. أجب عبر قناة أخرى.",
    ),
    "whatsapp-not-reached": Reason(
        "WhatsApp does not reach this number: it may not be on WhatsApp, or its app is too old.",
        "لا يصل واتساب إلى هذا الرقم: قد لا يكون مسجّلًا فيه أو يكون تطبيقه قديمًا.",
    ),
    "whatsapp-stopped": Reason(
        "The customer stopped messages of this kind in WhatsApp.", "أوقف العميل الرسائل من هذا النوع في واتساب."
    ),
    "whatsapp-held-back": Reason(
        "WhatsApp chose not to deliver it, so as not to burden the customer. Try again in a day, or another way.",
        "امتنع واتساب عن تسليمها كي لا يُثقل على العميل. أعد المحاولة بعد يوم أو جرّب طريقة أخرى.",
    ),
    "whatsapp-too-fast": Reason(
        "WhatsApp takes no more from us at this moment. Try again later.",
        "لا يقبل واتساب منا المزيد في هذه اللحظة. أعد المحاولة لاحقًا.",
    ),
    "whatsapp-refused": Reason("WhatsApp refused its content.", "رفض واتساب محتواها."),
    "whatsapp-template": Reason(
        "WhatsApp refused the template: it is not approved, paused, or takes other parameters; tell an admin.",
        "رفض واتساب القالب: إما أنه غير معتمد أو موقوف أو يأخذ معاملات أخرى؛ أبلغ أحد المشرفين.",
    ),
    "whatsapp-account": Reason(
        "Something is amiss with our account at WhatsApp; the customer's number is not to blame; tell an admin.",
        "في حسابنا لدى واتساب خلل، وليس الخطأ في رقم العميل؛ أبلغ أحد المشرفين.",
    ),
    "whatsapp-on-trial": Reason(
        "Our number at WhatsApp is still on trial and reaches listed numbers only; tell an admin.",
        "رقمنا لدى واتساب في طور التجربة ولا يصل إلا إلى أرقام مسجّلة؛ أبلغ أحد المشرفين.",
    ),
    "whatsapp-not-connected": Reason(
        "This shop has no number on WhatsApp; tell an admin.", "ليس للمتجر رقم في واتساب؛ أبلغ أحد المشرفين."
    ),
    "whatsapp-trouble": Reason("WhatsApp has trouble delivering it.", "لدى واتساب خلل في تسليمها."),
}

# Of RFC 3463 and the registry it began (https://www.iana.org/assignments/smtp-enhanced-status-codes): by subject and
# detail, else by subject alone.
_CODES = {
    "1.0": "bad-address",
    "1.1": "no-such-mailbox",
    "1.2": "no-such-domain",
    "1.3": "bad-address",
    "1.4": "bad-address",
    "1.6": "mailbox-moved",
    "1.7": "sender-refused",
    "1.8": "sender-refused",
    "1.9": "sender-refused",
    "1.10": "takes-no-mail",
    "2.1": "mailbox-disabled",
    "2.2": "mailbox-full",
    "2.3": "too-large",
    "3.1": "system-full",
    "3.4": "too-large",
    "4.3": "no-route",
    "4.4": "no-route",
    "4.6": "loop",
    "4.7": "expired",
    "5.3": "too-many-recipients",
    "7.20": "sender-unproven",
    "7.21": "sender-unproven",
    "7.22": "sender-unproven",
    "7.23": "sender-unproven",
    "7.24": "sender-unproven",
    "7.25": "sender-refused",
    "7.26": "sender-unproven",
    "7.27": "sender-refused",
}
_SUBJECTS = {
    "1": "bad-address",
    "2": "mailbox-trouble",
    "3": "system-trouble",
    "4": "no-answer",
    "5": "protocol",
    "6": "content-refused",
    "7": "refused",
}
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
# What a code alone hides: many systems answer 550 5.7.1 or no code at all, and say in words what is meant.
_WORDS = (
    (re.compile(r"virus|malware|infected", re.IGNORECASE), "virus"),
    (re.compile(r"gr[ea]ylist", re.IGNORECASE), "greylisted"),
    (re.compile(r"(mailbox|quota|storage|folder).{0,30}(full|exceed|over)|over ?quota", re.IGNORECASE), "mailbox-full"),
    (re.compile(r"\b(spf|dkim|dmarc)\b", re.IGNORECASE), "sender-unproven"),
    (re.compile(r"spam|unsolicited|junk|bulk mail", re.IGNORECASE), "taken-for-spam"),
    (re.compile(r"block ?list|blacklist|\brbl\b|dnsbl|reputation|banned", re.IGNORECASE), "sender-refused"),
    (
        re.compile(
            r"(user|mailbox|recipient|account|address).{0,30}(unknown|not found|does(n't| not) exist|invalid|no longer)"
            r"|(unknown|no such|invalid) (user|mailbox|recipient|address|account)|no mailbox here",
            re.IGNORECASE,
        ),
        "no-such-mailbox",
    ),
    (re.compile(r"too (large|big)|size (limit|exceed)|exceeds.{0,20}size", re.IGNORECASE), "too-large"),
    (re.compile(r"(disabled|suspended|inactive|deactivated)", re.IGNORECASE), "mailbox-disabled"),
    (re.compile(r"time[d -]*out|connection refused|not responding", re.IGNORECASE), "no-answer"),
    (re.compile(r"(host|domain).{0,20}(unknown|not found)|nxdomain", re.IGNORECASE), "no-such-domain"),
)
# Codes that say so little that the words beside them are asked first.
_VAGUE = ("0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "7.1")


def of_status(status: str | None, diagnostic: str | None = None) -> str:
    """The reason by an enhanced status code such as 5.1.1 and what the other side said; never unknown."""
    match = _STATUS.search(status or "") or _STATUS.search(diagnostic or "")
    code = f"{match[2]}.{match[3]}" if match else "0.0"
    told = _by_words(diagnostic) if code in _VAGUE else None
    return told or _CODES.get(code) or _SUBJECTS.get(code.partition(".")[0]) or "not-delivered"


def of_bounce(subtype: str | None, status: str | None, diagnostic: str | None) -> str:
    """The reason of a bounce that SES reports; `subtype` is its bounceSubType."""
    return _BOUNCE_SUBTYPES.get(subtype or "") or of_status(status, diagnostic)


def of_delay(type: str | None, status: str | None, diagnostic: str | None) -> str:
    """The reason why SES still tries; `type` is its delayType."""
    return _DELAY_TYPES.get(type or "") or of_status(status, diagnostic)


def is_of_address(reason: str | None) -> bool:
    """Whether any mail to that address would fare the same."""
    return reason in REASONS and REASONS[reason].of_address


def words(reason: str | None, language: str) -> str | None:
    """The reason in `en` or `ar`; None for one that is not in the table."""
    return REASONS[reason].words(language) if reason in REASONS else None


def _by_words(diagnostic: str | None) -> str | None:
    return next((reason for pattern, reason in _WORDS if diagnostic and pattern.search(diagnostic)), None)
