"""Which prize or pool of the frozen rules a sum comes from, and how it was shared. Pure."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from services.audit.domain.explaining.dues import Owing, Traced
from services.audit.domain.explaining.history import History, announced_rule
from services.audit.domain.explaining.rounds import Contest
from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.words import category_named, rupiah
from services.awards.domain.allocation.results import Due
from services.awards.domain.allocation.teams import Share
from services.awards.domain.allocation.ties import Group, groups_by_category, prize_table
from shared.events.awards import COMPETITION, Pool, Prize, RankedEntry, RecipientsNamed

SHARED = {"shares": "menurut bagian tiap peringkat", "index": "menurut nilai akhir"}


def due_step(found: Traced, contest: Contest, owed: Owing) -> Step:
    """What the entry is due by the prize table, or of a pool."""
    item, _, number = found.due.item.partition("-")
    if item == "pool":
        return _pool(found.category.pools[int(number)], found, contest, owed)
    return _prize(found.category.prizes[int(number)], found, contest)


def _values(due: Due) -> dict[str, Value]:
    return {
        "item": due.item,
        "label": due.label,
        "fund_id": due.fund_id,
        "rank": due.rank,
        "amount_rupiah": due.amount_rupiah,
        "amount_is": due.amount_is,
        "in_kind": due.in_kind,
    }


def _prize(prize: Prize, found: Traced, contest: Contest) -> Step:
    due, group, ties = found.due, found.group, contest.where.rules.ties
    is_split = ties == "split" and len(group.members) > 1 and prize.to != "finalists"
    places = tuple(_at_places(found)) if is_split else ()
    values = {**_values(due), "to": prize.to, "tied": len(group.members), "ties": ties}
    amount = "bersih" if due.amount_is == "net" else "bruto"
    whom = f"peringkat {prize.rank}" if prize.to == "rank" else "finalis"
    what = f"Hadiah '{prize.label}' {rupiah(prize.amount_rupiah)} {amount} untuk {whom}"
    if prize.in_kind:
        what += f", dan {prize.in_kind}"
    shared = ""
    if is_split and places:
        shared = f", dibagi rata {len(group.members)} inovasi bernilai sama"
    elif ties == "promote" and len(group.members) > 1 and prize.to != "finalists":
        shared = f", utuh bagi tiap {len(group.members)} inovasi bernilai sama"
    return Step(
        kind="prize",
        title=f"Hadiah '{due.label}': {rupiah(due.amount_rupiah)} {amount}{shared}",
        values=values,
        rule=announced_rule(what, contest.where),
        because=places,
    )


def _at_places(found: Traced) -> Iterator[Step]:
    """The prizes of all places of a tie, of the same fund and kind, which its members share."""
    table = prize_table(found.category)
    if not table.names_any(found.group.places):
        return
    for _, prize in chain.from_iterable(table.at(place) for place in found.group.places):
        if (prize.fund_id, prize.amount_is) == (found.due.fund_id, found.due.amount_is):
            title = f"Hadiah '{prize.label}': {rupiah(prize.amount_rupiah)}"
            values: dict[str, Value] = {
                "label": prize.label,
                "amount_rupiah": prize.amount_rupiah,
            }
            yield Step("place_prize", title, values=values)


def _pool(pool: Pool, found: Traced, contest: Contest, owed: Owing) -> Step:
    groups = groups_by_category(owed.results.ranking).get(found.category.code, ())
    ties = contest.where.rules.ties
    parts = {
        member.innovation_id: part
        for group in groups
        if group.rank <= pool.to_rank
        for member, part in _parts(pool, group, is_split=ties == "split")
    }
    what = (
        f"Hadiah bersama '{pool.label}' {rupiah(pool.amount_rupiah)} bagi peringkat 1 sampai"
        f" {pool.to_rank} kategori {category_named(found.category)}, {SHARED[pool.by]}"
    )
    return Step(
        kind="pool",
        title=f"Bagian hadiah bersama '{pool.label}': {rupiah(found.due.amount_rupiah)}",
        values={**_values(found.due), "pool_rupiah": pool.amount_rupiah, "by": pool.by},
        rule=announced_rule(what, contest.where),
        because=tuple(_part(each, parts[each.innovation_id]) for each in found.rivals),
    )


def _parts(pool: Pool, group: Group, *, is_split: bool) -> Iterator[tuple[RankedEntry, Fraction]]:
    """What each of a group has a part of: the mean over the places that it stands on."""
    places = group.places if is_split else range(group.rank, group.rank + 1)
    inside = [place for place in places if place <= pool.to_rank]
    for member in group.members:
        if pool.by == "shares":
            yield member, Fraction(sum(pool.shares[place - 1] for place in inside), len(places))
        else:
            yield member, Fraction(member.final_score) * len(inside) / len(places)


def _part(due: Due, part: Fraction) -> Step:
    """`part` of the sum of all parts, as an exact fraction."""
    title = f"Peringkat {due.rank} {due.innovation_id}: {rupiah(due.amount_rupiah)}"
    values: dict[str, Value] = {
        "innovation_id": due.innovation_id,
        "rank": due.rank,
        "part": str(part),
        "amount_rupiah": due.amount_rupiah,
    }
    return Step("pool_part", title, values=values)


def share_steps(found: Traced, contest: Contest, history: History, until: int) -> tuple[Step, ...]:
    """Who was named by then to receive it, and in which parts; nothing where an agency has it
    whole.
    """
    subject = COMPETITION.subject(contest.competition_id)
    key = found.due.innovation_id
    named = history.trail.last(
        subject, RecipientsNamed, lambda each: each.innovation_id == key, until
    )
    if not named and len(found.beside) == 1:
        return ()
    recipient, of = found.share.recipient, sum(each.recipient.parts for each in found.beside)
    values: dict[str, Value] = {
        "recipient_id": recipient.recipient_id,
        "parts": recipient.parts,
        "of_parts": of,
        "amount_rupiah": found.share.amount_rupiah,
    }
    return (
        Step(
            kind="share",
            title=(
                f"Bagian {recipient.recipient_id}: {recipient.parts} dari {of},"
                f" {rupiah(found.share.amount_rupiah)}"
            ),
            facts=said(named),
            values=values,
            because=tuple(_beside(each) for each in found.beside),
        ),
    )


def _beside(each: Share) -> Step:
    recipient = each.recipient
    return Step(
        kind="share_part",
        title=f"{recipient.recipient_id}: {rupiah(each.amount_rupiah)}",
        values={
            "recipient_id": recipient.recipient_id,
            "kind": recipient.kind,
            "parts": recipient.parts,
            "amount_rupiah": each.amount_rupiah,
        },
    )


def cap_steps(found: Traced, contest: Contest) -> tuple[Step, ...]:
    """How much of it was still below the cap."""
    cap = contest.where.rules.cap_per_recipient_rupiah
    if cap is None:
        return ()
    gross, granted = found.asked.tax.gross_rupiah, found.withheld.tax.gross_rupiah
    values: dict[str, Value] = {
        "cap_rupiah": cap,
        "had_rupiah": found.had_rupiah,
        "asked_rupiah": gross,
        "granted_rupiah": granted,
    }
    cut = f", dipotong dari {rupiah(gross)} menjadi {rupiah(granted)}" if found.is_cut else ""
    title = f"Batas per penerima: sebelumnya {rupiah(found.had_rupiah)}{cut}"
    what = f"Tiap penerima paling banyak {rupiah(cap)} bruto"
    return (
        Step(
            kind="cap",
            title=title,
            values=values,
            rule=announced_rule(what, contest.where),
            because=tuple(map(_earlier, found.earlier)),
        ),
    )


def _earlier(each: Traced) -> Step:
    gross = each.withheld.tax.gross_rupiah
    return Step(
        kind="had_before",
        title=f"{each.due.label} untuk {each.due.innovation_id}: {rupiah(gross)}",
        values={
            "label": each.due.label,
            "innovation_id": each.due.innovation_id,
            "amount_rupiah": gross,
        },
    )
