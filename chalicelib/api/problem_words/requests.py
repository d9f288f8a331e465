"""The request could not be read; or who asks may not, or too often."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
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
    "wrong-host": Words(
        403,
        ("Asked at the wrong host", "Diwan answers at its public address, and not at what stands behind it."),
        ("مضيف غير صحيح", "لا يجيب ديوان إلا على عنوانه العام، لا على ما يقف خلفه."),
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
}
