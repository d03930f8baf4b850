"""Office documents of before 2007, Outlook messages and 7z archives are read; what cannot be is set aside."""

import importlib.util
import lzma
import random
import stat
import struct
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from watchword.extract import Hint, SetAside, extract
from watchword.extract.outlook import unpack_rtf


def _files() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compound_files", Path(__file__).with_name("compound_files.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["compound_files"] = module
    spec.loader.exec_module(module)
    return module


files = _files()
CAPTURED = datetime(2026, 3, 2, tzinfo=UTC)
SENT = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)


def ticks(moment: datetime) -> int:
    return (moment - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10


def read(tree: dict[str, bytes]) -> str:
    return extract(files.build_compound(tree), Hint(captured=CAPTURED)).text


def test_a_word_document_gives_its_text_in_every_script_with_fields_as_readers_see_them() -> None:
    text = 'A pump was seized.\rSee \x13 HYPERLINK "http://x" \x14the notice\x15.\ra\x07b\x07\x07Насос задержан. 泵\r'
    found = read(files.word_streams(text, "A note\r"))
    assert found == "A pump was seized.\n\nSee the notice.\n\na | b\n\nНасос задержан. 泵\n\nA note"


def test_title_author_and_date_come_from_the_properties() -> None:
    summary = files.properties("Return of the plant", "Ada Novak", ticks(SENT))
    tree = {**files.word_streams("Forty tonnes were made.\r"), "\x05SummaryInformation": summary}
    found = extract(files.build_compound(tree), Hint(captured=CAPTURED))
    assert (found.title, found.authors, found.published) == ("Return of the plant", ("Ada Novak",), "2026-02-01")
    assert found.media_type == "application/msword"
    late = {**tree, "\x05SummaryInformation": files.properties("", "", ticks(SENT + timedelta(days=400)))}
    future = extract(files.build_compound(late), Hint(captured=CAPTURED))
    assert future.published is None
    assert "in the future" in future.remarks[0]


@pytest.mark.parametrize("cut", [0, 1, 4])
def test_a_workbook_gives_its_rows_also_where_its_strings_are_cut(cut: int) -> None:
    rows = [["Exporter", "Item", "Value", "Date"], ["Завод №1", "泵", 12.5, 46054.0], ["Acme", "2B231", 4.0, 46055.0]]
    found = read({"Workbook": files.workbook(rows, cut=cut)})
    assert found.startswith("Licences\n\nExporter: Завод №1\nItem: 泵\nValue: 12.5\nDate: 2026-02-01\n\nExporter: Acme")
    assert "Value: 4\n" in found


def test_slides_give_their_texts_without_those_of_the_master() -> None:
    assert read({"PowerPoint Document": files.slides("First\rline", "Второй")}) == "First\nline\n\nВторой"


def message(**more: object) -> dict[str, object]:
    dated = struct.pack("<HHIQ", 0x0040, 0x0039, 0, ticks(SENT))
    return {
        "__properties_version1.0": bytes(32) + dated,
        "__substg1.0_0037001F": "Offer".encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Broker".encode("utf-16-le"),
        "__substg1.0_5D01001F": "b@x.test".encode("utf-16-le"),
        "__substg1.0_0E04001F": "Desk".encode("utf-16-le"),
        **more,
    }


def attachment(name: str, content: bytes) -> dict[str, bytes]:
    return {"__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": content}


def test_an_outlook_message_gives_header_body_date_and_attachments() -> None:
    inner = {"__properties_version1.0": bytes(24), "__substg1.0_1000001F": "Forwarded words.".encode("utf-16-le")}
    tree = message(
        **{
            "__substg1.0_1000001F": "We offer\r\ntwo pumps.".encode("utf-16-le"),
            "__attach_version1.0_#00000000": attachment("list.csv", b"Item,Code\nPump,2B231\nRotor,1C216\n"),
            "__attach_version1.0_#00000001": attachment("photo.exe", b"\x7fELF\x00\x01" * 40),
            "__attach_version1.0_#00000002": {"__substg1.0_3701000D": inner},
        }
    )
    found = extract(files.build_compound(tree), Hint(captured=CAPTURED))
    assert (found.title, found.published, found.authors) == ("Offer", "2026-02-01", ("Broker b@x.test",))
    assert "From: Broker b@x.test\nTo: Desk\nDate: 2026-02-01 09:30 UTC\nSubject: Offer" in found.text
    assert "two pumps." in found.text
    assert "Code: 2B231" in found.parts[0].text
    assert "Forwarded words." in found.parts[1].text
    assert any(remark.startswith("photo.exe set aside") for remark in found.remarks)


def test_an_outlook_message_without_plain_text_is_read_as_html_or_rtf() -> None:
    html = message(**{"__substg1.0_10130102": b"<p>We offer <b>pumps</b>.</p>"})
    assert "We offer pumps." in read(html)  # type: ignore[arg-type]
    raw = rb"{\rtf1\ansi We offer rotors.\par}"
    packed = struct.pack("<II4sI", len(raw) + 12, len(raw), b"MELA", 0) + raw
    assert "We offer rotors." in read(message(**{"__substg1.0_10090102": packed}))  # type: ignore[arg-type]


def test_rtf_is_unpacked_as_the_specification_shows_it() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423232302d30206e6f77207468697320697320"
    )
    assert unpack_rtf(packed[:16] + b"\x00" + b"{\\rtf1 x") == b"{\\rtf1 x"
    # MS-OXRTFCP, 3.1: an example of a run that overlaps itself.
    crossed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpack_rtf(crossed) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ({"EncryptedPackage": b"x" * 100}, "encrypted"),
        ({"Workbook": files.record(0x0809, bytes(16)) + files.record(0x002F, b"\x00" * 6)}, "encrypted"),
        ({"PowerPoint Document": b"", "EncryptedSummary": b"x"}, "encrypted"),
        (
            {"WordDocument": struct.pack("<HH", 0xA5EC, 0xC1) + bytes(6) + struct.pack("<H", 0x0100) + bytes(900)},
            "encr",
        ),
        ({"Contents": b"x"}, "no known kind .it holds Contents"),
        ({"WordDocument": b"\xec\xa5"}, "damaged"),
        ({"WordDocument": bytes(2000)}, "no text"),
    ],
)
def test_what_cannot_be_read_says_why(tree: dict[str, bytes], says: str) -> None:
    with pytest.raises(SetAside, match=says):
        read(tree)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_are_read_or_set_aside_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    rows = [["Exporter", "Value"], ["Acme", 4.0]]
    trees = (files.word_streams("A pump.\r" * 20), {"Workbook": files.workbook(rows)}, message(), {"Workbook": b""},
             {"PowerPoint Document": files.slides("One", "Two")})  # type: ignore[var-annotated]  # fmt: skip
    for tree in trees:
        whole = files.build_compound(tree)
        for _ in range(60):
            damaged = bytearray(whole[: chance.choice((len(whole), chance.randrange(600, len(whole))))])
            for _ in range(chance.randrange(1, 6)):
                damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
            try:
                extract(bytes(damaged), Hint())
            except SetAside:
                continue


def number(value: int) -> bytes:
    """Return *value* as 7z writes numbers below 2^56."""
    return bytes((value,)) if value < 0x80 else b"\xfe" + value.to_bytes(7, "little")


def seven_zip(members: dict[str, bytes], method: str = "lzma2", declared: int | None = None) -> bytes:
    """Return a 7z archive of *members* packed as one."""
    content = b"".join(members.values())
    if method == "copy":
        packed, coder = content, b"\x01\x00"
    elif method == "deflate":
        deflating = zlib.compressobj(wbits=-15)
        packed, coder = deflating.compress(content) + deflating.flush(), b"\x03\x04\x01\x08"
    elif method == "ppmd":
        packed, coder = content, b"\x23\x03\x04\x01\x05\x06\x00\x00\x00\x01"
    elif method == "aes":
        packed, coder = content, b"\x24\x06\xf1\x07\x01\x00"
    else:
        filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
        packed, coder = lzma.compress(content, lzma.FORMAT_RAW, filters=filters), b"\x21\x21\x01\x12"
    sizes = b"".join(number(len(value)) for value in list(members.values())[:-1])
    streams = b"\x06\x00\x01\x09" + number(len(packed)) + b"\x00"
    streams += b"\x07\x0b\x01\x00\x01" + coder + b"\x0c" + number(declared or len(content)) + b"\x00"
    streams += b"\x08\x0d" + number(len(members)) + (b"\x09" + sizes if sizes else b"") + b"\x00"
    names = b"\x00" + "".join(f"{name}\x00" for name in members).encode("utf-16-le")
    listed = b"\x05" + number(len(members)) + b"\x11" + number(len(names)) + names + b"\x00"
    header = b"\x01\x04" + streams + b"\x00" + listed + b"\x00"
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def test_a_method_that_is_not_read_is_said_by_its_name() -> None:
    with pytest.raises(SetAside, match="packed with PPMd, which is not read"):
        extract(seven_zip({"a.txt": b"words"}, "ppmd"))


@pytest.mark.parametrize("method", ["lzma2", "deflate", "copy"])
def test_a_7z_file_gives_its_members(method: str) -> None:
    members = {"notice.txt": b"A pump was seized.", "mappe/список.txt": "Насос задержан.".encode()}
    found = extract(seven_zip(members, method))
    assert found.media_type == "application/x-7z-compressed"
    assert [(part.name, part.text) for part in found.parts] == [
        ("notice.txt", "A pump was seized."),
        ("mappe/список.txt", "Насос задержан."),
    ]


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        (seven_zip({"a.txt": b"x" * 100}, "aes"), "encrypted"),
        (seven_zip({"a.txt": b"words"}, declared=2**31), "bomb"),
        (seven_zip({"a.txt": b"words"}, declared=600), "stops before its end"),
        (seven_zip({"a.txt": b"words"})[:-3], "damaged or cut off"),
        (seven_zip({"a.txt": b"\x00" * 30_000_000}), "bomb"),
    ],
)
def test_a_7z_file_that_is_hostile_or_damaged_is_set_aside(payload: bytes, says: str) -> None:
    with pytest.raises(SetAside, match=says):
        extract(payload)


def test_every_damaged_7z_file_is_read_or_set_aside() -> None:
    whole = seven_zip({"a.txt": b"A pump was seized. " * 9, "b.txt": b"And a rotor."})
    for place in range(6, len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        try:
            extract(bytes(damaged))
        except SetAside:
            continue


ENGINE = """#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'List\\neng\\nrus\\nosd\\n'; exit 0; fi
if [ "$4" != eng+rus ]; then exit 1; fi
head -c 2 | grep -q P5 && printf 'A pump was\\nseized.\\n\\nAt the port.\\n\\014' || printf 'Words of a picture.\\n'
"""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in for the recognition engine, which belongs to others, on the path."""
    command = tmp_path / "tesseract"
    command.write_text(ENGINE)
    command.chmod(command.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


@pytest.mark.usefixtures("engine")
def test_scanned_pages_and_images_are_read_where_an_engine_is_installed(make_pdf: Callable[..., bytes]) -> None:
    scan = extract(make_pdf([[], []]))
    assert scan.text.split() == ["A", "pump", "was", "seized.", "At", "the", "port."] * 2
    assert "2 of 2 scanned pages read by character recognition" in scan.remarks
    image = extract(b"\x89PNG\r\n\x1a\n" + bytes(64), Hint(media_type="image/png"))
    assert (image.text, image.remarks) == ("Words of a picture.", ("read by character recognition",))


def test_an_image_without_an_engine_is_set_aside_with_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SetAside, match="need the command 'tesseract'"):
        extract(b"\x89PNG\r\n\x1a\n" + bytes(64), Hint(media_type="image/png"))
