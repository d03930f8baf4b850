"""Formats: what each kind of file says, by content before name before header."""

import contextlib
import gzip
import io
import tarfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from watchword.extract import Hint, SetAside, extract

ZipMaker = Callable[[Mapping[str, str | bytes]], bytes]
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Annual return</dc:title><dc:creator>Ada Novak</dc:creator>"
    "<dcterms:created>2026-02-01T09:00:00Z</dcterms:created></cp:coreProperties>"
)


def word(make_zip: ZipMaker) -> bytes:
    body = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>The plant made </w:t></w:r><w:r><w:t>40 tonnes.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Item</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2B231</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl><w:p><w:del><w:r><w:delText>secret</w:delText></w:r></w:del></w:p></w:body></w:document>"
    )
    notes = f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>See the annex.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    return make_zip({"word/document.xml": body, "word/footnotes.xml": notes, "docProps/core.xml": CORE})


def workbook(make_zip: ZipMaker) -> bytes:
    sheet = (
        f'<worksheet {S}><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t>shipped</t></is></c></row>'
        '<row><c r="A2" t="s"><v>2</v></c><c r="C2" s="1"><v>46054</v></c></row></sheetData></worksheet>'
    )
    return make_zip(
        {
            "xl/workbook.xml": f'<workbook {S} {R}><sheets><sheet name="Exports" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
            ),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f"<sst {S}><si><t>item</t></si><si><t>code</t></si><si><t>pump</t></si></sst>",
            "xl/styles.xml": f'<styleSheet {S}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
            "docProps/core.xml": CORE,
        }
    )


def mail(attachment: bytes | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Ada Novak <ada@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = "Две помпы"
    message["Date"] = "Mon, 02 Mar 2026 23:30:00 -0500"
    message.set_content("The consignee asks for two pumps.\n")
    if attachment:
        message.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="order.csv")
    return message.as_bytes()


def test_a_word_document_gives_paragraphs_rows_and_notes(make_zip: ZipMaker) -> None:
    found = extract(word(make_zip))
    assert found.text == "The plant made 40 tonnes.\n\nItem | 2B231\n\nSee the annex."
    assert (found.title, found.authors, found.published) == ("Annual return", ("Ada Novak",), "2026-02-01")


def test_a_workbook_gives_its_rows_with_the_names_of_columns_and_dates_as_dates(make_zip: ZipMaker) -> None:
    assert extract(workbook(make_zip)).text == "Exports\n\nitem: pump\nshipped: 2026-02-01"


def test_slides_come_in_the_order_of_their_numbers(make_zip: ZipMaker) -> None:
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    slides = {f"ppt/slides/slide{n}.xml": f"<s {a}><a:p><a:r><a:t>Slide {n}</a:t></a:r></a:p></s>" for n in (10, 2, 1)}
    assert extract(make_zip({"ppt/presentation.xml": "<p/>", **slides})).text == "Slide 1\n\nSlide 2\n\nSlide 10"


def test_an_open_document_gives_headings_paragraphs_and_tables(make_zip: ZipMaker) -> None:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = f"xmlns:t='{urn}:text:1.0' xmlns:b='{urn}:table:1.0'"
    pump = "<b:table-cell><t:p>pump</t:p></b:table-cell><b:table-cell b:number-columns-repeated='16384'/>"
    header = "<b:table-cell><t:p>item</t:p></b:table-cell><b:table-cell><t:p>code</t:p></b:table-cell>"
    content = (
        f"<o {names}><t:h>Return</t:h><t:p>Made<t:s/>in May.</t:p><b:table b:name='Goods'>"
        f"<b:table-row>{header}</b:table-row><b:table-row>{pump}</b:table-row>"
        "</b:table></o>"
    )
    payload = make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    assert extract(payload).text == "Return\n\nMade in May.\n\nGoods\n\nitem: pump"


def test_a_book_gives_its_chapters_in_the_order_of_its_spine(make_zip: ZipMaker) -> None:
    package = (
        "<package><metadata><title>Pumps</title><creator>Ada Novak</creator></metadata>"
        '<manifest><item id="b" href="b.xhtml"/><item id="a" href="a.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    found = extract(
        make_zip(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": '<container><rootfile full-path="o/p.opf"/></container>',
                "o/p.opf": package,
                "o/a.xhtml": "<html><body><p>First.</p></body></html>",
                "o/b.xhtml": "<html><body><p>Second.</p></body></html>",
            }
        )
    )
    assert (found.title, found.text) == ("Pumps", "First.\n\nSecond.")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'cd\'e0\'f1\'ee\'f1\par two}", "Насос\n\ntwo"),
        (rb"{\rtf1\ansi\uc1 \u1053?\u1072? x\emdash y}", "На x—y"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator Riched;}Text \b bold\b0 .}", "Text bold."),
        (rb"{\rtf1\ansi\ansicpg936 \'cb\'ae\'b1\'c3}", "水泵"),
    ],
)
def test_rtf_gives_its_letters_in_their_charset(body: bytes, text: str) -> None:
    assert extract(body).text == text


def test_a_mail_gives_header_body_date_in_utc_and_attachments() -> None:
    found = extract(mail(b"item,code\npump,2B231\nrotor,2B350\n"))
    assert (found.title, found.authors, found.published) == (
        "Две помпы",
        ("Ada Novak <ada@example.org>",),
        "2026-03-03",
    )
    assert "The consignee asks for two pumps." in found.text
    assert [(part.name, part.text) for part in found.parts] == [
        ("order.csv", "item: pump\ncode: 2B231\n\nitem: rotor\ncode: 2B350")
    ]
    assert "order.csv\n\nitem: pump" in found.whole_text


def test_a_mailbox_gives_each_message() -> None:
    box = (
        b"From ada@example.org Mon Mar  2 10:00:00 2026\n"
        + mail()
        + b"\nFrom li@example.org Tue Mar  3 10:00:00 2026\n"
        + mail()
    )
    found = extract(box)
    assert [part.name for part in found.parts] == ["message 1", "message 2"]
    assert found.media_type == "application/mbox"


def test_a_zip_file_gives_its_members_and_remarks_those_it_cannot_read(make_zip: ZipMaker) -> None:
    inner = make_zip({"deep.txt": "Deep words."})
    found = extract(make_zip({"a.txt": "Some words.", "in.zip": inner, "x.bin": bytes(range(32)) * 40}))
    assert [(p.name, p.whole_text) for p in found.parts] == [
        ("a.txt", "Some words."),
        ("in.zip", "deep.txt\n\nDeep words."),
    ]
    assert found.remarks[0].startswith("x.bin set aside:")


def test_containers_nested_too_deep_are_set_aside(make_zip: ZipMaker) -> None:
    payload = b"Some words in the middle of it all."
    for _ in range(9):
        payload = make_zip({"inner.zip": payload})
    with pytest.raises(SetAside, match="nested deeper"):
        extract(payload)


def test_an_encrypted_member_is_named(make_zip: ZipMaker) -> None:
    payload = bytearray(make_zip({"a.txt": b"secret words"}))
    payload[6] |= 1
    payload[payload.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SetAside, match="encrypted"):
        extract(bytes(payload))


def test_tar_and_gzip_are_looked_into() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 11
        archive.addfile(info, io.BytesIO(b"Some words."))
    assert extract(gzip.compress(buffer.getvalue()), Hint(name="a.tar.gz")).whole_text == "a.txt\n\nSome words."


def test_rows_of_a_table_are_apart_and_name_their_columns() -> None:
    found = extract("名称;代码\n泵;2B231\n转子;2B350\n".encode(), Hint(name="a.csv"))
    assert found.text == "名称: 泵\n代码: 2B231\n\n名称: 转子\n代码: 2B350"


def test_a_table_without_header_keeps_its_first_row() -> None:
    assert extract(b"1,2,3\n4,5,6\n", Hint(name="a.csv")).text == "1\n2\n3\n\n4\n5\n6"


def test_a_quoted_field_may_hold_line_breaks_and_delimiters() -> None:
    found = extract(b'name,note\npump,"one, two\nthree"\nrotor,spare\n', Hint(name="a.csv"))
    assert found.text.split("\n\n")[0] == "name: pump\nnote: one, two three"


def test_json_gives_its_values_with_their_names() -> None:
    found = extract(b'{"title": "Return", "date": "2026-02-01", "goods": [{"item": "pump"}, {"item": "rotor"}]}')
    assert (found.title, found.published) == ("Return", "2026-02-01")
    assert found.text.endswith("item: pump\n\nitem: rotor")


def test_json_lines_keep_what_is_not_json() -> None:
    found = extract(b'{"item": "pump"}\nnot json\n', Hint(name="a.jsonl"))
    assert (found.text, found.remarks) == ("item: pump\n\nnot json", ("1 of 2 lines are not JSON",))


def test_xml_gives_its_values_with_their_names() -> None:
    found = extract(
        b"<?xml version='1.0' encoding='windows-1251'?><list><party><name>\xcd\xe0\xf1\xee\xf1</name></party></list>"
    )
    assert found.text == "name: Насос"


def test_a_feed_gives_its_entries() -> None:
    feed = (
        "<rss><channel><title>News</title><item><title>Pumps</title><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>"
        "<description>&lt;p&gt;Two pumps.&lt;/p&gt;</description></item></channel></rss>"
    )
    found = extract(feed.encode())
    assert (found.title, found.text) == ("News", "Pumps\nMon, 02 Mar 2026 10:00:00 GMT\nTwo pumps.")


def test_markdown_is_titled_by_its_first_heading() -> None:
    found = extract(b"---\ntags: x\n---\nIntro.\n\n# Pumps\n\nText.\n", Hint(name="a.md"))
    assert found.title == "Pumps"


def test_a_pdf_gives_paragraphs_without_running_heads(make_pdf: Callable[..., bytes]) -> None:
    head = "Annual declaration of the competent authority"
    goods = ("heavy water", "graphite", "zirconium tubes", "boron carbide")
    pages = [
        [
            head,
            f"The facility produced forty tonnes of {name} in the year under re-",
            f"view, which is four tonnes of {name} less than it declared for the year before,",
            f"and page {number} says so.",
            f"No {name} left the country in that time, as the authority was able to see in",
            f"the books of the plant for {name} and in those of its customers.",
            str(number),
        ]
        for number, name in enumerate(goods, start=1)
    ]
    found = extract(make_pdf([["Declaration 2025", *pages[0][1:]], *pages[1:]]))
    assert found.title == "Declaration 2025"
    assert head not in found.text
    assert "in the year under review, which is four tonnes of graphite less than it declared" in found.text
    assert "and page 3 says so.\n\nNo zirconium tubes left the country" in found.text
    assert "in those of its customers.\n\nThe facility" in found.text


def test_a_pdf_states_title_author_and_date(make_pdf: Callable[..., bytes]) -> None:
    info = b"<< /Title (Return of the plant) /Author (Ada Novak) /CreationDate (D:20260201090000Z) >>"
    found = extract(make_pdf([["Forty tonnes of heavy water were made."]], info=info))
    assert (found.title, found.authors, found.published) == ("Return of the plant", ("Ada Novak",), "2026-02-01")


def test_pages_without_text_are_remarked(make_pdf: Callable[..., bytes]) -> None:
    found = extract(make_pdf([["Forty tonnes of heavy water were made."], [], []]))
    assert "2 of 3 pages have no text; they may be scanned" in found.remarks


def test_a_pdf_of_scans_alone_is_set_aside(make_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(SetAside, match="scanned"):
        extract(make_pdf([[], []]))


def test_an_encrypted_pdf_is_set_aside(make_pdf: Callable[..., bytes]) -> None:
    lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    with pytest.raises(SetAside, match="encrypted"):
        extract(make_pdf([["Forty tonnes."]], extra=lock))


@pytest.mark.parametrize("cut", [20, 200, 600])
def test_a_pdf_that_breaks_off_is_read_or_set_aside(cut: int, make_pdf: Callable[..., bytes]) -> None:
    with contextlib.suppress(SetAside):
        assert "water" in extract(make_pdf([["Forty tonnes of heavy water were made."]])[:cut]).text


@pytest.mark.parametrize(
    ("payload", "hint", "media_type"),
    [
        (
            b"<html><body><p>Words, more words, and words.</p></body></html>",
            Hint(media_type="application/pdf"),
            "text/html",
        ),
        (b"Plain words. " * 9, Hint(media_type="application/pdf", name="a.pdf"), "text/plain"),
        (b"a,b\n1,2\n", Hint(media_type="application/octet-stream", name="a.csv"), "text/csv"),
        (b"a\tb\n1\t2\n", Hint(url="https://example.org/a.tsv?x=1"), "text/tab-separated-values"),
        (
            b"<rss><channel><item><title>T</title></item></channel></rss>",
            Hint(media_type="text/html"),
            "application/xml",
        ),
        ("Слова и слова. ".encode("utf-16") * 9, Hint(), "text/plain"),
        (
            b"\xef\xbb\xbf<!DOCTYPE html><p>Words, more words, and words.</p>",
            Hint(media_type="text/plain"),
            "text/html",
        ),
    ],
)
def test_the_content_decides_what_a_file_is(payload: bytes, hint: Hint, media_type: str) -> None:
    assert extract(payload, hint).media_type == media_type


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "an image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "damaged"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "empty"),
        (bytes(range(256)) * 40, "no writing"),
        (b"PK\x03\x04 and then nothing that fits", "damaged"),
        (b"\x1f\x8b\x08 broken", "damaged"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_a_reason(payload: bytes, reason: str) -> None:
    with pytest.raises(SetAside, match=reason):
        extract(payload, Hint(media_type="text/plain"))


def test_the_future_is_no_date_for_a_mail() -> None:
    found = extract(mail(), Hint(captured=datetime(2026, 1, 1, tzinfo=UTC)))
    assert found.published is None
    assert found.remarks == ("publication date in the future ignored: 2026-03-03",)


def test_the_dual_use_list_as_pdf_says_what_its_text_says() -> None:
    folder = SHARED / "controls"
    if not folder.exists():
        pytest.skip(f"{folder} is not here")
    found = extract((folder / "eu-dual-use-list-en.pdf").read_bytes())
    wanted = set((folder / "eu-dual-use-list-en.txt").read_text("utf-8").split())
    words = set(found.text.split())
    assert len(wanted & words) / len(wanted) > 0.97
    assert (
        'Control rods specially designed or prepared for the control of the fission process in a "nuclear reactor"'
        in found.text
    )
