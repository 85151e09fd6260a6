"""Bytes to characters, never guessed in silence.

Order: a byte-order mark; UTF-8, strictly; the encoding that the page declares; detection with a demand on confidence.
What was not plain UTF-8 is named in `Decoded.note`, which ends up in the report's `extractor`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dejure.errors import BinaryInput, UnknownEncoding

__all__ = ["Decoded", "decode", "refuse_binary", "refuse_known_format", "unify_line_ends"]

# Longer marks first: the UTF-32 one begins with the UTF-16 one.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"PK\x03\x04", "a zip archive or Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"(\xb5/\xfd", "a zstandard archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"ID3\x03", "a sound file"),
    (b"ID3\x04", "a sound file"),
    (b"OggS\x00", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
)

#: Encodings that detection may answer with: those that news archives use. Rare relatives (Baltic, Vietnamese, DOS) only
#: blur the choice between the common ones.
_CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "mac_roman",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip

# Calibrated on English, French, Turkish, Russian, Serbian and Chinese sentences saved in their usual code pages: the
# right one led by 0.14 or more where it could be told at all; wrong ones tied or led by up to 0.05.
_MOST_CHAOS = 0.05
_LEAST_LEAD = 0.10

_CURE = "save the file as UTF-8"

# More control characters than this share of the text, and it is no text.
_MOST_CONTROLS = 0.02
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and how they were come by.

    Parameters
    ----------
    text : str
        Without byte-order mark, line ends as in the bytes.
    encoding : str
        Usual name of the encoding.
    note : str
        Empty for UTF-8, else such as "windows-1252 detected".
    """

    text: str
    encoding: str
    note: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text.

    Parameters
    ----------
    data : bytes
        The whole input.
    declared : str, optional
        Encoding that the input itself declares, as an HTML page may.

    Raises
    ------
    BinaryInput
        If the bytes are no text.
    UnknownEncoding
        If no encoding fits with confidence.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    if encoding:
        return _decode_marked(data[len(mark) :], encoding)
    refuse_binary(data)
    try:
        decoded = Decoded(data.decode("utf-8"), "utf-8", "")
    except UnicodeDecodeError as error:
        decoded = _decode_declared(data, declared) or _detect(data, error.start)
    _refuse_controls(decoded.text)
    return decoded


def refuse_binary(data: bytes) -> None:
    """Refuse what begins like a known binary format or holds a NUL byte.

    Raises
    ------
    BinaryInput
        If so.
    """
    refuse_known_format(data)
    position = data.find(b"\x00")
    if position >= 0:
        raise BinaryInput(
            "this is not text: it holds NUL bytes", value=f"at byte {position}", cure="extract its text first"
        )


def refuse_known_format(head: bytes) -> None:
    """Refuse what begins like a known binary format; sixteen bytes are enough.

    Raises
    ------
    BinaryInput
        If so.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise BinaryInput(f"this is {kind}, not text", value=head[:8], cure="extract its text first")


def unify_line_ends(text: str) -> str:
    """CRLF and lone CR become LF; nothing else changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(
            f"the byte-order mark says {encoding}, the bytes do not", value=f"at byte {error.start}", cure=_CURE
        ) from error
    _refuse_controls(text)
    return Decoded(text, encoding, "" if encoding == "utf-8" else f"{encoding} by its byte-order mark")


def _refuse_controls(text: str) -> None:
    found = _CONTROLS.findall(text)
    if "\x00" in found or len(found) > _MOST_CONTROLS * len(text):
        raise BinaryInput(
            "this is not text: it holds control characters",
            value=f"{len(found)} of them",
            cure="extract its text first",
        )


def _decode_declared(data: bytes, declared: str | None) -> Decoded | None:
    """What the declared encoding gives, or None where it is unknown or does not fit."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
        # The web reads Latin-1 and ASCII as windows-1252, and pages are written for that.
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        return Decoded(data.decode(name), name, f"{_usual_name(name)} declared")
    except (LookupError, UnicodeError):
        return None


def _detect(data: bytes, first_bad: int) -> Decoded:
    """The one encoding that fits clearly better than all others."""
    if _is_broken_utf8(data):
        raise UnknownEncoding("UTF-8 with broken bytes in it", value=f"first at byte {first_bad}", cure=_CURE)
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data, cp_isolation=list(_CANDIDATES), threshold=_MOST_CHAOS * 2))
    if not matches or matches[0].chaos > _MOST_CHAOS:
        raise UnknownEncoding("the encoding cannot be told", value=f"first odd byte at {first_bad}", cure=_CURE)
    best = matches[0]
    text = str(best)
    # Code pages that give the very same characters are no rivals.
    rival = next((m for m in matches[1:] if str(m) != text), None)
    if rival is not None and rival.chaos - best.chaos < _MOST_CHAOS and best.coherence - rival.coherence < _LEAST_LEAD:
        names = f"{_usual_name(best.encoding)} or {_usual_name(rival.encoding)}"
        raise UnknownEncoding("the encoding cannot be told", value=names, cure=_CURE)
    family = best.could_be_from_charset
    name = _usual_name("cp1252" if "cp1252" in family else best.encoding)
    return Decoded(text, name, f"{name} detected")


def _is_broken_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is sound UTF-8: then the rest is damage, not another encoding."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(1 for c in text if c > "\x7f") - broken
    return sound > broken


def _usual_name(codec: str) -> str:
    return f"windows-{codec[2:]}" if codec.startswith("cp125") else codec.replace("_", "-")
