"""Why a mail is kept out of the tickets, as codes that stay and in words; and the id it has while it is."""

_PREFIX = "sus_"
_WORDS = {
    "spam": ("It looks like spam.", "تبدو رسالة غير مرغوب فيها."),
    "virus": ("It holds a virus.", "تحتوي على فيروس."),
    "dmarc": ("Its sender is forged: his domain disowns it.", "مرسلها مزوّر: نطاقه يتبرأ منها."),
    "no-sender": ("It names no sender.", "لا تذكر مرسلًا."),
    "too-many": (
        "Its sender wrote more than 20 mails within an hour.",
        "كتب مرسلها أكثر من 20 رسالة خلال ساعة.",
    ),
    "loop": ("It goes in a circle: it was here before.", "تدور في حلقة: سبق أن كانت هنا."),
    "too-large": ("It is larger than 40 MB.", "حجمها أكبر من 40 ميغابايت."),
    "unparseable": ("Nothing in it could be read.", "تعذرت قراءة أي شيء فيها."),
    "own-address": ("It comes from an address of our own.", "تأتي من عنوان من عناويننا."),
    "blocked-sender": ("Its sender is blocked.", "مرسلها محظور."),
    "unknown-bounce": (
        "It reports that a mail could not be delivered, but none that we sent.",
        "تبلّغ عن تعذر تسليم رسالة، لكنها ليست رسالة أرسلناها.",
    ),
    "unverified": (
        "It came without word of whether it is safe and from whom it says.",
        "وصلت من دون ما يؤكد سلامتها وهوية مرسلها.",
    ),
    "robot": (
        "It was typed into the help centre's form, perhaps by a robot.",
        "كُتبت في نموذج مركز المساعدة، وربّما كتبها برنامج.",
    ),
    "unscanned": ("Nobody could look for a virus in it.", "تعذر فحصها بحثًا عن الفيروسات."),
    "failed": ("It could not be taken in: a fault of ours.", "تعذر إدخالها بسبب خلل لدينا."),
}
_OTHERWISE = ("It was kept apart.", "حُجبت.")


def in_words(cause: str, locale: str) -> str:
    """The cause in a sentence; one that came later than its reader is told in general terms."""
    return _WORDS.get(cause, _OTHERWISE)[locale == "ar"]


def id_of(mail_id: str) -> str:
    """How the outside names the suspended mail that the mail service calls `mail_id`."""
    return _PREFIX + mail_id


def mail_id_of(id: str) -> str | None:
    """The other way; None for what is no such id."""
    return id.removeprefix(_PREFIX) if id.startswith(_PREFIX) else None
