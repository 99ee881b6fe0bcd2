"""Published results as open data, and what places are said to win."""

import csv
from io import StringIO

import pytest

from services.awards.api.published.answers import published
from services.awards.api.published.export import as_csv, exported
from services.awards.api.published.places import places
from services.awards.domain.competition import (
    Determine,
    IssueDocument,
    OpenObjectionWindow,
    Publish,
    decider,
)
from services.awards.projections import CompetitionView
from services.awards.projections.competition import fold
from shared.events.awards import CompetitionEvent, DocumentKind, Pool
from tests.builders.awards import (
    AT,
    CHAIR,
    DAY,
    DRAFT,
    MATURITY_ONLY,
    OBJECTING,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    prize,
    scored,
)
from tests.unit.awards.folding import folded
from tests.unit.awards.test_results import PUBLISHED

URL = "https://lomba.example.go.id"
NAMES = {"dinkes": "Dinas Kesehatan"}
TABLE = MATURITY_ONLY.model_copy(
    update={
        "prizes": (
            prize(1, 5_000_000, label="Juara I"),
            prize(2, 3_000_000, label="Juara II"),
            prize(0, 500_000, label="Harapan", to="other_finalists"),
            prize(0, 100_000, label="Sertifikat", to="finalists"),
        ),
        "pools": (
            Pool(
                label="Dana bersama",
                fund_id="apbd-2026",
                amount_rupiah=900,
                by="index",
                to_rank=2,
            ),
        ),
    }
)


def _view(facts: tuple[CompetitionEvent, ...]) -> CompetitionView:
    view = folded(fold, facts)
    assert isinstance(view, CompetitionView)
    return view


def finished(ties: str, *maturities: str) -> CompetitionView:
    entries = [scored(f"inov-{number}", each) for number, each in enumerate(maturities, 1)]
    drafted = happened(
        decider,
        announce(TABLE, ties=ties),
        enrol(*entries),
        open_round(),
        close_round(),
        DRAFT,
        OpenObjectionWindow(by=CHAIR, at=AT, version=1),
        Determine(
            by=CHAIR, at=AT + 3 * DAY, decree_number="188", decree_date=(AT + 3 * DAY).date()
        ),
        Publish(by=CHAIR, at=AT + 3 * DAY),
    )
    return _view(drafted)


def labels(view: CompetitionView) -> list[tuple[int, tuple[str, ...]]]:
    return [(each.rank, each.prizes) for each in places(view, view.results[-1], {})]


def test_places_carry_the_names_of_prizes_and_pools() -> None:
    assert labels(finished("vote", "90", "80", "70")) == [
        (1, ("Juara I", "Sertifikat", "Dana bersama")),
        (2, ("Juara II", "Sertifikat", "Dana bersama")),
        (3, ("Harapan", "Sertifikat")),
    ]


@pytest.mark.parametrize(
    ("ties", "first"),
    [
        ("split", ("Juara I", "Juara II", "Sertifikat", "Dana bersama")),
        ("promote", ("Juara I", "Sertifikat", "Dana bersama")),
    ],
)
def test_a_tie_carries_the_prizes_that_the_rules_give_it(ties: str, first: tuple[str, ...]) -> None:
    assert labels(finished(ties, "90", "90", "70"))[:2] == [(1, first), (1, first)]


def test_every_row_says_where_it_is_proven() -> None:
    (first, *_) = exported([_view(PUBLISHED)], NAMES, URL).items
    last = len(PUBLISHED)
    assert (first.rank, first.innovation_id) == (1, "inov-1")
    assert (first.agency_id, first.agency_name) == ("dinkes", "Dinas Kesehatan")
    # Nobody registered the region: it is called by its code.
    assert (first.region_id, first.region_name) == ("hss", "hss")
    assert (first.determined_event_id, first.determined_sequence) == (
        f"event-{last - 1}",
        99 + last,
    )
    assert (first.published_event_id, first.published_sequence) == (f"event-{last}", 100 + last)
    assert first.verify_url == f"{URL}/competitions/kia-2026/results"


def test_a_row_leads_to_its_certificate_or_to_the_annex_of_the_decree() -> None:
    issued = happened(
        decider,
        issue("decree_annex", None),
        issue("certificate", "inov-1"),
        before=PUBLISHED,
    )
    found = {
        each.innovation_id: each.verify_url for each in exported([_view(issued)], {}, URL).items
    }
    assert (found["inov-1"], found["inov-2"]) == (
        f"{URL}/verify/certificate-inov-1",
        f"{URL}/verify/decree_annex-None",
    )


def issue(kind: DocumentKind, about: str | None) -> IssueDocument:
    return IssueDocument(
        by=CHAIR,
        at=AT + 9 * DAY,
        document_id=f"{kind}-{about}",
        kind=kind,
        media_type="application/pdf",
        version=1,
        about=about,
        sha256="a" * 64,
        size=1,
        content_digest="b" * 64,
        template="t",
        verify_url=f"{URL}/verify/{kind}-{about}",
        has_names=False,
    )


def test_a_csv_has_a_line_a_place_in_an_order_that_never_changes() -> None:
    one, other = finished("vote", "90", "80"), _view(PUBLISHED)
    other = other.model_copy(update={"competition_id": "aaa"})
    text = as_csv(exported([one, other], NAMES, URL))
    assert text == as_csv(exported([other, one], NAMES, URL))
    rows = list(csv.DictReader(StringIO(text)))
    assert [(row["competition_id"], row["rank"]) for row in rows] == [
        ("aaa", "1"),
        ("aaa", "2"),
        ("aaa", "3"),
        ("kia-2026", "1"),
        ("kia-2026", "2"),
    ]
    assert rows[3]["round_scores"] == "administrasi=81.08"
    assert (rows[3]["agency_id"], rows[3]["agency_name"]) == ("dinkes", "Dinas Kesehatan")
    assert rows[3]["prizes"] == "Juara I; Sertifikat; Dana bersama"


def test_a_title_that_is_a_formula_is_no_formula_in_the_csv() -> None:
    view = finished("vote", "90")
    (entry,) = view.entries
    evil = entry.entry.model_copy(update={"title": '=HYPERLINK("http://evil")'})
    view = view.model_copy(update={"entries": (entry.model_copy(update={"entry": evil}),)})
    (row,) = csv.DictReader(StringIO(as_csv(exported([view], {}, URL))))
    assert row["title"] == '\'=HYPERLINK("http://evil")'


def test_what_is_not_published_is_not_exported() -> None:
    view = _view(OBJECTING)
    assert (exported([view], {}, URL).items, published(view, {})) == ((), None)


def test_published_results_name_no_person() -> None:
    shown = published(_view(PUBLISHED), NAMES)
    assert shown is not None
    told = shown.model_dump_json()
    assert not any(name in told for name in ("person-", "judge-", "system:"))
