"""Bytes to text, whatever they were written in."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"MZ\x90",
    b"\xd0\xcf\x11\xe0", b"RIFF", b"BZh", b"\xfd7zXZ", b"OggS", b"ID3", b"SQLite format 3\0",
)  # fmt: skip
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Undecodable(ValueError):
    """The bytes are no text; the message says what they seem to be."""


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and a remark where its encoding had to be guessed. Undecodable if the bytes are no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if data.startswith(_MAGIC):
        raise Undecodable("is a binary file, not text")
    if wide := _wide(data):
        return _decoded(data, wide)
    if len(_CONTROLS.findall(data, 0, 2**16)) > min(len(data), 2**16) // 50:
        raise Undecodable("is a binary file, not text")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        encoding = _guess(data)
        text = data.decode(encoding, "replace")
        return text, f"is not UTF-8 (byte {error.start}); read as {encoding}"


def _decoded(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return (
            text,
            f"is damaged {encoding.removesuffix('-sig').upper()} (byte {error.start}); what is lost reads \ufffd",
        )


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark at its start: every other byte of Western text is zero."""
    sample = data[:2048]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0) / len(sample) * 2, sample[1::2].count(0) / len(sample) * 2
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _guess(data: bytes) -> str:
    """Windows-1252 for text that is mostly ASCII, as Western news is; else the likeliest of the known encodings."""
    sample = data[: 2**16]
    if sum(byte < 128 for byte in sample) > 0.7 * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


__all__ = ["Undecodable", "decode"]
