"""About articles and how they are ordered."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "version-not-found": Words(
        404,
        ("No such version", "The article has no version of this number. Numbers have gaps: list them."),
        ("لا توجد نسخة كهذه", "ليس للمقالة نسخة بهذا الرقم. في الأرقام فجوات: اطلب القائمة."),
    ),
    "translation-not-found": Words(
        404,
        ("Not in this language", "The article has no text in this language."),
        ("غير موجودة بهذه اللغة", "ليس للمقالة نص بهذه اللغة."),
    ),
    "not-a-draft": Words(
        409,
        (
            "Not a draft",
            "Only a draft can be published at a later time. This article is archived, or to be published at once, or "
            "is published and has no draft beside its texts.",
        ),
        (
            "ليست مسودة",
            "لا يُحدَّد موعد للنشر إلا لمسودة. هذه المقالة مؤرشفة، أو طُلب نشرها فورًا، أو هي منشورة وليس لنصوصها مسودة.",
        ),
    ),
    "not-in-draft": Words(
        422,
        (
            "Not for a draft",
            "A draft holds texts, and when they are published. Category, visibility and position change for everybody "
            "at once: send them without `draft`.",
        ),
        (
            "لا يصلح لمسودة",
            "تضم المسودة النصوص وموعد نشرها. أما الفئة والجمهور والترتيب فتتغيّر للجميع فورًا: أرسلها من غير draft.",
        ),
    ),
    "in-past": Words(
        422,
        ("This time is past", "Name a time to come, or publish the article now."),
        ("هذا الوقت قد مضى", "حدّد وقتًا لم يأتِ بعد، أو انشر المقالة الآن."),
    ),
    "unknown-neighbour": Words(
        422,
        ("Nothing to put it behind", "There is no other one with this id in the same list."),
        ("لا يوجد ما توضع بعده", "لا يوجد في القائمة نفسها عنصر آخر بهذا المعرّف."),
    ),
    "not-an-image": Words(
        422,
        (
            "Not a picture",
            "A picture is a file of PNG, JPEG, WebP, GIF or AVIF; SVG is not taken, since it can run scripts.",
        ),
        ("ليست صورة", "الصورة ملف PNG أو JPEG أو WebP أو GIF أو AVIF؛ ولا يُقبل SVG لأنه قد يشغّل برامج."),
    ),
    "image-too-big": Words(
        422,
        ("The picture is too big", "A picture may have 5 MB."),
        ("الصورة كبيرة جدًا", "الحد الأقصى للصورة 5 ميغابايت."),
    ),
    "unknown-reason": Words(
        422,
        ("No such reason", "A reason is one of unclear, outdated, wrong, missing and other."),
        ("لا يوجد سبب كهذا", "السبب واحد من unclear و outdated و wrong و missing و other."),
    ),
}
