"""What stands in the way of a suspended mail."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "suspended-not-found": Words(
        404,
        (
            "No such suspended mail",
            "No mail with this id is suspended: it was released, deleted, or is over 14 days old.",
        ),
        (
            "لا توجد رسالة محجوبة كهذه",
            "لا توجد رسالة محجوبة بهذا المعرّف: أُفرج عنها أو حُذفت أو مضى عليها أكثر من 14 يومًا.",
        ),
    ),
    "mail-without-sender": Words(
        422,
        ("The mail names no sender", "It can become no message, since there is nobody to answer. It can be deleted."),
        ("الرسالة لا تذكر مرسلًا", "لا يمكن أن تصبح رسالة في تذكرة، إذ لا أحد يُرد عليه. يمكن حذفها."),
    ),
}
