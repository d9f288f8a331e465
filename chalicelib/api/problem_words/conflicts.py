"""What was asked for is not there, or something stands in the way."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
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
    "message-not-found": Words(
        404,
        ("No such message", "No message of this ticket has this id."),
        ("لا توجد رسالة كهذه", "لا توجد في هذه التذكرة رسالة بهذا المعرّف."),
    ),
    "customer-not-found": Words(
        404,
        ("No such customer", "No customer has this id."),
        ("لا يوجد عميل كهذا", "لا يوجد عميل بهذا المعرّف."),
    ),
    "not-rated": Words(
        404,
        ("Not rated", "Nobody has said yet whether this ticket was answered."),
        ("لا تقييم", "لم يقل أحد بعد هل وجدت هذه التذكرة جوابها."),
    ),
    "not-ratable": Words(
        409,
        (
            "The ticket cannot be rated now",
            "A ticket is rated once it is solved, within 30 days; what was said can be changed for seven.",
        ),
        (
            "لا يمكن تقييم التذكرة الآن",
            "تُقيّم التذكرة بعد حلّها خلال 30 يومًا، ويمكن تغيير ما قيل مدّة سبعة أيام.",
        ),
    ),
    "note-not-found": Words(
        404,
        ("No such note", "There is no note about this customer with this id."),
        ("لا توجد ملاحظة كهذه", "لا توجد ملاحظة عن هذا العميل بهذا المعرّف."),
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
    "not-retryable": Words(
        409,
        ("Nothing to send again", "Only a message whose delivery failed or bounced can be sent again."),
        ("لا شيء يُعاد إرساله", "لا يُعاد إلا إرسال رسالة فشل تسليمها أو ارتدّت."),
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
}
