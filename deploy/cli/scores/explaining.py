"""`inda scorecard explain`: every row with its rule, its verdict, who decided, and the source."""

from deploy.cli.arguments import Innovation
from deploy.cli.output import Column, Record, detailed, line, listed
from deploy.cli.scores.scorecards import scorecard
from deploy.cli.session import Session, reading

HEAD: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Title", "title"),
    ("Claimed", "claimed_maturity"),
    ("Verified", "verified_maturity"),
    ("At most", "highest"),
    ("Counts for the index", "counts_for_index"),
    ("Instrument", "edition_id"),
    ("Digest", "edition_digest"),
    ("Published in", lambda row: [_source(each) for each in row["published_in"]]),
    ("Scored", "scored_at"),
)
LESS: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Name", "name"),
    ("Points less", "points"),
    ("Why", "reason"),
)
ROW: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Name", "name"),
    ("Claimed", "claimed.rule"),
    ("Verified", "granted.rule"),
    ("Source of the rule", lambda row: [_source(each) for each in row["published_in"]]),
)
VERDICT: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("What was proven", "granted.text"),
    ("Why less", "reason"),
    ("Note", "note"),
    ("Decision", "decision"),
    ("Evidence", lambda row: [digest[:12] for digest in row["evidence"]]),
)


@scorecard.command("explain")
@reading
def explain_scorecard(session: Session, innovation_id: Innovation) -> None:
    """Explain a scorecard: what was claimed, what was proven, by which rule, and who decided."""
    found = session.api("scoring").get(f"/scorecards/{innovation_id}/explanation")
    tables = [detailed(found, *HEAD)]
    if found["differences"]:
        tables.append(listed(found["differences"], *LESS, title="Where less was granted"))
    claimed = [each for each in found["rows"] if each["claimed"]["level"]]
    tables += [
        listed(found["rows"], *ROW, title="Rows"),
        listed(claimed, *VERDICT, title="Verdicts on what was claimed"),
    ]
    session.out.answer(found, *tables, line(found["summary"]), line(found["formula"]))


def _source(source: Record) -> str:
    return f"{source['key']} (copy)" if source["is_secondary"] else source["key"]
