"""What webhooks refuse."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "webhook-not-found": Words(
        404,
        ("No such webhook", "No webhook has this id."),
        ("لا يوجد webhook كهذا", "لا يوجد webhook بهذا المعرّف."),
    ),
    "delivery-not-found": Words(
        404,
        ("No such delivery", "This webhook has no delivery with this id; deliveries are kept for 30 days."),
        ("لا توجد عملية تسليم كهذه", "لا توجد لهذا الـ webhook عملية تسليم بهذا المعرّف؛ تُحفظ السجلات 30 يومًا."),
    ),
    "webhook-disabled": Words(
        409,
        ("The webhook is switched off", "Nothing is sent to it. Set `enabled` to true first, then send again."),
        ("الـ webhook متوقف", "لا يُرسل إليه شيء. اجعل `enabled` يساوي true أولًا ثم أعد الإرسال."),
    ),
    "too-many-webhooks": Words(
        409,
        ("Too many webhooks", "There may be 25 webhooks. Delete one that nobody needs."),
        ("عدد كبير من الـ webhooks", "الحد الأقصى 25. احذف ما لا يحتاجه أحد."),
    ),
    "invalid-webhook-url": Words(
        422,
        (
            "Not an address for a webhook",
            "It must be an https address in printable ASCII on port 443 or one from 1024, without user name, password "
            "and fragment.",
        ),
        (
            "ليس عنوانًا صالحًا لـ webhook",
            "يجب أن يكون عنوان https بمحارف ASCII على المنفذ 443 أو منفذ من 1024 فما فوق، دون اسم مستخدم أو كلمة مرور "
            "أو جزء بعد #.",
        ),
    ),
    "webhook-address-refused": Words(
        422,
        (
            "Not a public address",
            "Webhooks go to public addresses only: not to private, loopback, link-local or reserved ones, however they "
            "are spelt.",
        ),
        (
            "ليس عنوانًا عامًا",
            "لا تُرسل الـ webhooks إلا إلى عناوين عامة: لا إلى عناوين خاصة أو محلية أو محجوزة، كيفما كُتبت.",
        ),
    ),
}
