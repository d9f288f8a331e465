"""About those who work here and what the desk is set up with: keys, agents, teams, organizations, fields."""

from chalicelib.api.problem_words.words import Words

PROBLEMS = {
    "api-key-not-found": Words(
        404,
        ("No such key", "No key of the API has this id."),
        ("لا يوجد مفتاح كهذا", "لا يوجد مفتاح للواجهة بهذا المعرّف."),
    ),
    "api-key-revoked": Words(
        409,
        ("The key is revoked", "A revoked key cannot be changed. Make another one."),
        ("المفتاح ملغى", "لا يمكن تغيير مفتاح أُلغي. أنشئ مفتاحًا آخر."),
    ),
    "own-key": Words(
        409,
        (
            "A key cannot lock itself out",
            "No key can revoke itself, take `admin` from itself, set its own end, or let the agent go it belongs to. "
            "Use another key.",
        ),
        (
            "لا يمكن للمفتاح أن يمنع نفسه",
            "لا يمكن لمفتاح أن يلغي نفسه، أو ينزع `admin` عن نفسه، أو يحدّد نهايته، أو يُخرج الموظف الذي يعود إليه. "
            "استخدم مفتاحًا آخر.",
        ),
    ),
    "key-lost": Words(
        409,
        (
            "The key cannot be told again",
            "The secret that it was made with has changed since. Revoke it and make another one.",
        ),
        ("لا يمكن إظهار المفتاح مرة أخرى", "تغيّر السر الذي صُنع به منذ ذلك الحين. ألغِه وأنشئ مفتاحًا آخر."),
    ),
    "past-time": Words(
        422,
        ("This time is over", "An end must lie in the future."),
        ("مضى هذا الوقت", "يجب أن يكون وقت الانتهاء في المستقبل."),
    ),
    "email-taken": Words(
        409,
        (
            "This address is taken",
            "An agent, a team or the desk itself has it, or a customer, whose address can be no team's. "
            "Those who left and teams that were dissolved keep theirs.",
        ),
        (
            "العنوان مستخدم",
            "هذا العنوان لموظف أو فريق أو للمكتب نفسه، أو لعميل فلا يكون لفريق. "
            "يحتفظ من غادروا والفرق المحلولة بعناوينهم.",
        ),
    ),
    "email-blocked": Words(
        409,
        ("Mail from this address is blocked", "It, or its domain, is among the blocked senders. Unblock it first."),
        ("البريد من هذا العنوان محظور", "العنوان أو نطاقه بين المرسلين المحظورين. ألغِ حظره أولًا."),
    ),
    "last-admin": Words(
        409,
        ("This is the last admin", "There must be an active admin. Make another one first."),
        ("هذا آخر مدير", "لا بد من مدير نشط. عيّن مديرًا آخر أولًا."),
    ),
    "organization-not-found": Words(
        404,
        ("No such organization", "No organization has this id."),
        ("لا توجد مؤسسة كهذه", "لا توجد مؤسسة بهذا المعرّف."),
    ),
    "unknown-organization": Words(
        422,
        ("No such organization", "The organization that the body names does not exist."),
        ("لا توجد مؤسسة كهذه", "المؤسسة المذكورة في جسم الطلب غير موجودة."),
    ),
    "organization-in-use": Words(
        409,
        ("Customers belong to the organization", "Give its customers another organization, or none, first."),
        ("للمؤسسة عملاء", "انقل عملاءها إلى مؤسسة أخرى أو أخرجهم منها أولًا."),
    ),
    "external-id-taken": Words(
        409,
        ("This id is taken", "Another organization has this external id."),
        ("المعرّف مستخدم", "لمؤسسة أخرى هذا المعرّف الخارجي."),
    ),
    "domain-taken": Words(
        409,
        ("This domain is taken", "Another organization has this mail domain."),
        ("النطاق مستخدم", "لمؤسسة أخرى نطاق البريد هذا."),
    ),
    "synonyms-not-found": Words(
        404,
        ("No such set of synonyms", "No set of synonyms has this id."),
        ("لا توجد مجموعة مرادفات كهذه", "لا توجد مجموعة مرادفات بهذا المعرّف."),
    ),
    "no-searchable-word": Words(
        422,
        (
            "Nobody can search for this",
            "Each entry needs a word that is more than a sign, and more than “the” or “how”.",
        ),
        ("لا يمكن البحث عن هذا", "يلزم كل مدخل كلمةٌ لها معنى، لا علامات وحدها ولا أدوات مثل «من» و«كيف» وحدها."),
    ),
    "too-few-synonyms": Words(
        422,
        (
            "A set needs two different words",
            "The search reads words of one spelling, or of one stem, as the same: give two that differ.",
        ),
        ("تلزم المجموعة كلمتان مختلفتان", "يقرأ البحث صيغ الكلمة الواحدة على أنها كلمة واحدة: أعطِ كلمتين مختلفتين."),
    ),
    "macro-not-found": Words(
        404,
        ("No such macro", "No macro has this id."),
        ("لا يوجد رد جاهز كهذا", "لا يوجد رد جاهز بهذا المعرّف."),
    ),
    "unknown-placeholder": Words(
        422,
        (
            "Nothing fills this place",
            "A text may have these places: {{customer.name}}, {{customer.first_name}}, {{last_inquiry.subject}}, "
            "{{last_inquiry.date}}, {{last_purchase.title}}, {{ticket.number}}, {{agent.name}}, {{shop.name}}.",
        ),
        (
            "موضع لا يملؤه شيء",
            "المواضع المتاحة في النص: {{customer.name}} و {{customer.first_name}} و {{last_inquiry.subject}} "
            "و {{last_inquiry.date}} و {{last_purchase.title}} و {{ticket.number}} و {{agent.name}} و {{shop.name}}.",
        ),
    ),
    "field-not-found": Words(
        404,
        ("No such field", "No field definition has this id."),
        ("لا يوجد حقل كهذا", "لا يوجد تعريف حقل بهذا المعرّف."),
    ),
    "field-taken": Words(
        409,
        ("This key is taken", "There is a field of this key for the same kind of thing."),
        ("المفتاح مستخدم", "يوجد حقل بهذا المفتاح للنوع نفسه."),
    ),
    "invalid-custom-field": Words(
        422,
        (
            "A custom field is not as it is defined",
            "The fields of GET /v1/fields say what each may hold; `errors` tells each fault.",
        ),
        ("حقل مخصص يخالف تعريفه", "تبيّن الحقول في GET /v1/fields ما يقبله كل منها؛ تذكر `errors` كل خطأ."),
    ),
    "invalid-options": Words(
        422,
        (
            "The options do not fit the field",
            "Fields of the types select and multi_select have options, each value once; others have none.",
        ),
        (
            "الخيارات لا تناسب الحقل",
            "لحقول select و multi_select خيارات لا تتكرر قيمها، وليس لغيرها من الحقول خيارات.",
        ),
    ),
    "unknown-topic": Words(
        422,
        (
            "A field hangs on a topic that is none",
            "`topics` are values of the select field `topic` of tickets, and only other fields of tickets have them.",
        ),
        (
            "حقل مرتبط بموضوع غير موجود",
            "قيم `topics` من خيارات حقل التذاكر `topic`، ولا تكون إلا لغيره من حقول التذاكر.",
        ),
    ),
    "limit-reached": Words(
        409,
        ("There may be no more of these", "The desk holds as many of these as it can show at once."),
        ("بلغت الحد الأقصى", "لا يتسع المكتب لعدد أكبر من هذا النوع."),
    ),
}
