"""`inda competition announce`: the rules, what they come to, and what to know before it."""

from collections.abc import Iterator
from datetime import date, datetime, time

from rich.table import Table

from deploy.cli.arguments import BodyFile, body_of
from deploy.cli.client import Api, Document
from deploy.cli.competition.group import competition
from deploy.cli.output import Column, detailed, listed, money
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written
from services.awards.domain.rules import asked_of, digest_of
from shared.events.awards import CategoryRule, CompetitionRules
from shared.wita import WITA

HEAD: tuple[Column, ...] = (
    ("Rules (digest)", "rules_digest"),
    ("Days for objections", "objection_days"),
    ("Holidays that are left out", "holidays"),
    ("Days of the public test", "public_test_days"),
    ("Days to decide a dispute", "decision_days"),
    ("Signatures under the minutes", "minutes_signatures"),
    ("Ties", "ties"),
)
FUND: tuple[Column, ...] = (
    ("Fund", "fund_id"),
    ("Asked at most", money("asked_rupiah")),
    ("Available", money("available_rupiah")),
    ("Left", money("left_rupiah")),
)
TAXED = frozenset({"person", "team", "body"})


@competition.command("announce")
@writing
def announce(session: Session, file: BodyFile) -> None:
    """Announce a competition; its rules are frozen from then on.

    The JSON file has "competition_id", "name", "season_id" and "rules" with the categories, their
    rounds, judges and prizes, the tie-breaks and the days for objections. With --dry-run it shows
    the digest of the rules, what they ask of each fund, and what to know.
    """
    api, body = session.api("awards"), body_of(file)
    written = api.post("/competitions", body)
    rules = _rules(api, body)
    told = {**written, **_told(api, rules)}
    done = f"Competition {written['id']} is announced."
    show_written(session, told, done, *_tables(told))


def _rules(api: Api, body: Document) -> CompetitionRules:
    """The rules as the service froze them, or would today. They were accepted a moment ago."""
    if not api.is_dry_run:
        shown = api.get(f"/competitions/{body['competition_id']}")
        return CompetitionRules.model_validate(shown["rules"])
    # All of the service's API comes with it, which no other command should wait for.
    from services.awards.api.rules import RulesBody

    today = date.fromisoformat(api.get("/calendar")["today"])
    return RulesBody.model_validate(body["rules"]).rules(datetime.combine(today, time(), WITA))


def _told(api: Api, rules: CompetitionRules) -> Document:
    return {
        "rules_digest": digest_of(rules),
        "objection_days": f"{rules.objection_days} {rules.objection_calendar.replace('_', ' ')}",
        "holidays": len(rules.holidays),
        "public_test_days": rules.public_test_days,
        "decision_days": rules.decision_days,
        "minutes_signatures": rules.minutes_signatures,
        "ties": rules.ties,
        "funds": [_fund(api, each, asked) for each, asked in sorted(asked_of(rules).items())],
        "to_know": list(to_know(rules)),
    }


def _fund(api: Api, fund_id: str, asked: int) -> Document:
    known = api.get(f"/funds/{fund_id}")
    available = known["available_rupiah"]
    return {
        "fund_id": fund_id,
        "asked_rupiah": asked,
        "available_rupiah": available,
        "left_rupiah": available - asked,
        "warnings": known["warnings"],
    }


def _tables(told: Document) -> list[Table]:
    know = [*told["to_know"], *(w["sentence"] for each in told["funds"] for w in each["warnings"])]
    tables = [detailed(told, *HEAD), listed(told["funds"], *FUND, title="Funds")]
    if know:
        rows = [{"sentence": each} for each in know]
        tables.append(listed(rows, ("What to know", "sentence")))
    return tables


def to_know(rules: CompetitionRules) -> Iterator[str]:
    """What the rules ask of the committee later on."""
    if rules.fiscal_year is None:
        yield "No fiscal year is named: funds of any year may pay."
    if rules.decision_days is None:
        yield "A dispute that nobody decides never lapses."
    if not rules.minutes_signatures:
        yield "Nobody has to sign the minutes."
    if rules.ties == "promote":
        yield "A tie that is promoted may ask more of a fund than is shown here."
    for category in rules.categories:
        yield from (f"{category.code}: {each}" for each in _of_category(category))


def _of_category(category: CategoryRule) -> Iterator[str]:
    if category.recipient in TAXED:
        yield "name who receives each prize, adopt a tax table, and have the treasurer confirm it."
    if any(prize.amount_is == "net" for prize in category.prizes):
        yield "the organiser bears the tax on net prizes; the fund pays more than is shown here."
    if category.by_hand_only:
        yield "nobody enters by rule; enrol each entry with a reason."
    if not category.prizes and not category.pools:
        yield "it gives no money."
