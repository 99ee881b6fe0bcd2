"""Every allocated rupiah recomputes from its explanation alone, down to files and people."""

from datetime import UTC, datetime
from itertools import count

import pytest

from services.audit.domain.explaining import Rule, Said, Step
from services.awards.domain import competition
from services.awards.domain.fund.states import Fund
from shared.events.awards import FUND, CompetitionRules, MoneyAllocated, Prize
from shared.events.scoring import InnovationScored
from tests.unit.audit.contest import FIRST, TEAM
from tests.unit.audit.contested import contested
from tests.unit.audit.explained import (
    Told,
    below,
    direct,
    explained,
    files,
    maturity,
    money,
    one,
    people,
    rank,
    told_again,
    why,
)
from tests.unit.audit.past import Past, sequence_of, tampered, with_header
from tests.unit.audit.prize_rules import APBD, BANK, MAIN
from tests.unit.audit.prized import Prized, person, prized
from tests.unit.audit.test_replay import set_path


@pytest.fixture(scope="module")
async def won() -> Told:
    return told_again((await prized()).messages)


EXTRA = Prize(rank=2, label="Tambahan", fund_id=BANK, amount_rupiah=50_000)


class Splitting(Prized):
    """The same competition, where those who tie share what their places win, fund by fund."""

    async def announced_as(self, key: str, rules: CompetitionRules) -> None:
        await super().announced_as(key, splitting(rules) if key == MAIN else rules)


def splitting(rules: CompetitionRules) -> CompetitionRules:
    agencies, teams = rules.categories
    more = teams.model_copy(update={"prizes": (*teams.prizes, EXTRA)})
    return rules.model_copy(update={"ties": "split", "categories": (agencies, more)})


async def split() -> Past:
    story = Splitting(Past(), count())
    await story.began()
    await story.won_before()
    await story.entered()
    await story.read()
    await story.read_again()
    await story.revealed()
    await story.signed(1)
    await story.disputed()
    await story.signed(2)
    await story.run_out()
    await story.named()
    await story.decreed()
    await story.adopted()
    await story.allocated(APBD)
    await story.allocated(BANK)
    return story.past


def allocations(told: Told) -> list[str]:
    world, _ = told
    return [
        f"{each.key}/{key}"
        for each in world.standings.values()
        if each.label == FUND.label and isinstance(each.state, Fund)
        for key in each.state.allocations
    ]


def require_sound(step: Step) -> tuple[int, int, int]:
    """All sums from the verdicts to the rupiah, and what the verdicts rest on."""
    assert not below(step, "unexplained")
    place = one(step, "rank")
    assert rank(place) == step.values["rank"]
    for each in below(step, "scorecard"):
        maturity(each)
    shown = list(files(step))
    assert shown
    assert all(all(each) for each in shown)
    assert below(step, "submission")
    return money(step)


async def test_every_allocation_recomputes_to_the_rupiah_and_the_rank(won: Told):
    found = [require_sound(why(each, won)) for each in allocations(won)]
    assert found == [
        (5_000_000, 0, 5_000_000),
        (2_000_000, 0, 2_000_000),
        (2_000_000, 100_000, 1_900_000),
        (4_000_000, 200_000, 3_800_000),
        (6_000_000, 300_000, 5_700_000),
        (2_000_000, 100_000, 1_900_000),
        (33_333, 1_666, 31_667),
        (66_666, 3_333, 63_333),
        (99_999, 4_999, 95_000),
        (66_667, 3_333, 63_334),
        (133_334, 6_666, 126_668),
        (200_000, 10_000, 190_000),
    ]


async def test_a_tie_that_shares_its_prizes_recomputes_too():
    told = told_again((await split()).messages)
    found = [require_sound(why(each, told)) for each in allocations(told)]
    steps = [why(each, told) for each in allocations(told)]
    assert sum(gross for gross, _, _ in found) == 16_649_999
    shared = [each for step in steps for each in direct(step, "prize") if each.because]
    assert [[each.values["amount_rupiah"] for each in step.because] for step in shared] == [
        *([[6_000_000, 3_000_000]] * 3),
        *([[50_000]] * 3),
    ]


async def test_places_that_maturity_and_judges_or_a_vote_decided_recompute(past: Past):
    for messages in (past.messages, (await contested()).messages):
        told = told_again(messages)
        found = [require_sound(why(each, told)) for each in allocations(told)]
        assert found == [(5_000_000, 0, 5_000_000), (3_000_000, 0, 3_000_000)]


def test_an_explanation_reaches_every_person_on_the_way_to_the_money(past: Past):
    step = why("alloc-1", told_again(past.messages))
    assert people(step) == {
        "chair-1",
        "drafter-1",
        "judge-1",
        "judge-2",
        "leader-1",
        "system:awards",
        "system:scoring",
        "system:submission",
        "treasurer-1",
        "verifier-1",
    }
    assert set(files(step)) == {
        ("1" * 64, "ev-inov-1", "drafter-1", "drafter-1"),
        ("2" * 64, "ev2-inov-1", "drafter-1", "drafter-1"),
    }


def test_what_a_cap_cut_is_told_with_what_was_had_before(won: Told):
    world, _ = won
    rules = world.competition(MAIN).determined.drafted.judged.announced
    (cap,) = direct(why(allocations(won)[1], won), "cap")
    assert cap == Step(
        kind="cap",
        title=(
            "Batas per penerima: sebelumnya Rp 5.000.000, dipotong dari Rp 4.000.000 menjadi"
            " Rp 2.000.000"
        ),
        values={
            "cap_rupiah": 7_000_000,
            "had_rupiah": 5_000_000,
            "asked_rupiah": 4_000_000,
            "granted_rupiah": 2_000_000,
        },
        rule=Rule(
            "Tiap penerima paling banyak Rp 7.000.000 bruto",
            "aturan kompetisi kia-2026",
            rules.rules_digest,
        ),
        because=(
            Step(
                kind="had_before",
                title="Juara I untuk inov-1: Rp 5.000.000",
                values={
                    "label": "Juara I",
                    "innovation_id": FIRST,
                    "amount_rupiah": 5_000_000,
                },
            ),
        ),
    )


def test_all_that_a_recipient_had_before_counts_against_the_cap(won: Told):
    caps = [direct(why(each, won), "cap")[0] for each in allocations(won)]
    assert [each.values["had_rupiah"] for each in caps] == [
        *(0, 5_000_000, 0, 0, 0, 0),
        *(2_000_000, 4_000_000, 6_000_000),
        *(2_033_333, 4_066_666, 6_099_999),
    ]


def test_a_tax_names_its_layers_their_sources_and_who_signed_the_table(won: Told):
    (tax,) = direct(why(allocations(won)[2], won), "tax")
    (layer,) = tax.because
    assert layer == Step(
        kind="layer",
        title="Rp 2.000.000 x 5 %",
        values={"part_rupiah": 2_000_000, "percent": "5", "tax": "100000"},
        rule=Rule(
            "Lapisan sampai Rp 60.000.000: 5 %",
            "tabel pajak 2024-r1",
            tax.rule.digest if tax.rule else "",
            ("S-83: ortax.org/penghitungan-pph-21-bagi-peserta-kegiatan: PMK 168/2023",),
        ),
    )
    assert [(each.fact, each.by) for each in tax.facts] == [
        ("TaxTableAdopted", "chair-1"),
        ("TaxTableConfirmed", "treasurer-1"),
    ]


def test_a_payment_is_told_with_the_fact_that_says_it(past: Past):
    (payment,) = direct(why("alloc-1", told_again(past.messages)), "payment")
    message = next(
        each for each in past.messages if each.headers["ce-type"].endswith("allocation-paid.v1")
    )
    assert payment == Step(
        kind="payment",
        title=(
            "Dibayar dengan SP2D/1 tanggal 9 Januari 2026 oleh treasurer-1, 9 Januari 2026 pukul"
            " 10.15 WITA"
        ),
        facts=(
            Said(
                sequence=message.sequence,
                event_id=message.headers["ce-id"],
                subject=FUND.subject("apbd-2026"),
                fact="AllocationPaid",
                by="treasurer-1",
                at=datetime(2026, 1, 9, 2, 15, tzinfo=UTC),
            ),
        ),
        values={"reference": "SP2D/1", "paid_on": "2026-01-09"},
    )


def test_all_that_happened_to_an_allocation_is_told_in_order(won: Told):
    step = why(allocations(won)[0], won)
    moves = [each.kind for each in step.because if each.kind not in {"prize", "share", "cap"}]
    assert moves == ["rank", "approval", "hold", "release", "payment", "return", "source"]
    assert (step.values["state"], step.values["in_kind"]) == ("returned", "Piala")


def test_an_allocation_that_nobody_owes_is_not_explained_away(past: Past):
    at = sequence_of(past.messages, MoneyAllocated)
    forged = tampered(past.messages, at, set_path("amount_rupiah", 5_000_001))
    found = explained("alloc-1", told_again(forged))
    (step,) = direct(found.step, "unexplained")
    assert step.title == (
        "Alokasi ini tidak dapat dijelaskan: aturan dan hasil tidak menghasilkan jumlah ini"
    )
    assert ("differs", at) in [(each.kind, each.sequence) for each in found.findings]
    assert one(found.step, "rank").values["rank"] == 1


@pytest.mark.parametrize(
    ("path", "value", "why_not"),
    [
        ("results_version", 1, "aturan dan hasil tidak menghasilkan jumlah ini"),
        ("tax_digest", "0" * 64, "The table of taxes 2024-r1 of this build is not the one"),
        ("category", "lain", "aturan dan hasil tidak menghasilkan jumlah ini"),
        ("competition_id", "nix", "hasil kompetisi belum ditetapkan"),
    ],
)
async def test_a_forged_allocation_is_told_as_far_as_it_goes(
    path: str, value: object, why_not: str
):
    past = await prized()
    at = sequence_of(past.messages, MoneyAllocated, 2)
    told = told_again(tampered(past.messages, at, set_path(path, value)))
    (step,) = direct(why(allocations(told)[2], told), "unexplained")
    assert why_not in step.title


async def test_who_was_named_later_does_not_change_what_was_allocated_before():
    story = Prized(await prized(), count(), datetime(2026, 4, 1, tzinfo=UTC))
    before = told_again(story.past.messages)
    await story.competition(
        competition.NameRecipients(
            by="chair-1",
            at=story.at,
            agency=None,
            innovation_id=TEAM,
            recipients=(person("payee-z"),),
        )
    )
    after = told_again(story.past.messages)
    shares = [direct(why(allocations(told)[3], told), "share") for told in (before, after)]
    assert shares[0] == shares[1]


def test_a_scorecard_that_was_never_said_is_told_so(past: Past):
    at = sequence_of(past.messages, InnovationScored)
    unknown = with_header(past.messages, at, "ce-type", "inda.scoring.unknown.v9")
    step = why("alloc-1", told_again(unknown))
    assert [each.title for each in below(step, "scorecard")] == [
        "Kartu skor 1 dari inov-1 tidak pernah dinyatakan."
    ]
