"""What stands in the way of a person who proves by a code that an address or a number is his."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "code-not-sendable": Words(
        422,
        (
            "No code can be sent there",
            "Nothing may be sent there, or enough was today: name another address or number.",
        ),
        ("لا يمكن إرسال رمز إلى هناك", "لا يجوز الإرسال إلى هناك، أو أُرسل اليوم ما يكفي: اذكر عنوانًا أو رقمًا آخر."),
    ),
    "contact-ours": Words(
        422,
        ("That is the shop's own", "Codes go to customers: name an address or number of theirs."),
        ("هذا للمتجر نفسه", "تُرسل الرموز إلى العملاء: اذكر عنوانًا أو رقمًا لهم."),
    ),
    "code-wrong": Words(
        422,
        ("Not the digits of the code", "Look at the newest message again."),
        ("ليست هذه أرقام الرمز", "انظر في أحدث رسالة مرة أخرى."),
    ),
    "code-spent": Words(
        422,
        ("The code has ended", "It was used, is too old, or was tried too often: ask for a new one."),
        ("انتهى الرمز", "استُعمل أو مضى وقته أو جُرّب مرات كثيرة: اطلب رمزًا جديدًا."),
    ),
    "code-expired": Words(
        422,
        ("The code has expired", "It was used, or its time is up: ask for a new one."),
        ("انتهت صلاحية الرمز", "استُعمل أو مضى وقته: اطلب رمزًا جديدًا."),
    ),
    "contact-anothers": Words(
        409,
        (
            "Another customer has this",
            "That customer has shown another contact to be theirs; agents see the two as a probable double.",
        ),
        ("هذا لعميل آخر", "أثبت ذلك العميل أن وسيلة اتصال أخرى له؛ ويرى الموظفون الاثنين مكرَّرين محتملين."),
    ),
    "too-many-contacts": Words(
        409,
        ("Too many contacts", "A customer has at most 20 contacts: remove one first."),
        ("وسائل اتصال كثيرة", "للعميل عشرون وسيلة اتصال على الأكثر: أزل واحدة أولًا."),
    ),
}
