"""Which texts are nothing but STOP, HELP or START, and which only hold such a word."""

import pytest

from chalicelib.domain.consent_words import Word, word_in


@pytest.mark.parametrize(
    ("asks", "texts"),
    [
        (
            "stop",
            "STOP stop. Stop! ＳＴＯＰ “stop” st-op STOPALL Stop\u200b CANCEL End QUIT REVOKE REMOVE Opt-Out OPTOUT TD",
        ),
        ("stop", "ARRET arrêt Arrête\u0301r Annuler ANNULEZ désabonner PARAR Baja alto detener stopp pare"),
        ("stop", "Cancelar anular وقف ستوب ألغِ"),
        ("stop", "إيقاف ايقاف إِيقَاف إيـــقاف أيقاف توقف توقّف. إلغاء الغاء ألغاء قف أوقف \u200fإيقاف\u200f ﺇﻳﻘﺎﻑ"),
        ("help", "HELP help? Aide ayuda مساعدة مساعده المساعدة hilfe"),
        ("start", "START Unstop ابدأ إبدأ ابدا بدء démarrer Iniciar"),
    ],
    ids=["stop", "french and spanish", "kin", "arabic", "help", "start"],
)
def test_the_word_is_found_however_it_is_written(asks, texts):
    assert {text: word_in(text) for text in texts.split(" ")} == {text: Word(asks) for text in texts.split(" ")}


IN_TWO_WORDS = ["stop all", "Unsubscribe me", "stop 🛑", "opt out", "Stop MSG", "stop stop", "STOP, STOP!"]
IN_FRENCH = ["se désabonner", "Se désinscrire."]
IN_TWO_ARABIC = ["إلغاء الاشتراك", "إيقاف الاشتراك", "ايقاف الإشتراك", "أوقف الرسائل", "اوقفوا الرسائل", "وقف الرسائل"]


@pytest.mark.parametrize("text", [*IN_TWO_WORDS, *IN_FRENCH, *IN_TWO_ARABIC, "darme de baja"])
def test_what_is_said_in_two_words_is_one(text):
    assert word_in(text) == Word("stop")


ORDINARY = [
    "please stop by our shop",
    "stop it",
    "non stop",
    "bus stop",
    "the end",
    "help me",
    "cancel my order",
    "cancelar mi pedido",
]
IN_ARABIC = ["لا تتوقف", "الوقف", "موقف", "أريد إلغاء الطلب", "توقف المطر"]
NO_WORDS = ["🛑", "", "  ", "1", "no", "stop" * 20]


@pytest.mark.parametrize("text", [*ORDINARY, *IN_ARABIC, *NO_WORDS])
def test_a_text_that_says_more_or_less_is_an_ordinary_one(text):
    assert word_in(text) is None


def test_what_may_be_an_answer_is_told_apart():
    assert word_in("Yes") == word_in("نعم") == Word("start", plain=False)
    assert word_in("Info") == Word("help", plain=False)
