"""What stands in the way of making tickets or customers one, and of taking them apart."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "ticket-merged": Words(
        409,
        ("The ticket was merged", "Another ticket stands for it: write to and change that one, or unmerge this."),
        ("التذكرة مدمجة", "تنوب عنها تذكرة أخرى: اكتب فيها أو غيّرها، أو افصل هذه أولًا."),
    ),
    "ticket-closed": Words(
        409,
        ("The ticket is closed", "It was closed too long ago to be opened again: a new message makes a new ticket."),
        ("التذكرة مغلقة", "أُغلقت منذ وقت أطول من أن تُفتح من جديد: تُنشئ الرسالة الجديدة تذكرة جديدة."),
    ),
    "customer-merged": Words(
        409,
        ("The customer was merged", "Another customer stands for this one: change that one, or unmerge this one."),
        ("العميل مدمج", "ينوب عنه عميل آخر: غيّر ذلك العميل، أو افصل هذا أولًا."),
    ),
    "already-merged": Words(
        409,
        ("Merged before", "It was merged into another already; unmerge it first."),
        ("سبق الدمج", "سبق دمجه في غيره؛ افصله أولًا."),
    ),
    "merge-cycle": Words(
        409,
        ("Merged the other way round", "What it should be merged into was itself merged into it."),
        ("دمج بالاتجاه المعاكس", "ما يُراد الدمج فيه مدمج هو نفسه في هذا."),
    ),
    "not-merged": Words(
        409,
        ("Not merged", "It stands for itself; there is nothing to take apart."),
        ("غير مدمج", "هو قائم بذاته ولا شيء يُفصل."),
    ),
    "tickets-still-merged": Words(
        409,
        (
            "Tickets hold words of both",
            "Unmerge the tickets that are named, or split off what is the other's: one would read what is not his.",
        ),
        ("تذاكر فيها كلام الاثنين", "افصل التذاكر المذكورة أو جزّئ منها رسائل الآخر، وإلا قرأ أحدهما ما ليس له."),
    ),
    "unknown-ticket": Words(
        422,
        ("No such ticket", "The ticket that the body names does not exist."),
        ("لا توجد تذكرة كهذه", "التذكرة المذكورة في جسم الطلب غير موجودة."),
    ),
    "same-ticket": Words(
        422,
        ("The same ticket", "A ticket cannot be merged into itself."),
        ("التذكرة نفسها", "لا يمكن دمج تذكرة في نفسها."),
    ),
    "same-customer": Words(
        422,
        ("The same customer", "A customer cannot be merged into himself."),
        ("العميل نفسه", "لا يمكن دمج عميل في نفسه."),
    ),
    "different-customers": Words(
        422,
        (
            "Tickets of two customers",
            "Only tickets of one customer can be merged. If the two are one person, merge them.",
        ),
        ("تذكرتان لعميلين", "لا تُدمج إلا تذاكر عميل واحد. إن كان العميلان شخصًا واحدًا فادمجهما أولًا."),
    ),
    "too-many-merged": Words(
        422,
        ("Too many at once", "At most 20 can be one, and at most 1,000 messages be moved out of one ticket."),
        ("عدد كبير جدًا", "لا يُدمج أكثر من 20 تذكرة أو عميلًا في واحد، ولا يُنقل أكثر من 1000 رسالة من تذكرة واحدة."),
    ),
    "unknown-message": Words(
        422,
        ("No such message", "The ticket has no message with this id."),
        ("لا توجد رسالة كهذه", "ليس في التذكرة رسالة بهذا المعرّف."),
    ),
    "nothing-left": Words(
        422,
        ("Nothing would be left", "A ticket keeps at least one of its messages."),
        ("لن يبقى شيء", "تحتفظ التذكرة برسالة واحدة على الأقل."),
    ),
}
