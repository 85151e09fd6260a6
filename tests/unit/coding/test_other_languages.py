"""Completed acts and plain refusals in six languages without a parser: what is read, and what is rightly left out."""

from __future__ import annotations

import datetime as dt

import pytest
from newsroom import acts

from dejure.coding import code_report
from dejure.records import Coding, Report
from dejure.settings import Settings

PUBLISHED = dt.date(2025, 9, 12)


def read(text: str, language: str) -> Coding:
    return code_report(Report(id="", title="", body=text, published=PUBLISHED, language=language), Settings())


THREE = {"NOR recognise palestine", "IRL recognise palestine", "ESP recognise palestine"}
TOLD = {
    "es": [
        ("Noruega reconoció este martes al Estado de Palestina.", {"NOR recognise palestine"}),
        ("Noruega, Irlanda y España reconocen oficialmente a Palestina.", THREE),
        ("El Gobierno de Fiyi ha reconocido la independencia de Kosovo.", {"FJI recognise kosovo"}),
        ("Rusia anunció el reconocimiento oficial de Abjasia.", {"RUS recognise abkhazia"}),
        ("Ghana retiró su reconocimiento a Kosovo el 7 de mayo de 2020.", {"GHA withdraw kosovo"}),
        ("Panamá decidió suspender sus relaciones diplomáticas con Israel.", {"PAN sever-relations israel"}),
        ("Bolivia rompió ayer relaciones diplomáticas con Israel.", {"BOL sever-relations israel"}),
        ("Colombia restableció sus relaciones diplomáticas con Venezuela.", {"COL establish-relations venezuela"}),
        ("Serbia no reconocerá a Kosovo.", {"SRB refuse kosovo"}),
        ("España se niega a reconocer la independencia de Kosovo.", {"ESP refuse kosovo"}),
        ("Italia no ha reconocido a Palestina.", set()),
        ("Si Francia reconoce a Palestina, Israel responderá.", set()),
        ("Francia podría reconocer a Palestina en septiembre.", set()),
        ("Kosovo pidió a Perú que reconozca su independencia.", set()),
        ("Según Rusia, Ghana reconoció a Abjasia.", set()),
        ("Marruecos agradeció a España su apoyo.", set()),
        ("Argentina reconoció a Italia como campeón.", set()),
        ("Estados Unidos reconoció la soberanía de Marruecos sobre el Sáhara.", set()),
        ("Fiyi desmintió que Fiyi reconociera a Kosovo.", set()),
        ("El ministro viajó de Noruega a Palestina.", set()),
    ],
    "fr": [
        ("La Norvège a officiellement reconnu l'État de Palestine.", {"NOR recognise palestine"}),
        ("La Norvège, l'Irlande et l'Espagne ont reconnu la Palestine mardi.", THREE),
        ("Le Canada reconnaît l'indépendance du Kosovo.", {"CAN recognise kosovo"}),
        ("La Russie a annoncé la reconnaissance de l'Abkhazie.", {"RUS recognise abkhazia"}),
        ("Le Ghana a retiré sa reconnaissance du Kosovo.", {"GHA withdraw kosovo"}),
        ("Le Niger a rompu ses relations diplomatiques avec l'Ukraine.", {"NER sever-relations ukraine"}),
        ("Le Mali rompt les relations diplomatiques avec l'Ukraine.", {"MLI sever-relations ukraine"}),
        ("La Colombie a rétabli ses relations diplomatiques avec le Venezuela.", {"COL establish-relations venezuela"}),
        ("La Serbie ne reconnaîtra pas le Kosovo.", {"SRB refuse kosovo"}),
        ("L'Espagne refuse de reconnaître le Kosovo.", {"ESP refuse kosovo"}),
        ("L'Italie n'a pas reconnu la Palestine.", set()),
        ("Si la France reconnaît la Palestine, Israël répondra.", set()),
        ("La France reconnaîtrait la Palestine en septembre.", set()),
        ("La France envisage de reconnaître la Palestine.", set()),
        ("Selon la Russie, le Ghana a reconnu l'Abkhazie.", set()),
        ("Le Maroc remercie l'Espagne.", set()),
        ("L'Argentine a reconnu l'Italie comme vainqueur.", set()),
        ("Le Ghana a démenti avoir reconnu le Kosovo.", set()),
        ("La Palestine a demandé que la France la reconnaisse.", set()),
        ("Le ministre se rend de Norvège en Palestine.", set()),
    ],
    "de": [
        ("Norwegen hat den Staat Palästina am Dienstag offiziell anerkannt.", {"NOR recognise palestine"}),
        ("Norwegen, Irland und Spanien erkennen Palästina als Staat an.", THREE),
        ("Kanada erkannte die Unabhängigkeit des Kosovo an.", {"CAN recognise kosovo"}),
        ("Russland hat Abchasien anerkannt.", {"RUS recognise abkhazia"}),
        ("Ghana hat die Anerkennung des Kosovo zurückgezogen.", {"GHA withdraw kosovo"}),
        ("Niger hat die diplomatischen Beziehungen zur Ukraine abgebrochen.", set()),
        ("Niger hat seine diplomatischen Beziehungen zu Israel abgebrochen.", {"NER sever-relations israel"}),
        ("Bolivien brach am Dienstag die diplomatischen Beziehungen zu Israel ab.", {"BOL sever-relations israel"}),
        ("Serbien wird Kosovo nicht anerkennen.", {"SRB refuse kosovo"}),
        ("Spanien weigert sich, den Kosovo anzuerkennen.", {"ESP refuse kosovo"}),
        ("Italien hat Palästina nicht anerkannt.", set()),
        ("Wenn Frankreich Palästina anerkennt, wird Israel antworten.", set()),
        ("Frankreich könnte Palästina anerkennen.", set()),
        ("Frankreich würde Palästina anerkennen.", set()),
        ("Laut Russland hat Ghana Abchasien anerkannt.", set()),
        ("Marokko dankt Spanien.", set()),
        ("Die Bundesregierung prüft die Anerkennung Palästinas.", set()),
        ("Ghana dementierte, Kosovo anerkannt zu haben.", set()),
        ("Kosovo fordert von Peru die Anerkennung.", set()),
        ("Der Minister reist von Norwegen nach Palästina.", set()),
    ],
    "pt": [
        ("A Noruega reconheceu nesta terça-feira o Estado da Palestina.", {"NOR recognise palestine"}),
        ("Noruega, Irlanda e Espanha reconhecem oficialmente a Palestina.", THREE),
        ("O Canadá reconheceu a independência do Kosovo.", {"CAN recognise kosovo"}),
        ("Portugal anunciou o reconhecimento da Palestina.", {"PRT recognise palestine"}),
        ("O Suriname retirou o seu reconhecimento do Kosovo.", {"SUR withdraw kosovo"}),
        ("A Bolívia rompeu relações diplomáticas com Israel.", {"BOL sever-relations israel"}),
        ("O Níger rompe as relações diplomáticas com a Ucrânia.", {"NER sever-relations ukraine"}),
        ("A Colômbia restabeleceu relações diplomáticas com a Venezuela.", {"COL establish-relations venezuela"}),
        ("A Sérvia não reconhecerá o Kosovo.", {"SRB refuse kosovo"}),
        ("A Espanha recusa reconhecer o Kosovo.", {"ESP refuse kosovo"}),
        ("A Itália não reconheceu a Palestina.", set()),
        ("Se a França reconhecer a Palestina, Israel responderá.", set()),
        ("A França poderia reconhecer a Palestina.", set()),
        ("Portugal avalia reconhecer a Palestina.", set()),
        ("Segundo a Rússia, o Gana reconheceu a Abecásia.", set()),
        ("Marrocos agradeceu a Espanha.", set()),
        ("A Argentina reconheceu a Itália como campeão.", set()),
        ("O Gana desmentiu ter reconhecido o Kosovo.", set()),
        ("A Palestina pediu que o Brasil a reconheça.", set()),
        ("O ministro viajou da Noruega para a Palestina.", set()),
    ],
    "ru": [
        ("Россия признала независимость Абхазии.", {"RUS recognise abkhazia"}),
        ("Норвегия, Ирландия и Испания официально признали Палестину.", THREE),
        ("Канада признаёт независимость Косово.", {"CAN recognise kosovo"}),
        ("Россия официально признала Исламский Эмират Афганистан.", {"RUS recognise afghanistan-islamic-emirate"}),
        ("Гана отозвала признание независимости Косово.", {"GHA withdraw kosovo"}),
        ("Боливия разорвала дипломатические отношения с Израилем.", {"BOL sever-relations israel"}),
        ("Нигер разорвал дипломатические отношения с Украиной.", {"NER sever-relations ukraine"}),
        ("Колумбия восстановила дипломатические отношения с Венесуэлой.", {"COL establish-relations venezuela"}),
        ("Сербия отказалась признать Косово.", {"SRB refuse kosovo"}),
        ("Испания не будет признавать Косово.", {"ESP refuse kosovo"}),
        ("Италия не признала Палестину.", set()),
        ("Если Франция признает Палестину, Израиль ответит.", set()),
        ("Франция может признать Палестину.", set()),
        ("Франция намерена признать Палестину.", set()),
        ("По словам России, Гана признала Абхазию.", set()),
        ("Марокко поблагодарило Испанию.", set()),
        ("Аргентина признала Италию победителем.", set()),
        ("Гана опровергла, что Гана признала Косово.", set()),
        ("Палестина призвала Бразилию признать её.", set()),
        ("Министр едет из Норвегии в Палестину.", set()),
    ],
    "ar": [
        ("اعترفت النرويج رسميا بدولة فلسطين.", {"NOR recognise palestine"}),
        ("اعترفت النرويج وإسبانيا بدولة فلسطين.", {"NOR recognise palestine", "ESP recognise palestine"}),
        ("روسيا تعترف رسميا بحركة طالبان.", {"RUS recognise afghanistan-islamic-emirate"}),
        ("أعلنت كندا اعترافها بدولة فلسطين.", {"CAN recognise palestine"}),
        ("سحبت غانا اعترافها بكوسوفو.", {"GHA withdraw kosovo"}),
        ("قطعت بوليفيا علاقاتها الدبلوماسية مع إسرائيل.", {"BOL sever-relations israel"}),
        ("النيجر تقطع علاقاتها الدبلوماسية مع أوكرانيا.", {"NER sever-relations ukraine"}),
        ("أعادت كولومبيا علاقاتها الدبلوماسية مع فنزويلا.", {"COL establish-relations venezuela"}),
        ("رفضت صربيا الاعتراف بكوسوفو.", {"SRB refuse kosovo"}),
        ("إسبانيا لن تعترف بكوسوفو.", {"ESP refuse kosovo"}),
        ("لم تعترف إيطاليا بدولة فلسطين.", set()),
        ("إذا اعترفت فرنسا بدولة فلسطين سترد إسرائيل.", set()),
        ("قد تعترف فرنسا بدولة فلسطين.", set()),
        ("تدرس فرنسا الاعتراف بدولة فلسطين.", set()),
        ("بحسب روسيا اعترفت غانا بأبخازيا.", set()),
        ("شكر المغرب إسبانيا.", set()),
        ("دعت فلسطين البرازيل إلى الاعتراف بها.", set()),
        ("نفت غانا أنها اعترفت بكوسوفو.", set()),
        ("ستعترف فرنسا بدولة فلسطين في سبتمبر.", set()),
        ("سافر الوزير من النرويج إلى فلسطين.", set()),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [(code, *case) for code, cases in TOLD.items() for case in cases]
)
def test_acts_by_pattern(language: str, text: str, expected: set[str]) -> None:
    assert acts(read(text, language)) == expected


@pytest.mark.parametrize(("language", "name"), [("es", "Spanish"), ("ar", "Arabic")])
def test_the_output_says_how_little_is_read(language: str, name: str) -> None:
    coding = read(TOLD[language][0][0], language)
    assert any(name in warning and "by patterns" in warning for warning in coding.warnings)
    assert all(record.confidence < 0.7 for record in coding.recognition)
    assert not coding.events
    assert not coding.statements


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("es", "Noruega reconoció el 28 de mayo de 2024 al Estado de Palestina.", "2024-05-28"),
        ("fr", "La Norvège a reconnu hier la Palestine.", "2025-09-11"),
        ("de", "Norwegen hat Palästina am Dienstag anerkannt.", "2025-09-09"),
    ],
)
def test_the_day(language: str, text: str, day: str) -> None:
    found = read(text, language).recognition
    when = found[0].when if found else None
    assert when is not None
    assert when.text() == day


def test_the_words_are_those_of_the_text() -> None:
    text = "El ministro habló. Noruega reconoció al Estado de Palestina."
    (record,) = read(text, "es").recognition
    assert text[record.evidence.start : record.evidence.end] == record.evidence.quote
    assert record.evidence.quote.startswith("Noruega")
