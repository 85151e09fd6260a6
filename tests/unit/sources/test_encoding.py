from __future__ import annotations

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dejure.errors import BinaryInput, UnknownEncoding
from dejure.sources.encoding import decode, unify_line_ends

FRENCH = (
    "Emmanuel Macron said on Monday that France would recognise Palestine. “We must,” said Séjourné of Côte d’Ivoire."
)
TURKISH = "Cumhurbaşkanı Erdoğan, Türkiye'nin Kosova'yı tanıdığını söyledi. İstanbul'da görüştüler."
RUSSIAN = "Россия официально признала правительство талибов в Афганистане, сообщил посол."
SERBIAN = "Serbian President Vučić and Kosovo's Thaçi met; Vučić said Serbia would never recognise Kosovo."


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])))
def test_utf8_is_itself(text: str) -> None:
    data = text.encode()
    if text.startswith("\ufeff") or any(
        data.startswith(magic) for magic in (b"%PDF", b"%!PS", b"BZh", b"PAR1", b"ID3")
    ):
        return
    assert decode(data).text == text
    assert decode(data).note == ""


@pytest.mark.parametrize(
    ("codec", "note"),
    [("utf-8-sig", ""), ("utf-16", "utf-16-le by its byte-order mark"), ("utf-32", "utf-32-le by its byte-order mark")],
)
def test_byte_order_marks(codec: str, note: str) -> None:
    decoded = decode(FRENCH.encode(codec))
    assert (decoded.text, decoded.note) == (FRENCH, note)


@pytest.mark.parametrize(
    ("text", "codec", "note"),
    [
        (FRENCH, "cp1252", "windows-1252 detected"),
        (TURKISH, "cp1254", "windows-1254 detected"),
        (RUSSIAN, "cp1251", "windows-1251 detected"),
    ],
)
def test_detection_names_what_it_found(text: str, codec: str, note: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.note) == (text, note)


def test_what_two_code_pages_could_be_is_not_guessed() -> None:
    with pytest.raises(UnknownEncoding, match="windows-1250"):
        decode(SERBIAN.encode("cp1250"))


def test_declared_encoding_is_believed_where_it_fits() -> None:
    assert decode(SERBIAN.encode("cp1250"), declared="windows-1250").note == "windows-1250 declared"
    assert decode("café".encode("latin-1"), declared="ISO-8859-1").note == "windows-1252 declared"


@pytest.mark.parametrize("declared", ["no-such-codec", "ascii", "utf-8", "rot13", "hex", "x" * 500])
def test_a_wrong_declaration_is_not_believed(declared: str) -> None:
    assert decode(RUSSIAN.encode("cp1251"), declared=declared).text in (
        RUSSIAN,
        RUSSIAN.encode("cp1251").decode("cp1252"),
    )


def test_broken_utf8_is_told_and_not_taken_for_another_encoding() -> None:
    with pytest.raises(UnknownEncoding, match="first at byte"):
        decode(RUSSIAN.encode()[:-2] + b" the end.")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and so on",
        b"PK\x03\x04 rest",
        gzip.compress(b"text"),
        b"\x89PNG\r\n\x1a\n rest",
        b"\xff\xd8\xff\xe0 JFIF",
        b"\x7fELF",
        b"Russia said\x00 so.",
        "Russia said\x00 so.".encode("utf-16"),
        bytes(range(1, 32)) * 20,
    ],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(BinaryInput):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_named_error(data: bytes) -> None:
    try:
        decoded = decode(data)
    except (BinaryInput, UnknownEncoding):
        return
    assert "\x00" not in decoded.text
    if decoded.encoding != "utf-8":
        assert decoded.note


@given(st.text(alphabet="ab\r\n"))
def test_line_ends(text: str) -> None:
    unified = unify_line_ends(text)
    assert "\r" not in unified
    assert re.split(r"\r\n|\r|\n", text) == unified.split("\n")
