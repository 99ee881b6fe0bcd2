"""PDFs: what acts by itself or carries something is refused, what offices make is not."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from shared.documents.content import Failed
from shared.documents.inspection import TEXT_CHARACTERS, Inspected
from shared.documents.inspection.inspecting import text_of
from shared.documents.results import Properties
from tests.builders.files import locked_pdf, pdf
from tests.unit.shared.documents.looking import looked_into, rule

Change = Callable[[pikepdf.Pdf], object]


def changed(change: Change, content: bytes | None = None) -> bytes:
    """A PDF with something more in it, packed as modern programs do."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content or pdf())) as document:
        change(document)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def in_catalog(**entries: object) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            document.Root[f"/{name}"] = value

    return change


def annotated(**entries: object) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **entries)
        document.pages[0].Annots = Array([document.make_indirect(annotation)])

    return change


def test_pages_and_words_are_told():
    told = looked_into(pdf("Inovasi SIP PUTIH", 2))
    words = "Inovasi SIP PUTIH\nHalaman 1\fInovasi SIP PUTIH\nHalaman 2"
    assert told == Inspected(Properties(pages=2), words)


def test_a_scan_says_nothing():
    out = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    assert looked_into(out.getvalue()) == Inspected(Properties(pages=1), None)


def test_a_pdf_of_too_many_pages_is_refused():
    assert looked_into(pdf(pages=4)) == Failed("too_many_pages", {"pages": 4, "max_pages": 3})


def test_a_pdf_without_a_page_is_refused():
    out = BytesIO()
    with pikepdf.new() as document:
        document.save(out)
    assert rule(out.getvalue()) == "no_pages"


@pytest.mark.parametrize("password", ["rahasia", ""], ids=["to open", "to print"])
def test_a_locked_pdf_is_refused(password: str):
    assert rule(locked_pdf(password)) == "encrypted"


def javascript(kind: str = "/JavaScript") -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(kind), JS="app.alert(1)")


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["data.xml"] = b"<rekap/>"


def portfolio(document: pikepdf.Pdf) -> None:
    attached(document)
    document.Root.Collection = Dictionary(View=Name.D)


def in_a_page_that_opens(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=javascript())


def nowhere_shown(document: pikepdf.Pdf) -> None:
    """In a list that hangs on a key which no viewer knows."""
    document.Root.Misc = document.make_indirect(Array([Array([1, Array([javascript()])])]))


@pytest.mark.parametrize(
    ("change", "expected", "found"),
    [
        (in_catalog(OpenAction=javascript()), "active_content", "/JS"),
        (
            in_catalog(Names=Dictionary(JavaScript=Dictionary(Names=["a", javascript()]))),
            *["active_content", "/JS"],
        ),
        (in_a_page_that_opens, "active_content", "/JS"),
        (nowhere_shown, "active_content", "/JS"),
        (in_catalog(OpenAction=Dictionary(S=Name.JavaScript)), "active_content", "/JavaScript"),
        (
            annotated(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe")),
            "active_content",
            "/Launch",
        ),
        (
            annotated(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm)),
            "active_content",
            "/SubmitForm",
        ),
        (
            annotated(Subtype=Name.Link, A=Dictionary(S=Name.ImportData)),
            "active_content",
            "/ImportData",
        ),
        (annotated(Subtype=Name.Link, A=Dictionary(S=Name.GoToE)), "attached_files", "/GoToE"),
        (attached, "attached_files", None),
        (portfolio, "attached_files", None),
        (annotated(Subtype=Name.FileAttachment), "attached_files", "/FileAttachment"),
        (annotated(Subtype=Name.RichMedia), "rich_media", "/RichMedia"),
        (annotated(Subtype=Name.Screen), "rich_media", "/Screen"),
        (annotated(Subtype=Name("/3D")), "rich_media", "/3D"),
        (annotated(Subtype=Name.Link, A=Dictionary(S=Name.Sound)), "rich_media", "/Sound"),
        (in_catalog(AcroForm=Dictionary(XFA=["a", "b"])), "xfa_form", "/XFA"),
    ],
)
def test_what_acts_by_itself_or_carries_something_is_refused(
    change: Change, expected: str, found: str | None
):
    told = looked_into(changed(change))
    assert isinstance(told, Failed)
    assert (told.rule, found or told.params["found"]) == (expected, told.params["found"])


def signed(document: pikepdf.Pdf) -> None:
    """A field as electronic signatures leave it; what is signed is not looked into."""
    signature = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"\x30" * 64)
    field = Dictionary(FT=Name.Sig, V=signature, T="Tanda tangan", Subtype=Name.Widget)
    document.Root.AcroForm = Dictionary(Fields=[document.make_indirect(field)], SigFlags=3)


@pytest.mark.parametrize(
    "change",
    [
        signed,
        annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://inda.example/?/JS")),
        in_catalog(OpenAction=Dictionary(S=Name.GoTo, D="awal")),
        in_catalog(PageLabels=Dictionary(Nums=[0, Dictionary(S=Name.D)])),
        in_catalog(Note="/JavaScript /JS /Launch /EmbeddedFile /XFA"),
        in_catalog(Names=Dictionary(EmbeddedFiles=Dictionary(Names=[]))),
    ],
)
def test_what_offices_make_is_not_refused(change: Change):
    assert rule(changed(change)) is None


def test_a_name_in_disguise_is_found():
    plain = pdf()
    hidden = plain.replace(b"/Type /Catalog", b"/Type /Catalog /AA <</WC <</S /J#61vaScript>>>>")
    assert hidden != plain
    assert rule(hidden) == "active_content"


def test_a_document_that_is_nested_without_end_is_refused():
    deep = b"[" * 60 + b"]" * 60
    content = pdf().replace(b"/Type /Catalog", b"/Type /Catalog /Deep " + deep)
    assert rule(content) == "too_complex"


def test_a_document_of_too_many_objects_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shared.documents.inspection.pdf.MOST_OBJECTS", 3)
    assert rule(pdf()) == "too_complex"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%%EOF\n",
        b"%PDF-1.7\n" + b"\x00" * 4000 + b"\n%%EOF\n",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>\n%%EOF",
    ],
)
def test_a_pdf_that_is_none_is_unreadable(content: bytes):
    assert rule(content) in ("unreadable", "no_pages")


def test_pages_that_name_themselves_as_children_come_to_an_end():
    loop = pdf().replace(b"/Type /Pages", b"/Type /Pages /Kids [1 0 R] /Gone ")
    assert rule(loop) in ("unreadable", "no_pages", None)


def test_the_text_is_cut_at_a_length(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shared.documents.inspection.texts.TEXT_CHARACTERS", 30)
    text = text_of(pdf("Sepuluh ribu", 3))
    assert text is not None
    assert (len(text), text[:12], TEXT_CHARACTERS) == (30, "Sepuluh ribu", 200_000)


def test_the_text_of_what_is_no_pdf_is_none():
    assert text_of(b"no pdf at all") is None
