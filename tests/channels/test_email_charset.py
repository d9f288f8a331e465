"""Octets into text, whatever charset they say they are in."""

import pytest

from chalicelib.channels import email_charset, email_charset_guess, email_shifted

WORDS = {
    "cp1256": "لم يصلني الطلب حتى الآن، أرجو إعلامي بموعد الشحن",
    "iso8859_6": "لم يصلني الطلب حتى الآن، أرجو إعلامي بموعد الشحن",
    "cp1251": "Здравствуйте, мой заказ ещё не пришёл",
    "koi8_r": "Здравствуйте, мой заказ ещё не пришёл",
    "iso8859_5": "Здравствуйте, мой заказ ещё не пришёл",
    "cp1255": "שלום, ההזמנה שלי עוד לא הגיעה",
    "cp1253": "Καλημέρα, η παραγγελία μου δεν έχει φτάσει ακόμα",
    "cp874": "สวัสดีค่ะ สินค้าของฉันยังไม่มาถึง",
    "gb18030": "你好，我的订单还没有到，请问什么时候可以收到？",
    "big5hkscs": "你好，我的訂單還沒有到，請問什麼時候可以收到？",
    "cp932": "こんにちは、注文した商品がまだ届いていません。",
    "euc_jp": "こんにちは、注文した商品がまだ届いていません。",
    "cp949": "안녕하세요, 주문한 상품이 아직 도착하지 않았습니다.",
}


@pytest.mark.parametrize("codec", WORDS)
def test_a_declared_charset_is_believed(codec: str) -> None:
    assert email_charset.decode(WORDS[codec].encode(codec), codec) == WORDS[codec]


@pytest.mark.parametrize("codec", WORDS)
@pytest.mark.parametrize("declared", [None, "iso-8859-1", "us-ascii", "x-unknown"])
def test_long_text_without_its_charset_is_recognised(codec: str, declared: str | None) -> None:
    assert email_charset.decode(WORDS[codec].encode(codec), declared) == WORDS[codec]


@pytest.mark.parametrize("codec", WORDS)
def test_utf_8_is_read_whatever_one_octet_charset_it_claims(codec: str) -> None:
    assert email_charset.decode(WORDS[codec].encode(), "windows-1256") == WORDS[codec]


@pytest.mark.parametrize("text", ["Où est ma commande ? Déjà été reçue à Sfax.", "ÀÉÈÇÙ éèàùçô naïve été", "naïve"])
def test_latin_text_is_not_taken_for_another_script(text: str) -> None:
    assert email_charset_guess.guess(text.encode("cp1252")) is None
    assert email_charset.decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("UTF-8", "utf-8"),
        (' "windows-1256" ', "cp1256"),
        ("cp-1256", "cp1256"),
        ("x-cp1256", "cp1256"),
        ("iso-8859-8-i", "iso8859-8"),
        ("ks_c_5601-1987", "cp949"),
        ("gb2312", "gb18030"),
        ("latin1", "cp1252"),
        ("windows-31j", "cp932"),
        ("cp-850", "cp850"),
        ("IBM-437", "cp437"),
        ("iso-2022-jp-ms", "iso2022_jp_ext"),
        ("CP50221", "iso2022_jp_ext"),
    ],
)
def test_names_as_mails_write_them(written: str, meant: str) -> None:
    assert email_charset.charset(written) == meant


@pytest.mark.parametrize(
    "name", [None, "", "zlib", "rot13", "hex", "idna", "punycode", "unicode_escape", "x\0y", "../x"]
)
def test_what_is_no_charset_is_none(name: str | None) -> None:
    assert email_charset.charset(name) is None
    assert email_charset.decode("مرحبا".encode(), name) == "مرحبا"


def test_text_comes_out_storable() -> None:
    assert email_charset.storable("a\0b\ud83d\ude00c\udc00\x1b") == "ab😀c\ufffd"
    assert email_charset.decode(b"+2AA-x", "utf-7") == "\ufffdx"


@pytest.mark.parametrize("declared", [None, "utf-8", "us-ascii", "iso-8859-1", "x-unknown"])
def test_a_long_text_with_few_accents_is_latin_whatever_it_claims(declared: str | None) -> None:
    text = "Nous avons commande une planche a decouper et nous attendons toujours, depuis déjà des semaines. " * 20
    assert email_charset.decode(text.encode("cp1252"), declared) == text


def test_text_in_utf_8_that_was_cut_within_letters_stays_utf_8() -> None:
    octets = "Déjà reçu, été, à bientôt".encode() + b"\xc3"
    assert email_charset.decode(octets, "utf-8") == "Déjà reçu, été, à bientôt\ufffd"


CLASSICAL = {
    "big5hkscs": "顏氏家訓卷第七音辭雜藝終制夫九州之人言語不同生民已來固常然矣自春秋標齊言之傳離騷目楚詞之經",
    "gb18030": "颜氏家训卷第七音辞杂艺终制夫九州之人言语不同生民已来固常然矣自春秋标齐言之传离骚目楚词之经",
}


@pytest.mark.parametrize("codec", CLASSICAL)
def test_chinese_of_rarer_letters_is_recognised_too(codec: str) -> None:
    assert email_charset.decode(CLASSICAL[codec].encode(codec), "us-ascii") == CLASSICAL[codec]


@pytest.mark.parametrize("declared", ["iso-2022-jp", "iso-2022-jp-ms", "cp50221", "us-ascii", None])
def test_letters_of_microsoft_are_read_within_japanese(declared: str | None) -> None:
    octets = b"\x1b$BCmJ8\x1b(B \x1b$B-!\x1b(B \x1b$B-j|b\x1b(B (7)"
    assert email_charset.decode(octets, declared) == "注文 ① ㈱髙 (7)"


def test_half_width_kana_are_read_beside_letters_of_microsoft() -> None:
    assert email_charset.decode(b"\x1b(I1\x1b(B \x1b$B-!\x1b(B", "iso-2022-jp") == "ｱ ①"


@pytest.mark.parametrize(
    ("declared", "codec", "text", "spoilt"),
    [
        ("iso-2022-jp", "iso2022_jp", "注文", b"\x1b$B)!\x1b(B"),
        ("iso-2022-jp", "iso2022_jp", "注文", b"\xfe"),
        ("iso-2022-kr", "iso2022_kr", "주문", b"\x0e,~\x0f"),
        ("hz-gb-2312", "hz", "订单", b"~{)~~}"),
        ("utf-7", "utf-7", "Grüße", b"\xe9"),
    ],
)
def test_one_odd_octet_spoils_one_letter_of_seven_bits(declared: str, codec: str, text: str, spoilt: bytes) -> None:
    read = email_charset.decode(text.encode(codec) + b" " + spoilt + b"\n", declared)
    assert read.startswith(f"{text} ")
    assert "\ufffd" in read


def test_text_that_nobody_wrote_is_not_gone_through_letter_by_letter() -> None:
    octets = b"\x1b$B-!\x1b(B" * (email_shifted.MAX_MENDED // 8 + 1)
    assert email_charset.decode(octets, "iso-2022-jp").strip("\ufffd") == ""


def test_a_sum_is_no_escape() -> None:
    assert email_charset.decode(b"1 + 1 = 2, C++", "utf-7") == "1 + 1 = 2, C++"
