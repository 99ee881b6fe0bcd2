"""Papers call agencies by the names that they had, under the letterhead of who runs it."""

import pytest

from services.awards.api.documents.again import contents_before
from services.awards.api.papers import Asked, agencies_in
from services.awards.api.papers.agencies import agencies_of, government_over
from shared.events.awards import Recipient
from shared.events.base import Fact
from tests.builders.awards import category, rules
from tests.unit.awards.story import (
    DECREED,
    JUDGED,
    MONEY,
    NAME,
    NAMED,
    OFFICE,
    OUT,
    PRIZES,
    PROVINCE,
    REGENCY,
    RENAMED,
    SIGNED,
    TREE,
    WHOLE,
    agency,
    allocated,
    announced,
    asked,
    certificate,
    drafted,
    entered,
    past,
    place,
)
from tests.unit.awards.test_papers import file_of, pages_of, sheets_of, text_of, told

HEALTH = "Dinas Kesehatan Kabupaten Hulu Sungai Selatan"
CERTIFICATE, LIST = asked("certificate", about="inov-1"), asked("payment_list")
VILLAGE = agency("desa-habirau", "Desa Habirau", "village", ("kalsel", "hss", "desa-habirau"))
CITY = agency("banjarmasin", "Kota Banjarmasin", "city", ("kalsel", "banjarmasin"))


@pytest.mark.parametrize(
    "paper",
    [asked("minutes"), asked("decree_annex"), CERTIFICATE, LIST],
    ids=["minutes", "annex", "certificate", "payments"],
)
async def test_a_paper_calls_an_agency_by_its_name_and_by_its_code_where_it_has_none(
    paper: Asked,
) -> None:
    named, unnamed = await text_of(paper, *TREE, *WHOLE), await text_of(paper, *WHOLE)
    assert HEALTH in named and "dinkes" not in named
    assert HEALTH not in unnamed and "dinkes" in unnamed


async def test_workbooks_call_agencies_by_their_names_too() -> None:
    sheets = sheets_of(await file_of(asked("minutes", "xlsx"), *TREE, *WHOLE))
    assert {row[3] for row in sheets["1. Kategori skpd"][1:]} == {HEALTH}
    sheets = sheets_of(await file_of(asked("payment_list", "xlsx"), *TREE, *WHOLE))
    assert [row[1] for row in sheets["1. APBD Kabupaten"][1:5]] == [HEALTH] * 3 + [NAME]


def test_names_of_agencies_are_no_names_of_people() -> None:
    assert told(CERTIFICATE, *TREE, *WHOLE).has_names is False


def test_a_certificate_goes_to_a_village_that_was_named_and_money_too() -> None:
    village = Recipient(recipient_id="desa-habirau", kind="village", taxed_as="agency")
    named = NAMED.model_copy(update={"innovation_id": "inov-1", "recipients": (village,)})
    given = allocated(1, 500, 1, "Tambahan", allocation_id="alloc-village", recipient=village)
    facts = (*TREE, VILLAGE, *WHOLE, named, given)
    assert told(CERTIFICATE, *facts).told["to"] == ["Desa Habirau"]
    assert "desa-habirau" in agencies_in(past(*facts), CERTIFICATE)
    rows = told(LIST, *facts).told["funds"][0]["rows"]
    assert [row["recipient"] for row in rows if row["label"] == "Tambahan"] == ["Desa Habirau"]


def test_a_name_is_the_one_of_the_moment_at_which_the_paper_was_made() -> None:
    before, after = told(CERTIFICATE, *TREE, *WHOLE), told(CERTIFICATE, *TREE, *WHOLE, RENAMED)
    assert [each.told["agency"] for each in (before, after)] == [HEALTH, RENAMED.name]
    issued = len(TREE) + len(WHOLE) + 1
    later = past(*TREE, *WHOLE, certificate(), RENAMED)
    assert next(iter(contents_before(later, CERTIFICATE, issued))).digest == before.digest
    # Renamed after it was made, and before it was recorded.
    crossed = past(*TREE, *WHOLE, RENAMED, certificate())
    digests = [each.digest for each in contents_before(crossed, CERTIFICATE, issued + 1)]
    assert digests[:2] == [after.digest, before.digest]


def test_the_agencies_of_a_paper_are_those_of_its_entries_and_all_above_them() -> None:
    other = entered(4, agency_id="rsud", agency_path=("kalsel", "hss", "rsud"))
    history = past(*WHOLE, other)
    assert agencies_in(history, CERTIFICATE) == ("hss", "kalsel", "dinkes")
    # inov-4 has no place: it was put out before the results.
    assert "rsud" not in agencies_in(history, asked("minutes"))
    placed = past(*WHOLE, entered(2, agency_id="rsud", agency_path=("kalsel", "hss", "rsud")))
    assert "rsud" in agencies_in(placed, asked("minutes"))


async def test_the_letterhead_is_that_of_the_government_over_all_categories() -> None:
    head = ["Kalsel Innovation Award 2026", "Musim penilaian 2026"]
    assert told(CERTIFICATE, *WHOLE).told["head"] == ["Panitia penyelenggara", *head]
    local = "Pemerintah Kabupaten Hulu Sungai Selatan"
    assert told(CERTIFICATE, *TREE, *WHOLE).told["head"] == [local, *head]
    wide = announced(
        rules=rules(
            category("skpd", prizes=PRIZES),
            category("umum", prizes=PRIZES[:1], within="banjarmasin"),
        )
    )
    facts = (*TREE, CITY, *WHOLE, wide)
    assert told(CERTIFICATE, *facts).told["head"][0] == "Pemerintah Provinsi Kalimantan Selatan"
    assert "PEMERINTAH PROVINSI KALIMANTAN SELATAN" in await text_of(CERTIFICATE, *facts)


@pytest.mark.parametrize(
    ("facts", "codes", "government"),
    [
        (TREE, ("dinkes",), "Pemerintah Kabupaten Hulu Sungai Selatan"),
        (TREE, ("kalsel", "dinkes"), "Pemerintah Provinsi Kalimantan Selatan"),
        (TREE, (), None),
        (TREE, ("hss", "tapin"), None),
        ((OFFICE,), ("dinkes",), None),
        (
            (PROVINCE, OFFICE),
            ("dinkes",),
            "Pemerintah Provinsi Kalimantan Selatan",
        ),
        (
            (REGENCY.model_copy(update={"name": "PEMERINTAH Kabupaten HSS"}),),
            ("hss",),
            "PEMERINTAH Kabupaten HSS",
        ),
    ],
    ids=[
        "an agency",
        "a province and one of its agencies",
        "no category",
        "an agency that nobody registered",
        "no government is registered",
        "the nearest that is registered",
        "a name that says it already",
    ],
)
def test_the_government_is_the_nearest_that_is_over_all(
    facts: tuple[Fact, ...], codes: tuple[str, ...], government: str | None
) -> None:
    assert government_over(agencies_of(past(*facts)), codes) == government


@pytest.mark.parametrize("people", [1, 3, 12, 50])
async def test_the_longest_names_and_titles_stay_on_one_page(people: int) -> None:
    ids = [f"payee-{number}" for number in range(people)]
    team = tuple(Recipient(recipient_id=each, kind="person", taxed_as="person") for each in ids)
    names = {each: f"Drs. H. {NAME * 4}"[:110] + each for each in ids}
    long = entered(9, "umum", title="Pelayanan Terpadu Satu Atap bagi Desa Terpencil " * 4)
    office = OFFICE.model_copy(update={"name": f"{HEALTH} dan Keluarga Berencana " * 4})
    facts = (PROVINCE, REGENCY, office, *WHOLE, long)
    named = NAMED.model_copy(update={"recipients": team})
    paper = asked("certificate", about="inov-9")
    (page,) = pages_of(await file_of(paper, *facts, named, names=names))
    assert all(name.replace(" ", "") in page.replace(" ", "") for name in names.values())


@pytest.mark.parametrize("more", range(0, 16, 3))
async def test_signatures_stand_together_and_below_what_is_signed(more: int) -> None:
    """However much of the page before them is taken."""
    people = [SIGNED.model_copy(update={"by": f"person-{number}"}) for number in range(3)]
    out = [OUT.model_copy(update={"innovation_id": f"inov-x{number}"}) for number in range(more)]
    facts = (*TREE, *JUDGED[:8], *people, *out)
    pages = pages_of(await file_of(asked("minutes"), *facts))
    signing = [page.count("nama, NIP dan tanda tangan") for page in pages]
    assert sorted(signing)[-2:] == [0, 3]
    assert ["Tanda tangan basah" in page for page in pages] == [count == 3 for count in signing]
    places = [entered(number) for number in range(1, 4 + more)]
    ranking = tuple(place(number, number, "80") for number in range(1, 4 + more))
    won = (announced(), *places, drafted(ranking=ranking), DECREED, *MONEY)
    decreed = pages_of(await file_of(asked("decree_annex"), *TREE, entered(9), *won))
    assert ["Yang menetapkan" in page for page in decreed] == [
        "Jumlah tiap sumber dana" in page for page in decreed
    ]
