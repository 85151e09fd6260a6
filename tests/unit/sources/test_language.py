from __future__ import annotations

import pytest

from dejure.errors import UnreadLanguage
from dejure.records import Report
from dejure.settings import Settings
from dejure.sources import detect_language, language_name, require_readable

SPANISH = "Rusia reconoce al gobierno talibán de Afganistán, dijo el ministro de Asuntos Exteriores el jueves en Moscú."
ENGLISH = "Russia has recognised the Taliban government in Kabul, the foreign ministry said on Thursday in a statement."


def report(body: str, title: str = "", language: str | None = None) -> Report:
    return Report(id="x", title=title, body=body, published=None, language=language)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        (SPANISH, "es"),
        ("La Russie reconnaît le gouvernement taliban, a annoncé jeudi le ministère des Affaires étrangères.", "fr"),
        ("Nederland erkent Palestina niet, zei de minister van Buitenlandse Zaken in Den Haag op donderdag.", "nl"),
        ("Россия признала правительство талибов, сообщил посол в Кабуле в четверг.", "ru"),
        (
            "俄罗斯周四承认塔利班政府,成为第一个承认的国家,外交部发言人在莫斯科的记者会上这样说,北京没有评论这一决定。",
            "zh",
        ),
        ("روسیه دولت طالبان را به رسمیت شناخت، وزارت امور خارجه در کابل روز پنجشنبه اعلام کرد", "fa"),
        ("اعترفت روسيا بحكومة طالبان في أفغانستان، وفق ما أعلنت وزارة الخارجية يوم الخميس", "ar"),
        ("Türkiye, Kosova'yı tanıyan ilk ülkelerden biri oldu, dedi Dışişleri Bakanı Perşembe günü Ankara'da.", "tr"),
    ],
)
def test_languages(text: str, code: str) -> None:
    found, confidence = detect_language(text)
    assert found == code
    assert 0.5 <= confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Taliban Emir Hibatullah Akhundzada meets Abdul Ghani Baradar, Sirajuddin Haqqani, Amir Khan Muttaqi",
        "Recep Tayyip Erdoğan, Hakan Fidan and Ilham Aliyev met in Nakhchivan",
        "Macron et Sánchez? Non: Emmanuel Macron told Pedro Sánchez that he would not be the first to go",
        "Kenya recognises Kosovo",
    ],
)
def test_foreign_names_do_not_make_english_foreign(text: str) -> None:
    assert detect_language(text)[0] == "en"


@pytest.mark.parametrize(
    ("text", "code"), [("Россия", "ru"), ("中国", "zh"), ("クルド人", "ja"), ("", "und"), ("12 !", "und")]
)
def test_few_letters_go_by_their_script(text: str, code: str) -> None:
    assert detect_language(text)[0] == code


def test_the_gate_names_the_language(settings: Settings) -> None:
    with pytest.raises(UnreadLanguage, match=r"the report is in Chinese \(zh\); English is read"):
        require_readable(report("挪威政府星期二正式承认巴勒斯坦国, 外交部长在奥斯陆宣布了这一决定。" * 3), settings)


def test_languages_read_by_patterns_pass(settings: Settings) -> None:
    assert require_readable(report(SPANISH), settings).language == "es"


@pytest.mark.parametrize(
    ("given", "kept"), [(None, "en"), ("en", "en"), ("en-GB", "en"), ("eng", "en"), ("English", "en"), ("und", "en")]
)
def test_the_gate_fills_in_the_language(given: str | None, kept: str, settings: Settings) -> None:
    assert require_readable(report(ENGLISH, language=given), settings).language == kept


@pytest.mark.parametrize("given", ["it", "it-CH", "Italian"])
def test_a_given_language_is_believed(given: str, settings: Settings) -> None:
    with pytest.raises(UnreadLanguage):
        require_readable(report(ENGLISH, language=given), settings)


def test_a_given_language_is_not_believed_against_the_script(settings: Settings) -> None:
    told = report("Россия признала правительство талибов, сообщил посол в Кабуле.", language="en")
    assert require_readable(told, settings).language == "ru"


def test_the_gate_can_be_left_open() -> None:
    assert require_readable(report(SPANISH), Settings(unread_language="skip_check")).language == "es"


def test_names() -> None:
    assert language_name("fr") == "French"
    assert language_name("xx") == "another language"
