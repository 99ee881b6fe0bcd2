"""Explanations of told histories, and every sum in them computed again from their values alone.

Nothing here calls the rules of awards or scoring: sums are made from what the steps say.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from services.audit.domain import Replay
from services.audit.domain.explaining import Explained, Step, Trail, explain, walked
from services.audit.domain.world import World
from shared.editions import load
from shared.history.envelope import Message

Told = tuple[World, Trail]


def told_again(messages: Sequence[Message]) -> Told:
    """A finished replay, and the trail that was kept beside it."""
    replay, trail = Replay(load), Trail()
    for message in messages:
        replay.take(message)
        trail.take(message)
    replay.finished(messages[-1].sequence)
    return replay.world, trail


def why(thing: str, told: Told) -> Step:
    return explained(thing, told).step


def explained(thing: str, told: Told) -> Explained:
    world, trail = told
    return explain(thing, world, trail)


def below(step: Step, kind: str) -> list[Step]:
    """All steps of a kind that it rests on, each once."""
    return [each for each in walked(step) if each.kind == kind]


def direct(step: Step, kind: str) -> list[Step]:
    return [each for each in step.because if each.kind == kind]


def one(step: Step, kind: str) -> Step:
    (found,) = direct(step, kind)
    return found


def rupiah(step: Step, name: str = "amount_rupiah") -> int:
    value = step.values[name]
    assert isinstance(value, int)
    return value


def number(step: Step, name: str) -> Decimal:
    return Decimal(str(step.values[name]))


def half_up(value: Fraction) -> Decimal:
    """Two decimals."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def maturity(scorecard: Step) -> Decimal:
    """The sum over its rows, each of which is weight x level granted by its verdict."""
    total = Decimal(0)
    for row in direct(scorecard, "row"):
        points = number(row, "weight") * number(row, "granted_level")
        assert points == number(row, "points")
        if row.values["claimed_level"]:
            (verdict,) = row.because
            assert verdict.values["granted_level"] == row.values["granted_level"]
            assert verdict.values["decided_by"] == row.values["decided_by"]
        total += points
    assert total == number(scorecard, "verified_maturity")
    return total


def round_score(step: Step) -> Decimal:
    if step.values["scored_by"] == "maturity":
        found = maturity(one(step, "scorecard"))
        score = half_up(Fraction(found) * 100 / Fraction(number(step, "highest")))
    else:
        panel = one(step, "panel")
        assert (panel.values["combine"], panel.values["official"]) == ("mean", "raw")
        totals = [judge_total(each) for each in direct(panel, "judge")]
        score = half_up(sum(totals, Fraction(0)) / len(totals))
        assert score == number(panel, "mean")
    assert score == number(step, "score")
    return score


def judge_total(step: Step) -> Fraction:
    weights, reached = 0, Fraction(0)
    for each in direct(step, "criterion"):
        weight = rupiah(each, "weight")
        weights += weight
        reached += weight * Fraction(number(each, "score")) / rupiah(each, "scale")
    total = reached / weights * 100
    assert half_up(total) == number(step, "total")
    return total


def rank(step: Step) -> int:
    """One more than the number of those who stand above, by score, tie-breaks and vote."""
    weights, reached = 0, Fraction(0)
    for each in direct(step, "round"):
        weights += rupiah(each, "weight")
        reached += rupiah(each, "weight") * Fraction(round_score(each))
    assert half_up(reached / weights) == number(step, "final_score")
    ranking = one(step, "ranking")
    keys = {each.values["innovation_id"]: standing(each) for each in direct(ranking, "place")}
    mine = keys[step.values["innovation_id"]]
    found = 1 + sum(each > mine for each in keys.values())
    assert mine[0] == number(step, "final_score")
    assert found == step.values["rank"]
    return found


def standing(place: Step) -> tuple[Decimal, ...]:
    told = ("innovation_id", "rank", "vote")
    measures = [Decimal(str(each)) for name, each in place.values.items() if name not in told]
    return *measures, -Decimal(str(place.values.get("vote", 0)))


def money(step: Step) -> tuple[int, int, int]:
    """Gross, tax and net of an allocation, from the frozen rules on."""
    asked = share(step, due(step))
    taxed = direct(step, "tax")
    is_net = any(each.values["asked_is"] == "net" for each in taxed)
    gross = grossed_up(asked, taxed[0]) if is_net else asked
    for cap in direct(step, "cap"):
        had = sum(rupiah(each) for each in direct(cap, "had_before"))
        assert (had, gross) == (rupiah(cap, "had_rupiah"), rupiah(cap, "asked_rupiah"))
        gross = min(gross, max(rupiah(cap, "cap_rupiah") - had, 0))
        assert gross == rupiah(cap, "granted_rupiah")
    tax = sum(layered(each, gross) for each in taxed)
    found = gross, tax, gross - tax
    assert found == tuple(rupiah(step, f"{name}_rupiah") for name in ("amount", "tax", "net"))
    return found


def due(step: Step) -> int:
    """What the entry is due of the prize or the pool."""
    (item,) = [each for each in step.because if each.kind in {"prize", "pool"}]
    if item.kind == "pool":
        parts = direct(item, "pool_part")
        shares = largest_remainder(
            rupiah(item, "pool_rupiah"), [Fraction(str(each.values["part"])) for each in parts]
        )
        assert shares == [rupiah(each) for each in parts]
        mine = [each.values["innovation_id"] for each in parts]
        return shares[mine.index(step.values["innovation_id"])]
    places = [rupiah(each) for each in direct(item, "place_prize")]
    if not places:
        return rupiah(item)
    tied = rupiah(item, "tied")
    assert rupiah(item) in largest_remainder(sum(places), [Fraction(1)] * tied)
    return rupiah(item)


def share(step: Step, amount: int) -> int:
    """The recipient's part of it."""
    shares = direct(step, "share")
    if not shares:
        return amount
    parts = direct(shares[0], "share_part")
    found = largest_remainder(amount, [Fraction(rupiah(each, "parts")) for each in parts])
    assert found == [rupiah(each) for each in parts]
    mine = [each.values["recipient_id"] for each in parts]
    return found[mine.index(shares[0].values["recipient_id"])]


def largest_remainder(total: int, parts: Sequence[Fraction]) -> list[int]:
    exact = [total * part / sum(parts) for part in parts]
    shares = [each.__floor__() for each in exact]
    order = sorted(range(len(parts)), key=lambda place: shares[place] - exact[place])
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def layered(step: Step, gross: int) -> int:
    layers = step.because
    if not layers:
        return 0
    assert sum(rupiah(each, "part_rupiah") for each in layers) == gross
    for each in layers:
        assert number(each, "tax") == rupiah(each, "part_rupiah") * number(each, "percent") / 100
    return int(sum(number(each, "tax") for each in layers))


def grossed_up(net: int, step: Step) -> int:
    """The smallest gross in the first layer that leaves the net."""
    (layer,) = step.because
    percent = number(layer, "percent")
    gross = net
    while gross - int(gross * percent / 100) < net:
        gross += 1
    return gross


def files(step: Step) -> Iterator[tuple[str, str, str, str]]:
    """Digest, evidence id, who declared it, who had it taken in."""
    for each in below(step, "file"):
        values = each.values
        yield (
            str(values["sha256"]),
            str(values["evidence_id"]),
            str(values["declared_by"]),
            str(values["accepted_by"]),
        )


def people(step: Step) -> set[str]:
    return {each.by for found in walked(step) for each in found.facts}
