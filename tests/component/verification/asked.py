"""A good request for every operation that makes no scene, asked through the API."""

from collections.abc import Sequence
from typing import Any

from shared.events.submission import AGENCY, AgencyRegistered
from tests.builders.verification import AT, COLLEAGUE, OUTSIDER, SUPERVISOR
from tests.component.verification.scenes import EVERY_ROLE, Company, in_days
from tests.component.verification.world import Reviewer, Row, eventually

TIE = {"agency_id": "rsud", "reason": "My former office."}


async def ask_all(company: Company, webhook_url: str) -> dict[str, Any]:
    """The other operations, each at least once. What there is now, by the names of parameters."""
    everybody = company.who(SUPERVISOR, *EVERY_ROLE)
    await _leases(company, everybody)
    await _verifiers(company)
    told = await _told(company, everybody, webhook_url)
    rule = {"sample_permille": 100, "large_change": 2, "effective_from": in_days(1)}
    await company.do(everybody, "POST", "/quality-rules/2028", rule)
    for path in _readable(company):
        await company.do(everybody, "GET", path)
    first_page = await company.do(everybody, "GET", "/dossiers", limit=2)
    await company.do(everybody, "GET", "/dossiers", limit=2, cursor=first_page["next_cursor"])
    return told


async def _leases(company: Company, everybody: Reviewer) -> None:
    outsider = company.who(OUTSIDER)
    await company.hand_in("spare", "2029")
    await outsider.see("spare")
    taken = await company.do(outsider, "POST", "/dossiers/next", {"season_id": "2029"})
    assert taken["dossier_id"] == "spare"
    body = {"token": taken["token"]}
    await company.do(outsider, "POST", "/dossiers/spare/lease/heartbeat", body)
    await company.do(outsider, "POST", "/dossiers/spare/release", {**body, "note": "Too long."})
    assert (await outsider.claim("spare")).status_code == 200
    taken_away = {"reason": "Ill.", "to": COLLEAGUE.by}
    await company.do(everybody, "POST", "/dossiers/spare/override", taken_away)
    await company.do(outsider, "POST", "/dossiers/spare/recusals", {"reason": "A friend's work."})


async def _verifiers(company: Company) -> None:
    colleague, own = company.who(COLLEAGUE), f"/verifiers/{COLLEAGUE.by}"
    await company.submission.say(AGENCY, "rsud", _registered("rsud"))
    described = {"affairs": ["kesehatan"], "capacity": 9, "active": True}
    await company.do(colleague, "PUT", own, described)

    async def declared() -> bool | None:
        answer = await colleague.post(f"{own}/conflicts", TIE)
        return answer.is_success or None

    await eventually(declared)
    await company.do(colleague, "POST", f"{own}/conflicts/rsud/end", {"reason": "Long ago."})


async def _told(company: Company, everybody: Reviewer, url: str) -> dict[str, Any]:
    body: Row = {"url": url, "kinds": ["verified"], "agency_id": "dinkes"}
    kept, gone = [await company.do(everybody, "POST", "/webhooks", body) for _ in range(2)]
    await company.do(everybody, "DELETE", f"/webhooks/{gone['webhook_id']}")
    own = f"/webhooks/{kept['webhook_id']}"
    sent = await company.do(everybody, "POST", f"{own}/test")
    known = {"webhook_id": kept["webhook_id"], "delivery_id": sent["delivery_id"], "url": url}

    async def arrived() -> bool | None:
        (delivery,) = (await company.do(everybody, "GET", f"{own}/deliveries"))["items"]
        return delivery["state"] == "delivered" or None

    await eventually(arrived)
    await company.do(everybody, "POST", f"{own}/deliveries/{sent['delivery_id']}/retry")
    address = {"email": "operator@example.com", "kinds": ["verified"]}
    await company.do(everybody, "PUT", "/notice-address", address)
    await company.do(everybody, "POST", "/notices/read", {"up_to": 1})
    return known


def _readable(company: Company) -> Sequence[str]:
    shown = f"/dossiers/held/evidence/{company.letter}"
    seasons = (f"/quality-rules/{each}" for each in ("2026", "2028", "2099"))
    dossiers = (f"/dossiers/{each.dossier_id}" for each in company.scenes)
    return (
        *dossiers,
        *("/dossiers", "/dossiers?mine=true&overdue=true", "/dossiers/counts", "/criteria"),
        *("/reason-codes", "/dossiers/waiting/changes", "/dossiers/held/findings"),
        *(shown, f"{shown}/text", f"{shown}/text?page=2", f"{shown}/letter", f"{shown}/pages/1"),
        *("/dossiers/held/similar", "/dossiers/held/similar/open", "/dossiers/verified/minutes"),
        *("/verifiers", f"/verifiers/{COLLEAGUE.by}", *seasons, "/quality?season_id=2027"),
        *(
            "/service-levels?season_id=2026",
            "/service-levels/export?season_id=2026&format=csv",
            "/service-levels/export?season_id=2026",
        ),
        *("/notices", "/notice-address", "/webhooks", "/faults", "/health/live", "/health/ready"),
        *("/views", "/views/dossiers/digests", "/views/dossiers/held"),
    )


def _registered(agency_id: str) -> AgencyRegistered:
    return AgencyRegistered(
        by="person-admin",
        at=AT,
        agency_id=agency_id,
        name=agency_id.title(),
        short_name=agency_id,
        kind="agency",
        parent_id="kalsel",
        region_id="kalsel",
        path=("kalsel", agency_id),
        source="Register of agencies",
        sample=False,
    )
