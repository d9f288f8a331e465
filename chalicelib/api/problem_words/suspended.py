"""What stands in the way of a suspended mail, and of blocking a sender."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "blocked-sender-not-found": Words(
        404,
        ("No such blocked sender", "No blocked sender has this id: it may have been unblocked."),
        ("لا يوجد مرسل محظور كهذا", "لا يوجد مرسل محظور بهذا المعرّف: ربما رُفع عنه الحظر."),
    ),
    "invalid-sender": Words(
        422,
        ("Neither an address nor a domain", "Give an address, as spam@example.org, or a domain, as example.org."),
        ("ليس عنوانًا ولا نطاقًا", "اكتب عنوانًا مثل spam@example.org أو نطاقًا مثل example.org."),
    ),
    "own-sender": Words(
        422,
        ("This sender is one of us", "Addresses of the desk and of its agents, and their domains, cannot be blocked."),
        ("هذا المرسل منّا", "لا يمكن حظر عناوين المكتب وموظفيه ولا نطاقاتها."),
    ),
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
