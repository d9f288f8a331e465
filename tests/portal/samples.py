"""One ordinary morning at the shop, in both languages: what every template is rendered with in tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from chalicelib import clock, markdown
from chalicelib.channels import call_words
from chalicelib.domain.agent import Agent, Team
from chalicelib.domain.article import Category, CategoryText
from chalicelib.domain.blocked_sender import BlockedSender
from chalicelib.domain.call import Call
from chalicelib.domain.consent import Consent
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.macro import Macro
from chalicelib.domain.message import Attachment, Author, Message
from chalicelib.domain.shop import Shop
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.webhook import Webhook
from chalicelib.portal import article_page
from chalicelib.store.suspended import Suspended

BORN = datetime(2026, 3, 14, 9, 12, tzinfo=UTC)

SHOP = Shop(
    names={"en": "Ghusn", "ar": "غُصن"},
    time_zone="Africa/Tunis",
    addresses={"en": "12 Rue de l’Olivier, Sfax", "ar": "12 نهج الزيتونة، صفاقس"},
    hours={
        "en": "Saturday to Thursday, 9:00 to 18:00 Tunis time",
        "ar": "من السبت إلى الخميس، من 9:00 إلى 18:00 بتوقيت تونس",
    },
)
BOB = Agent("agt_1", "Salma", "salma@ghusn.example", "admin", BORN, names={"ar": "سلمى"})
TEAMS = [
    Team(
        "team_1",
        {"en": "Workshop", "ar": "الورشة"},
        BORN,
        email="workshop@ghusn.example",
        signatures={"en": "The workshop\nTuesday to Saturday", "ar": "الورشة\nمن الثلاثاء إلى السبت"},
    ),
    Team("team_2", {"en": "Delivery", "ar": "التوصيل"}, BORN),
]
MACRO = Macro(
    "mac_1",
    "Send a photo",
    {
        "en": "Hello {{customer.first_name|there}},\ncould you send one photo of it?",
        "ar": "مرحبًا {{customer.first_name}}،\nهل يمكنك إرسال صورة؟",
    },
    BORN,
    BORN,
    team_id="team_1",
)
BLOCKED = [
    BlockedSender("blk_1", "offers.example", BORN, "agt_1"),
    BlockedSender("blk_2", "prince@example.org", BORN, "key_1"),
]


def alice(lang: str) -> Customer:
    contacts = (
        Contact("email", "leila@example.org", verified=True),
        Contact("phone", "+21620555014", opted_out_of=("sms", "whatsapp")),
    )
    name = {"en": "Leila Haddad", "ar": "ليلى حدّاد"}[lang]
    return Customer("cus_1", name, lang, BORN, BORN, contacts, tags=("restaurant",))


def stop(lang: str) -> Consent:
    """What Alice said by text."""
    word = {"en": "STOP", "ar": "إيقاف"}[lang]
    said_by = ("opt_out", BORN, "sms", "customer", "cus_1", word)
    return Consent("cns_1", "cus_1", "phone", "+21620555014", "sms", *said_by)


def purchase(lang: str) -> CustomerEvent:
    title = {"en": "Chopping board, large", "ar": "لوح تقطيع كبير"}[lang]
    amount = {"value": "38.50", "currency": "EUR"}
    return CustomerEvent("cev_1", "cus_1", "purchase", title, BORN, BORN, "https://shop.example.org/orders/7", amount)


def ticket(lang: str, status: str = "pending", **changes: Any) -> Ticket:
    words = {
        "en": ("My chopping board has split along the grain", "Could you send one photo of the end of the board?"),
        "ar": ("تشقّق لوح التقطيع على امتداد عروق الخشب", "هل يمكنك إرسال صورة واحدة لطرف اللوح؟"),
    }[lang]
    made = Ticket(
        "tkt_1", 2041, words[0], status, "portal", "cus_1", lang, BORN, clock.now() - timedelta(minutes=20),
        customer_name=alice(lang).name, preview=words[1], tags=("cracked",),
        waiting_since=clock.now() - timedelta(minutes=42),
        assignee_id="agt_1", team_id="team_1", version=3,
    )  # fmt: skip
    return replace(made, **changes)


def tickets(lang: str) -> list[Ticket]:
    second = {"en": "Gift note in Arabic for order GH-88340", "ar": "بطاقة هدية بالعربية للطلب GH-88340"}[lang]
    third = {"en": "Parcel stopped at customs in Marseille", "ar": "توقّف الطرد في جمارك مرسيليا"}[lang]
    return [
        ticket(lang, "new", channel="sms", assignee_id=None),
        ticket(lang, "open", number=2037, subject=second, channel="email"),
        ticket(lang, "on_hold", number=2019, subject=third, waiting_since=None, updated_at=BORN, tags=()),
        ticket(lang, "solved", number=2011, waiting_since=None, channel="whatsapp"),
        ticket(lang, "closed", number=2003, waiting_since=None, channel="api", priority="urgent"),
    ]


def messages(lang: str) -> list[Message]:
    first = {
        "en": "Good morning. The large board I bought two weeks ago has a split about four centimetres long.\n\n"
        "I have only washed it by hand. Is it something I did?",
        "ar": "صباح الخير. في اللوح الكبير الذي اشتريته قبل أسبوعين شقّ طوله نحو أربعة سنتيمترات.\n\n"
        "مع أنّني لا أغسله إلا بيدي. هل أخطأتُ في شيء؟",
    }[lang]
    answer = {
        "en": "Good morning Leila. No, you did nothing wrong.\nhttps://ghusn.example/care says more.",
        "ar": "صباح النور يا ليلى. لا، لم تخطئي في شيء. كان الشتاء جافًا.\nوفي https://ghusn.example/care المزيد.",
    }[lang]
    note = {"en": "Third board from batch J-14 this week.", "ar": "هذا ثالث لوح من دفعة J-14 هذا الأسبوع."}[lang]
    photo = Attachment("att_1", "board-top.jpg", "image/jpeg", 2_100_000, "a")
    customer, agent = Author("customer", "cus_1", alice(lang).name), Author("agent", "agt_1", BOB.name_in(lang))
    return [
        Message("msg_1", "tkt_1", customer, "public", "portal", first, BORN, attachments=(photo,)),
        Message("msg_2", "tkt_1", agent, "public", "email", answer, BORN + timedelta(minutes=50), quoted_text=first),
        Message("msg_3", "tkt_1", agent, "internal", "portal", note, BORN + timedelta(minutes=53)),
        Message(
            "msg_4", "tkt_1", customer, "public", "sms", {"en": "A coin almost fits.", "ar": "تكاد القطعة تدخل."}[lang],
            clock.now() - timedelta(minutes=20), contact="+21620555014", unknown_sender=True, automatic=True,
            problems=("charset",),
        ),
    ]  # fmt: skip


def calls(lang: str) -> list[Message]:
    """Phone calls as a thread may hold them: answered and missed, with words and without, one for agents alone."""
    told = [
        (Call("in", "answered", 170), "public", ""),
        (Call("in", "missed"), "public", ""),
        (Call("out", "no_answer"), "public", ""),
        (Call("out", "answered", 660), "public", messages(lang)[0].text),
        (Call("in", "voicemail", 20), "internal", messages(lang)[1].text),
    ]
    author = Author("agent", "agt_1", BOB.name_in(lang))
    return [
        Message(f"msg_{at}", "tkt_1", author, seen, "phone", text or call_words.text(call, lang), BORN, call=call)
        for at, (call, seen, text) in enumerate(told, start=1)
    ]


def delivery(shown: str) -> Delivery:
    """A sending as the desk may show it; one that bounced has a copy that did not arrive, too."""
    state = {"delayed": "sent", "complained": "delivered"}.get(shown, shown)
    reason = {"delayed": "mailbox-full", "complained": "complaint", "bounced": "no-such-mailbox"}.get(shown)
    detail = {"delayed": "smtp; 452 4.2.2 Over quota", "bounced": "smtp; 550 5.1.1 no such user"}.get(shown)
    copies = {"charlie@example.net": "mailbox-full"} if shown == "bounced" else {}
    return Delivery(
        "tkt_1", "msg_2", "reply", "email", "leila@example.org", state, BORN, detail, reason=reason, copies=copies
    )


CATEGORIES = [
    Category("cat_1", {
        "en": CategoryText("Delivery", "Where your parcel is, costs, customs", "delivery"),
        "ar": CategoryText("التوصيل", "أين طردك، والتكلفة، والجمارك", "delivery"),
    }, BORN, BORN, icon="truck"),
    Category("cat_2", {
        "en": CategoryText("Returns and refunds", "60 days, and how to send it back", "returns"),
        "ar": CategoryText("الإرجاع واسترداد المال", "60 يومًا، وطريقة الإعادة", "returns"),
    }, BORN, BORN, icon="undo-2"),
    Category("cat_3", {
        "en": CategoryText("Caring for the wood", "Oiling, washing, cracks and stains", "care"),
        "ar": CategoryText("العناية بالخشب", "التزييت والغسل والتشقّقات والبقع", "care"),
    }, BORN, BORN, icon="leaf"),
]  # fmt: skip


def links(lang: str) -> list[SimpleNamespace]:
    titles = {
        "en": [
            "My board has split. Can it be saved?",
            "Which oil should I use, and how often?",
            "What our guarantee covers",
        ],
        "ar": ["تشقّق لوح التقطيع، فهل يمكن إنقاذه؟", "أيّ زيت أستعمل، وكم مرّة؟", "ما الذي يشمله ضماننا"],
    }[lang]
    return [SimpleNamespace(title=title, url=f"/{lang}/articles/{n}", locale=lang) for n, title in enumerate(titles)]


def article(lang: str) -> SimpleNamespace:
    words = {
        "en": ("Almost always, yes. Olive wood moves with the seasons.", "Before you start", "Close the split",
               "Food-safe mineral oil, about two spoonfuls", "**Dry it slowly.** Stand the board on its edge.",
               "Don’t use olive oil. It turns sour inside the wood."),
        "ar": ("نعم في أغلب الأحيان. فخشب الزيتون يتحرّك مع الفصول.", "قبل أن تبدأ", "أغلق الشقّ",
               "زيت معدنيّ صالح للطعام، نحو ملعقتين", "**جفّفه ببطء.** أوقِف اللوح على حافته.",
               "لا تستعمل زيت الزيتون، فهو يزنخ داخل الخشب."),
    }[lang]  # fmt: skip
    body = (
        "{}\n\n## {}\n\n- {}\n\n## {}\n\n1. {}\n2. {}\n\n> [!WARNING]\n> {}\n\n![{}](/media/m1/board.webp#1200x800)\n"
    )
    text = body.format(words[0], words[1], words[3], words[2], words[4], words[3], words[5], words[1])
    drawn = markdown.draw(text, lang, article_page.IDS)
    return SimpleNamespace(
        id="art_1", title=links(lang)[0].title, html=Markup(drawn.html), headings=drawn.headings, locale=lang,
        dir="rtl" if lang == "ar" else "ltr", author=BOB.name_in(lang), updated_at=BORN, minutes=3,
        summary=markdown.to_summary(text), image="https://help.ghusn.example/media/m1/board.webp",
    )  # fmt: skip


def hits(lang: str) -> list[SimpleNamespace]:
    snippet = {
        "en": "Small <mark>splits</mark> along the grain are part of how olive wood breathes.",
        "ar": "<mark>الشقوق</mark> الصغيرة على امتداد العروق من طبيعة خشب الزيتون.",
    }[lang]
    category = CATEGORIES[2].in_locale(lang).name
    return [SimpleNamespace(**vars(a), snippet=Markup(snippet), category=category) for a in links(lang)]


def category_text(lang: str) -> CategoryText:
    return CATEGORIES[2].in_locale(lang)


WEBHOOK = Webhook(
    "whk_1", "https://shop.example/hooks", ("*",), "", BORN, BORN, "Orders", enabled=False, disabled_reason="failing"
)


def suspended_mail(lang: str) -> SimpleNamespace:
    held = Suspended(
        id="o3vrnil0",
        reason="spam",
        received_at=BORN,
        raw_key="received/o3vrnil0",
        size=48_200,
        recipients=("help@ghusn.example",),
        spam="FAIL",
        virus="PASS",
        dmarc="PASS",
        sender="winner@offers.example",
        sender_name={"en": "The lottery", "ar": "اليانصيب"}[lang],
        subject={"en": "You have won", "ar": "لقد ربحت"}[lang],
    )
    address, cause = (
        f"/agent/suspended/sus_{held.id}",
        {"en": "It looks like spam.", "ar": "تبدو غير مرغوب فيها."}[lang],
    )
    return SimpleNamespace(
        id=f"sus_{held.id}", mail=held, cause=cause, address=address, may_be_released=True, is_dangerous=False
    )
