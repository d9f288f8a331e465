"""Our own failures."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
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
