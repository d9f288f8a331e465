"""The words of problems in English and Arabic, by their stable codes: what went wrong, and what to do about it.

`detail` of a problem says what is wrong with this very request; in Arabic it is the general sentence from here,
since details are made in English all over the core.
"""

from dataclasses import dataclass
from typing import Any

from chalicelib.api.fault_words import FAULTS
from chalicelib.errors import Fault


@dataclass(frozen=True)
class Words:
    """`en` and `ar`: title, then one sentence on what it means and what helps."""

    status: int
    en: tuple[str, str]
    ar: tuple[str, str]

    def title(self, locale: str) -> str:
        return (self.ar if locale == "ar" else self.en)[0]

    def meaning(self, locale: str) -> str:
        return (self.ar if locale == "ar" else self.en)[1]


PROBLEMS: dict[str, Words] = {
    # The request could not be read.
    "malformed": Words(
        400,
        ("The request cannot be read", "The body is not JSON (RFC 8259), or a header has the wrong form."),
        ("تعذّرت قراءة الطلب", "جسم الطلب ليس JSON صحيحًا (RFC 8259)، أو إحدى ترويساته بصيغة خاطئة."),
    ),
    "not-a-number": Words(
        400,
        ("Not a number", "JSON has no NaN and no Infinity, and numbers beyond 64 bits are not taken."),
        ("ليس عددًا", "لا يعرف JSON قيمتي NaN و Infinity، ولا تُقبل أعداد تتجاوز 64 بت."),
    ),
    "duplicate-key": Words(
        400,
        ("A name stands twice", "An object of the body has the same name twice; which one is meant cannot be known."),
        ("اسم مكرر", "في جسم الطلب كائن يتكرر فيه الاسم نفسه، فلا يُعرف أيهما المقصود."),
    ),
    "too-deep": Words(
        400,
        ("Nested too deeply", "The body nests deeper than 32 levels."),
        ("تداخل عميق جدًا", "يتجاوز تداخل جسم الطلب 32 مستوى."),
    ),
    "lone-surrogate": Words(
        400,
        ("Half a character", "A text holds half of a surrogate pair, which is no character in UTF-8."),
        ("نصف محرف", "في النص نصف زوج بديل (surrogate)، وهو ليس محرفًا في UTF-8."),
    ),
    "nul-character": Words(
        400,
        ("NUL in a text", "A text holds the character U+0000, which is not taken."),
        ("محرف NUL في النص", "في النص المحرف U+0000، وهو غير مقبول."),
    ),
    "invalid-parameter": Words(
        400,
        ("A parameter is wrong", "A parameter behind the ? is unknown, repeated or has a value that is not taken."),
        ("معامل غير صحيح", "أحد المعاملات بعد علامة ? غير معروف أو مكرر أو قيمته غير مقبولة."),
    ),
    "invalid-cursor": Words(
        400,
        (
            "The cursor does not fit",
            "A cursor works only with the key, list and filters that it was given for. Start at the first page.",
        ),
        ("المؤشر غير مناسب", "لا يصلح المؤشر إلا للمفتاح والقائمة والمرشحات التي أُعطي لها. ابدأ من الصفحة الأولى."),
    ),
    "invalid-idempotency-key": Words(
        400,
        ("The Idempotency-Key is wrong", "An Idempotency-Key is 1 to 255 printable ASCII characters."),
        ("قيمة Idempotency-Key غير صحيحة", "تتكوّن Idempotency-Key من 1 إلى 255 محرفًا مطبوعًا من ASCII."),
    ),
    # Who asks, and how often.
    "unauthorized": Words(
        401,
        ("No valid API key", "Send a valid key as `Authorization: Bearer <key>`; revoked keys stop at once."),
        (
            "لا يوجد مفتاح صالح",
            "أرسل مفتاحًا صالحًا في الترويسة `Authorization: Bearer <key>`؛ المفاتيح الملغاة تتوقف فورًا.",
        ),
    ),
    "forbidden": Words(
        403,
        ("Not allowed", "The key is valid, but may not do this."),
        ("غير مسموح", "المفتاح صالح، لكنه لا يملك صلاحية هذا الإجراء."),
    ),
    "missing-scope": Words(
        403,
        ("The key lacks a scope", "The key is valid but lacks the scope that this call needs."),
        ("ينقص المفتاح نطاق", "المفتاح صالح، لكن ينقصه النطاق الذي يتطلبه هذا الطلب."),
    ),
    "not-your-agent": Words(
        403,
        ("Not the key's agent", "A key writes as the agent it belongs to; writing as another takes the scope admin."),
        ("ليس موظف هذا المفتاح", "يكتب المفتاح باسم صاحبه فقط؛ الكتابة باسم موظف آخر تتطلب النطاق admin."),
    ),
    "too-many-requests": Words(
        429,
        ("Too many requests", "The key has used up its requests of this minute. Wait as Retry-After says."),
        ("طلبات كثيرة", "استنفد المفتاح طلباته في هذه الدقيقة. انتظر المدة المذكورة في Retry-After."),
    ),
    # What was not found.
    "not-found": Words(
        404,
        ("Not found", "There is nothing at this address."),
        ("غير موجود", "لا يوجد شيء في هذا العنوان."),
    ),
    "ticket-not-found": Words(
        404,
        ("No such ticket", "No ticket has this id or number."),
        ("لا توجد تذكرة كهذه", "لا توجد تذكرة بهذا المعرّف أو الرقم."),
    ),
    "customer-not-found": Words(
        404,
        ("No such customer", "No customer has this id."),
        ("لا يوجد عميل كهذا", "لا يوجد عميل بهذا المعرّف."),
    ),
    "article-not-found": Words(
        404,
        ("No such article", "No article has this id."),
        ("لا توجد مقالة كهذه", "لا توجد مقالة بهذا المعرّف."),
    ),
    "category-not-found": Words(
        404,
        ("No such category", "No category has this id."),
        ("لا توجد فئة كهذه", "لا توجد فئة بهذا المعرّف."),
    ),
    "agent-not-found": Words(
        404,
        ("No such agent", "No agent has this id."),
        ("لا يوجد موظف كهذا", "لا يوجد موظف بهذا المعرّف."),
    ),
    "team-not-found": Words(
        404,
        ("No such team", "No team has this id."),
        ("لا يوجد فريق كهذا", "لا يوجد فريق بهذا المعرّف."),
    ),
    # What stands in the way.
    "conflict": Words(
        409,
        ("In conflict with what stands", "What stands in the desk does not allow this at the moment."),
        ("تعارض مع الحالة القائمة", "لا تسمح الحالة القائمة بهذا الإجراء الآن."),
    ),
    "newer-message": Words(
        409,
        (
            "A newer message has come in",
            "The ticket has a public message that the writer has not seen. Read, then send again.",
        ),
        ("وصلت رسالة أحدث", "في التذكرة رسالة عامة لم يرها الكاتب. اقرأها ثم أرسل من جديد."),
    ),
    "contact-taken": Words(
        409,
        ("Another customer has this contact", "A contact belongs to one customer and never moves silently."),
        ("وسيلة الاتصال لعميل آخر", "تعود وسيلة الاتصال إلى عميل واحد ولا تنتقل بصمت."),
    ),
    "category-not-empty": Words(
        409,
        ("The category is not empty", "Move or archive the published articles of this category first."),
        ("الفئة ليست فارغة", "انقل المقالات المنشورة في هذه الفئة أو أرشفها أولًا."),
    ),
    "version-mismatch": Words(
        412,
        ("Changed in the meantime", "If-Match names another version than the current one. Read again, decide again."),
        ("تغيّر في هذه الأثناء", "تذكر If-Match إصدارًا غير الإصدار الحالي. اقرأ من جديد ثم قرّر."),
    ),
    "method-not-allowed": Words(
        405,
        ("Method not allowed", "This address does not take this method; Allow lists those it takes."),
        ("الطريقة غير مسموحة", "لا يقبل هذا العنوان هذه الطريقة؛ تذكر الترويسة Allow ما يقبله."),
    ),
    "too-large": Words(
        413,
        ("The body is too large", "A body may have 1 MB; files go through POST /v1/uploads."),
        ("جسم الطلب كبير جدًا", "الحد الأقصى لجسم الطلب 1 ميغابايت؛ تُرفع الملفات عبر POST /v1/uploads."),
    ),
    "unsupported-media-type": Words(
        415,
        ("Unsupported content type", "Bodies are application/json in UTF-8."),
        ("نوع محتوى غير مدعوم", "جسم الطلب يكون application/json بترميز UTF-8."),
    ),
    # Read, understood, and refused.
    "invalid": Words(
        422,
        ("The request has errors", "The body is JSON but not what this call takes; `errors` tells each fault."),
        ("في الطلب أخطاء", "جسم الطلب JSON لكنه ليس ما يقبله هذا الطلب؛ تذكر `errors` كل خطأ."),
    ),
    "idempotency-key-reused": Words(
        422,
        (
            "Idempotency-Key used for another request",
            "This key came with another body before. Use a new one for a new request.",
        ),
        ("استُخدم Idempotency-Key لطلب آخر", "جاء هذا المفتاح من قبل مع جسم مختلف. استخدم مفتاحًا جديدًا لطلب جديد."),
    ),
    "recipient-opted-out": Words(
        422,
        ("The recipient has opted out", "The customer asked us not to write to this contact. Nothing was stored."),
        ("انسحب المستلم", "طلب العميل ألا نكتب إلى وسيلة الاتصال هذه. لم يُحفظ شيء."),
    ),
    "recipient-suppressed": Words(
        422,
        ("The recipient is suppressed", "Mail to this address came back for good. Nothing was stored."),
        ("عنوان المستلم محجوب", "ارتدّ البريد المرسل إلى هذا العنوان نهائيًا. لم يُحفظ شيء."),
    ),
    "sms-too-long": Words(
        422,
        (
            "Too long for an SMS",
            "This answer goes out by SMS, which has at most 1,600 characters, the link included. Nothing was stored.",
        ),
        (
            "أطول من رسالة نصية",
            "يُرسل هذا الرد رسالةً نصية قصيرة، وحدّها الأقصى 1600 محرف شاملةً الرابط. لم يُحفظ شيء.",
        ),
    ),
    "no-contact": Words(
        422,
        ("No address on that channel", "The customer has no contact that this channel could reach."),
        ("لا عنوان على هذه القناة", "ليس للعميل وسيلة اتصال تصل إليها هذه القناة."),
    ),
    "no-customer": Words(
        422,
        ("No customer named", "Name the customer by one of id, email, phone and external_id."),
        ("لم يُذكر عميل", "اذكر العميل بواحد من id أو email أو phone أو external_id."),
    ),
    "unknown-customer": Words(
        422,
        ("No such customer", "The customer that the body names does not exist."),
        ("لا يوجد عميل كهذا", "العميل المذكور في جسم الطلب غير موجود."),
    ),
    "not-in-ticket": Words(
        422,
        ("Not the ticket's customer", "Only the customer of a ticket can be the author of its customer messages."),
        ("ليس عميل هذه التذكرة", "لا يكون كاتبَ رسائل العميل في التذكرة إلا عميلُها."),
    ),
    "unknown-agent": Words(
        422,
        ("No such agent", "There is no active agent with this id."),
        ("لا يوجد موظف كهذا", "لا يوجد موظف نشط بهذا المعرّف."),
    ),
    "unknown-team": Words(
        422,
        ("No such team", "There is no team with this id."),
        ("لا يوجد فريق كهذا", "لا يوجد فريق بهذا المعرّف."),
    ),
    "unknown-status": Words(
        422,
        ("No such status", "A status is one of new, open, pending, on_hold, solved and closed."),
        ("لا توجد حالة كهذه", "الحالة واحدة من new و open و pending و on_hold و solved و closed."),
    ),
    "unknown-category": Words(
        422,
        ("No such category", "There is no category with this id."),
        ("لا توجد فئة كهذه", "لا توجد فئة بهذا المعرّف."),
    ),
    "unknown-locale": Words(
        422,
        ("No such language", "A language is one of en and ar."),
        ("لغة غير معروفة", "اللغة واحدة من en و ar."),
    ),
    "unknown-attachment": Words(
        422,
        ("No such attachment", "No upload of this key has this id, or its file has not been uploaded."),
        ("لا يوجد مرفق كهذا", "لا يوجد لهذا المفتاح رفع بهذا المعرّف، أو لم يُرفع ملفه بعد."),
    ),
    "no-translation": Words(
        422,
        ("No language given", "Give at least one language."),
        ("لم تُذكر لغة", "أعطِ لغة واحدة على الأقل."),
    ),
    "slug-taken": Words(
        422,
        ("The address is taken", "Another article has this slug."),
        ("العنوان مستخدم", "لمقالة أخرى هذا العنوان المختصر (slug)."),
    ),
    "invalid-email": Words(
        422,
        ("Not an email address", "Example: leila@example.org."),
        ("ليس عنوان بريد", "مثال: leila@example.org."),
    ),
    "invalid-phone": Words(
        422,
        ("Not a phone number", "Example: +216 20 555 014."),
        ("ليس رقم هاتف", "مثال: \u2066+216 20 555 014\u2069."),
    ),
    # Our own failures.
    "internal": Words(
        500,
        ("The service failed", "It has been noted. With the same Idempotency-Key it is safe to ask again."),
        ("تعطّلت الخدمة", "سُجّل الخلل. يمكن إعادة الطلب بأمان بالمفتاح Idempotency-Key نفسه."),
    ),
    "contention": Words(
        503,
        ("Busy at this very place", "Others are changing the same thing at this moment. Try again."),
        ("ازدحام في هذا الموضع", "يغيّر آخرون الشيء نفسه في هذه اللحظة. حاول من جديد."),
    ),
    "unavailable": Words(
        503,
        ("Not available", "A part that this call needs does not answer. Try again later."),
        ("غير متاح", "جزء يحتاج إليه هذا الطلب لا يجيب. حاول لاحقًا."),
    ),
}

PAGES = {
    "en": {
        "problems": "Problems",
        "intro": "Every error is a problem document (RFC 9457). Its code is stable; its type leads here.",
        "faults": "What may be wrong with a field",
    },
    "ar": {
        "problems": "المشكلات",
        "intro": "كل خطأ مستند مشكلة (RFC 9457). رمزه code ثابت، وعنوانه type يقود إلى هنا.",
        "faults": "ما قد يكون خطأ في حقل",
    },
}


def fault(code: str, at: str, locale: str, **values: Any) -> Fault:
    """One fault at the pointer `at`, in the words of `locale`; a known code that is not in FAULTS takes its title."""
    entry = "unknown-field-near" if code == "unknown-field" and values.get("near") else code
    text = FAULTS[entry][locale == "ar"] if entry in FAULTS else PROBLEMS[code].title(locale)
    return Fault(at, code, text.format(**values))


def of(code: str) -> Words:
    """The words of a problem; those of `internal` for a code that has none."""
    return PROBLEMS.get(code, PROBLEMS["internal"])
