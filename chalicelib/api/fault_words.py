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
    "no-colour": ("This is no colour. Example: #27408b", "ليس هذا لونًا. مثال: #27408b"),
    "low-contrast": (
        "{written} on {ground} has a contrast of {ratio}:1 and needs 4.5:1. The nearest colour that has it: {instead}",
        "التباين بين {written} و {ground} هو {ratio}:1 والمطلوب 4.5:1. أقرب لون يفي بذلك: {instead}",
    ),
    "no-picture": (
        "This is no picture of ours. Send it by `POST /v1/images` first.",
        "ليست هذه صورة من صورنا. أرسلها أولًا عبر `POST /v1/images`.",
    ),
    "no-address": (
        "A link leads to https, http, mailto or tel, or to a path that begins with one slash.",
        "الرابط يقود إلى https أو http أو mailto أو tel، أو إلى مسار يبدأ بشرطة مائلة واحدة.",
    ),
    "css-escape": ("Line {line}: escapes (\\) are not taken.", "السطر {line}: رموز الهروب (\\) غير مقبولة."),
    "css-character": ("Line {line}: {found} is not taken.", "السطر {line}: لا يُقبل {found} هنا."),
    "css-address": (
        "Line {line}: only /media/ and data:image addresses may be loaded, by url(). Found: {found}",
        "السطر {line}: لا يُحمَّل سوى عناوين /media/ و data:image بواسطة url(). الموجود: {found}",
    ),
    "css-at-rule": ("Line {line}: {found} is not taken.", "السطر {line}: لا تُقبل القاعدة {found}."),
    "css-running": ("Line {line}: {found} could run something.", "السطر {line}: قد يشغّل {found} شيئًا."),
    "css-unbalanced": (
        "Line {line}: something is opened and not closed, or closed and not opened: {found}",
        "السطر {line}: شيء فُتح ولم يُغلق، أو أُغلق ولم يُفتح: {found}",
    ),
    "no-price": (
        "Prices are US dollars a part up to {limit}, by regions of two letters.",
        "الأسعار بالدولار الأمريكي للجزء حتى {limit}، ولكل منطقة حرفان.",
    ),
    "no-template": (
        "Meta's names of templates have small letters, digits and underscores.",
        "أسماء القوالب لدى Meta حروف لاتينية صغيرة وأرقام وشرطات سفلية.",
    ),
    "no-language": ("Meta calls languages like en or en_US.", "تسمّي Meta اللغات هكذا: en أو en_US."),
    "unknown-day": ("A day is one of: {allowed}.", "اليوم واحد من: {allowed}."),
    "invalid-clock-time": ("This is no time of a day. Example: 09:30", "ليس هذا وقتًا من اليوم. مثال: 09:30"),
    "empty-window": ("The shop would close as it opens.", "يغلق المتجر هكذا ساعة يفتح."),
    "window-over-midnight": (
        "Hours past midnight are those of the next day. End at 24:00 and begin there at 00:00.",
        "ما بعد منتصف الليل من ساعات اليوم التالي. أنهِ عند 24:00 وابدأ هناك عند 00:00.",
    ),
    "overlapping-windows": ("These hours overlap others of the day.", "تتداخل هذه الساعات مع غيرها في اليوم نفسه."),
    "no-open-hours": (
        "An answer can be promised only with hours in which the shop is open.",
        "لا يوعد بجواب إلا مع ساعات يكون فيها المتجر مفتوحًا.",
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
