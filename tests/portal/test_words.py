"""Two first languages: every English word has its Arabic one, in all six plurals, and numbers stay in one piece."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from chalicelib import clock, i18n, render

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "ngettext": (1, 2), "translate": (2,), "translate_count": (2, 3)}
TUNIS = "Africa/Tunis"
# Doubled letters are always marked, the ending of adjectives never (اختياري): these lack or have too much of it.
_MISSPELT = re.compile(
    r"\b[وفبل]*(?:كل|كلها|كله|ثم|مما|مرة|حتى|إلا|ألا|أول|أولًا|أنه|أنك|أيام|الأيام|الأقل|البوابة|بقية|نصك|الرد|تتسع"
    r"|(?:ال|لل)?موظف\w*|(?:ال|لل)?ملف(?!ّ)\w*|(?:ال)?خطاف\w*|اختياريّ|نهائيّ|الحاليّ|العربيّ|الإنجليزيّ)(?![\w\u064b-\u0652])"
)


def written() -> Catalog:
    """What the code and the templates say."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for _, _, message, _, _ in extract_from_dir(ROOT, methods, options, KEYWORDS):
        found.add(message)
    return found


def arabic() -> Catalog:
    with (ROOT / "chalicelib/locales/ar/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="ar", abort_invalid=True)


def ids(catalog: Catalog) -> set:
    return {message.id for message in catalog if message.id}


def test_the_arabic_catalogue_holds_exactly_what_is_said():
    assert ids(written()) == ids(arabic())


def test_every_text_is_written_in_arabic_and_names_what_the_english_names():
    """In one test, for there are more than a thousand; all that are wrong are told."""
    wrong = {str(message.id): faults for message in arabic() if message.id and (faults := faults_of(message))}

    assert wrong == {}


def faults_of(message: Message) -> list[str]:
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    named = [set(re.findall(r"%\((\w+)\)s", text)) for text in texts]
    names = set(re.findall(r"%\((\w+)\)s", english[-1]))
    tags = [tag for tag in re.findall(r"</?\w+", texts[0]) if "bdi" not in tag]
    faults = {
        "fuzzy": message.fuzzy,
        "other than one form, or six of a plural": len(texts) != (6 if len(english) == 2 else 1),
        "empty": not all(text.strip() for text in texts),
        "a name is missing": not all(found >= names - {"num"} for found in named),
        "a name is too much": not all(found <= names for found in named),
        "other tags": re.findall(r"</?\w+", english[0]) != tags,
    }
    return [words for words, wrong in faults.items() if wrong]


def test_a_word_is_spelt_in_one_way_in_all_of_arabic():
    texts = [text for m in arabic() if m.id for text in (m.string if isinstance(m.string, tuple) else (m.string,))]

    assert [(word, text) for text in texts for word in _MISSPELT.findall(text)] == []


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "أقلّ من دقيقة"),
        (1, "دقيقة واحدة"),
        (2, "دقيقتان"),
        (3, "3 دقائق"),
        (11, "11 دقيقة"),
        (100, "100 دقيقة"),
        (103, "103 دقائق"),
    ],
)
def test_arabic_counts_in_six_ways(count, words):
    template = render.environment().from_string('{{ ngettext("%(num)s minute", "%(num)s minutes", n) }}')

    assert template.render(locale="ar", n=count) == words


def test_the_package_may_carry_the_catalogue_compiled(tmp_path, monkeypatch):
    source = ROOT / "chalicelib/locales/ar/LC_MESSAGES/messages.po"
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as compiled:
        write_mo(compiled, read_po(source.open("rb"), locale="ar"))
    monkeypatch.setattr(i18n, "_CATALOGUES", tmp_path)
    i18n.catalogue.cache_clear()

    assert i18n.translate("ar", "Write to us") == "مراسلتنا"
    i18n.catalogue.cache_clear()


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "1,234.5"), ("ar", "1,234.5"), ("ar-TN", "1,234.5"), ("ar-EG", "١٬٢٣٤٫٥"), ("ar-SA", "١٬٢٣٤٫٥")],
)
def test_digits_follow_the_region(locale, text):
    assert i18n.number(1234.5, locale) == text


@pytest.mark.parametrize(
    ("octets", "english", "in_arabic"),
    [
        (0, "0 B", "0 بايت"),
        (999, "999 B", "999 بايت"),
        (1_500, "2 KB", "2 ك.ب"),
        (2_100_000, "2.1 MB", "2.1 م.ب"),
        (3 * 10**12, "3,000 GB", "3,000 غ.ب"),
    ],
)
def test_sizes_are_read_at_a_glance(octets, english, in_arabic):
    assert i18n.file_size(octets, "en") == english
    assert i18n.file_size(octets, "ar") == in_arabic


def test_times_are_told_as_people_tell_them(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 14, 12, 0, tzinfo=UTC))
    now = clock.now()

    assert i18n.moment(now - timedelta(hours=2), "en", TUNIS) == "Today, 11:00"
    assert i18n.moment(now - timedelta(hours=2), "ar", TUNIS) == "اليوم، 11:00"
    assert i18n.moment(now - timedelta(days=4), "ar", TUNIS) == "10 مارس، 13:00"
    assert i18n.day(now - timedelta(days=400), "en", TUNIS) == "7 February 2025"
    assert i18n.ago(now - timedelta(seconds=5), "en", TUNIS) == "just now"
    assert i18n.ago(now - timedelta(minutes=20), "ar", TUNIS) == "قبل 20 دقيقة"
    assert i18n.ago(now - timedelta(days=8), "en", TUNIS) == "6 March"
    assert i18n.how_long(now - timedelta(minutes=42), "ar") == "42 دقيقة"
    assert i18n.how_long(now - timedelta(minutes=42), "ar-EG") == "٤٢ دقيقة"


def test_nobody_counts_the_seconds_of_a_minute_nor_the_hours_of_yesterday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 14, 12, 0, tzinfo=UTC))
    now = clock.now()

    assert i18n.ago(now - timedelta(seconds=67), "ar", TUNIS) == "قبل دقيقة واحدة"
    assert i18n.how_long(now - timedelta(seconds=67), "en") == "1 minute"
    assert i18n.ago(now - timedelta(hours=26), "ar", TUNIS) == "أمس"
    assert i18n.ago(now - timedelta(hours=20), "en", TUNIS) == "20 hours ago"


@pytest.mark.parametrize(
    ("passed", "dual"),
    [({"minutes": 2}, "دقيقتين"), ({"hours": 2}, "ساعتين"), ({"days": 2}, "يومين"), ({"weeks": 2}, "أسبوعين")],
    ids=["minutes", "hours", "days", "weeks"],
)
def test_two_of_something_stand_in_arabic_as_they_do_behind_a_preposition(passed: dict[str, int], dual: str) -> None:
    since = clock.now() - timedelta(**passed)
    assert i18n.how_long(since, "ar") == dual
    assert i18n.how_long(clock.now() - timedelta(minutes=3), "ar") == "3 دقائق"
    if "weeks" not in passed:
        assert i18n.ago(since, "ar", TUNIS) == f"قبل {dual}"


def test_a_time_zone_nobody_knows_is_utc():
    assert i18n.time_of_day(datetime(2026, 3, 14, 12, 0, tzinfo=UTC), "en", "Mars/Olympus") == "12:00"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("+21670555014", "70 555 014"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("+800", "+800"),
        ("+216@example.org", "+216@example.org"),
        ("GH-1", "GH-1"),
        ("sms:12345", "12345"),
        ("sms:GHUSN", "GHUSN"),
        ("", ""),
    ],
)
def test_numbers_are_grouped_as_their_country_groups_them_and_our_own_go_without_it(given, shown):
    assert i18n.phone(given) == shown


def test_a_number_of_ours_names_its_country_where_readers_may_be_abroad():
    assert i18n.phone("+21670555014", abroad=True) == "+216 70 555 014"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Leila Haddad", "LH"), ("Salma", "S"), ("ليلى حدّاد", "ل"), ("", "•"), ("+216 70", "•"), ("12345", "•")],
)
def test_initials_join_into_no_word(name, letters):
    assert render.initials(name) == letters


def test_text_becomes_paragraphs_with_links_and_nothing_that_runs():
    html = render.paragraphs('Hello,\nsee https://a.example/x?y=1&z=<b>.\n\n\n"javascript:alert(1)"')

    assert html == (
        '<p dir="auto">Hello,<br>\nsee <a href="https://a.example/x?y=1&amp;z=" rel="nofollow noopener">'
        "https://a.example/x?y=1&amp;z=</a>&lt;b&gt;.</p>\n"
        '<p dir="auto">&#34;javascript:alert(1)&#34;</p>'
    )
