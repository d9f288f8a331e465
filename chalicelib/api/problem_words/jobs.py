"""What stands in the way of a job, and what makes one fail."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "job-not-found": Words(
        404,
        ("No such job", "No job with this id was made by this key in the last 30 days."),
        ("لا توجد مهمة كهذه", "لم ينشئ هذا المفتاح مهمة بهذا المعرّف خلال آخر 30 يومًا."),
    ),
    "job-finished": Words(
        409,
        ("The job has finished", "It cannot be stopped any more, or has nothing left to go on with."),
        ("انتهت المهمة", "لم يعد ممكنًا إيقافها، أو لم يبق فيها ما يُستأنف."),
    ),
    "not-in-bulk": Words(
        422,
        ("Not in a bulk job", "Jobs, API keys and webhooks are made one by one: a job's results must hold no secrets."),
        ("لا يُنفذ ضمن مهمة مجمّعة", "تُنشأ المهام ومفاتيح API وwebhooks فرادى: يجب ألا تحوي نتائج المهمة أسرارًا."),
    ),
    "ticket-erased": Words(
        409,
        (
            "The ticket was erased",
            "Its customer was erased, and all that was written with him. It takes no messages and no changes.",
        ),
        ("مُحيت التذكرة", "مُحي عميلها وكل ما كُتب معه، فلا تقبل رسائل ولا تغييرات."),
    ),
    # Codes of a job's `error`.
    "job-step-failed": Words(
        500,
        ("A step of the job failed five times", "It is our fault. Resume the job to try again, and tell us its id."),
        ("أخفقت خطوة من المهمة خمس مرات", "الخطأ منا. استأنف المهمة للمحاولة من جديد، وأخبرنا بمعرّفها."),
    ),
    "unreadable-import": Words(
        422,
        ("The file cannot be imported", "It is not of the format that was named, or damaged; the detail tells which."),
        ("تعذّر استيراد الملف", "ليس الملف بالصيغة المذكورة أو أنه تالف؛ يبين التفصيل السبب."),
    ),
    "unknown-job-type": Words(
        404,
        ("No such type of job", "This version does not know this type of job."),
        ("نوع مهمة غير معروف", "لا يعرف هذا الإصدار هذا النوع من المهام."),
    ),
}
