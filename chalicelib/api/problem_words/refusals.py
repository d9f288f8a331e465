"""Read, understood, and refused."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
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
    "recipient-complained": Words(
        422,
        ("The recipient complained", "The customer marked our mail as spam. Nothing more is sent to this address."),
        ("اشتكى المستلم", "أبلغ العميل عن بريدنا بوصفه مزعجًا. لن يُرسل شيء آخر إلى هذا العنوان."),
    ),
    "recipient-suppressed": Words(
        422,
        (
            "The recipient is suppressed",
            "Mail to this address came back for good, was marked as spam, or is switched off. Nothing was stored.",
        ),
        (
            "عنوان المستلم محجوب",
            "ارتدّ البريد المرسل إلى هذا العنوان نهائيًا أو أُبلغ عنه بوصفه مزعجًا أو أوقفه أحد. لم يُحفظ شيء.",
        ),
    ),
    "no-contact": Words(
        422,
        ("No address on that channel", "The customer has no contact that this channel could reach."),
        ("لا عنوان على هذه القناة", "ليس للعميل وسيلة اتصال تصل إليها هذه القناة."),
    ),
    "channel-not-available": Words(
        422,
        (
            "Nothing is sent on this channel",
            "An answer goes out by email, by sms, or by whatsapp where the shop has a number there; on portal or api "
            "it goes by one of them.",
        ),
        (
            "لا إرسال على هذه القناة",
            "يخرج الرد بالبريد (email) أو برسالة قصيرة (sms) أو عبر واتساب (whatsapp) إن كان للمتجر رقم فيه؛ "
            "وعلى portal أو api يخرج بأحدها.",
        ),
    ),
    "whatsapp-session-over": Words(
        422,
        (
            "The WhatsApp session is over",
            "The customer has not written on WhatsApp within 24 hours, and the shop has no template for what goes out "
            "later. Answer by another channel. Nothing was stored.",
        ),
        (
            "انتهت جلسة واتساب",
            "لم يكتب العميل في واتساب خلال 24 ساعة، وليس للمتجر قالب لما يُرسل بعدها. أجب عبر قناة أخرى. لم يُحفظ شيء.",
        ),
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
}
