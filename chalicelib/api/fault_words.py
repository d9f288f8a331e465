"""What may be wrong with one field, in English and Arabic, by its stable code; some faults have a problem's code."""

# Braces are filled in.
FAULTS: dict[str, tuple[str, str]] = {
    "required": ("The field “{name}” is missing.", "الحقل «{name}» مفقود."),
    "unknown-field": ("There is no field “{name}” here.", "لا يوجد هنا حقل «{name}»."),
    "unknown-field-near": (
        "There is no field “{name}” here. Did you mean “{near}”?",
        "لا يوجد هنا حقل «{name}». هل تقصد «{near}»؟",
    ),
    "wrong-type": ("This is of type {found}; it must be {expected}.", "النوع هنا {found} ويجب أن يكون {expected}."),
    "unknown-value": ("This must be one of: {allowed}.", "يجب أن تكون القيمة واحدة من: {allowed}."),
    "too-long": (
        "This has {count} characters; at most {limit} are taken.",
        "عدد المحارف هنا {count} والحد الأقصى {limit}.",
    ),
    "too-many": ("There are {count} here; at most {limit} are taken.", "العدد هنا {count} والحد الأقصى {limit}."),
    "too-few": ("There are {count} here; at least {limit} are needed.", "العدد هنا {count} والحد الأدنى {limit}."),
    "too-big": (
        "This takes {count} octets; at most {limit} are taken.",
        "الحجم هنا {count} بايت والحد الأقصى {limit}.",
    ),
    "out-of-range": ("This must be from {low} to {high}.", "يجب أن تكون القيمة بين {low} و {high}."),
    "blank": ("This must not be blank.", "لا يجوز أن يكون هذا فارغًا."),
    "invalid-characters": (
        "This holds characters that are not taken here, such as a line break.",
        "هنا محارف غير مقبولة في هذا الموضع، مثل فاصل الأسطر.",
    ),
    "invalid-characters-form": (
        "This is not of the form that is taken here: {form}",
        "ليس هذا بالصيغة المقبولة هنا: {form}",
    ),
    "invalid-time": (
        "This is no time in RFC 3339. Example: 2026-03-14T09:30:00Z",
        "ليس هذا وقتًا بصيغة RFC 3339. مثال: 2026-03-14T09:30:00Z",
    ),
    "field-required": ("The field “{name}” must have a value.", "يجب أن تكون للحقل «{name}» قيمة."),
    "field-type": (
        "This field takes a value of type {expected}; this is of type {found}.",
        "يقبل هذا الحقل قيمة من النوع {expected} والنوع هنا {found}.",
    ),
    "field-option": ("This field takes one of: {allowed}.", "يقبل هذا الحقل واحدة من: {allowed}."),
    "invalid-date": ("This is no date. Example: 2026-03-14", "ليس هذا تاريخًا. مثال: 2026-03-14"),
    "unknown-time-zone": (
        "There is no time zone of this name. Example: Africa/Tunis",
        "لا توجد منطقة زمنية بهذا الاسم. مثال: Africa/Tunis",
    ),
    "same-hours": (
        "The hours begin and end at the same time; a whole day cannot be quiet.",
        "الساعات تبدأ وتنتهي في الوقت نفسه، ولا يمكن أن يكون اليوم كله هادئًا.",
    ),
    "call-outcome": ("A call in this direction cannot end so.", "لا يمكن أن تنتهي مكالمة في هذا الاتجاه هكذا."),
    "call-seconds": (
        "Nobody spoke in such a call, so it took 0 seconds.",
        "لم يتكلّم أحد في مكالمة كهذه، فمدّتها 0 ثانية.",
    ),
    "repeated-parameter": ("The parameter “{name}” is given twice.", "المعامل «{name}» مكرر."),
    "one-of": ("Give exactly one of: {names}.", "أعطِ واحدًا فقط من: {names}."),
    "not-together": ("This cannot be given together with “{name}”.", "لا يمكن إعطاء هذا مع «{name}»."),
    "new-language": ("A language that is new here needs this too.", "اللغة الجديدة هنا تحتاج إلى هذا أيضًا."),
    "any-of": ("Give at least one of: {names}.", "أعطِ واحدًا على الأقل من: {names}."),
    "before": ("This is not after “{name}”.", "هذا ليس بعد «{name}»."),
    "nul-character": ("This holds the character U+0000.", "هنا المحرف U+0000."),
    "lone-surrogate": ("This holds half of a surrogate pair.", "هنا نصف زوج بديل (surrogate)."),
}
