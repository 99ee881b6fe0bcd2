"""Published results for anybody who wants to be sure of them: a page, and its proofs."""

from html import escape
from typing import Annotated, Final

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse, PlainTextResponse

from services.awards.api.agencies import Agencies
from services.awards.api.published.answers import PublishedResults, Version, published
from services.awards.api.reading import not_found
from services.awards.api.verifying import page
from services.awards.api.verifying.answering import (
    MOST_MEGABYTES,
    MOST_SEQUENCE,
    html,
    or_page,
    tlog,
)
from services.awards.api.verifying.finding import FactShown
from services.awards.api.verifying.proving import Proofs
from services.awards.projections import CompetitionView
from shared.events.base import Code
from shared.projector import bare
from shared.views import Collection
from shared.wita import long_moment

LONGEST_CODE: Final = 65
PLACE: Final = ("Kategori", "Peringkat", "Inovasi", "Perangkat", "Nilai")
NONE: Final = "Belum ada hasil yang diumumkan dari lomba ini, atau lombanya tidak ada."


def results_routes(view: Collection, agencies: Agencies, proofs: Proofs) -> APIRouter:
    router = APIRouter(tags=["verification"])

    async def found(competition_id: str) -> PublishedResults | None:
        document = await view.get(competition_id)
        if document is None:
            return None
        shown = CompetitionView.model_validate(bare(document))
        return published(shown, await agencies.names_in(shown))

    @router.get(
        "/verify/results/{competition_id}",
        name="verify_results",
        response_class=HTMLResponse,
        responses=or_page(404),
    )
    async def verify_results(competition_id: str) -> HTMLResponse:
        """The published results with the facts they rest on, and the proof of each."""
        results = await found(competition_id[:LONGEST_CODE])
        if results is None:
            body = page.word_of(NONE, "no")
            return html(
                page.whole("Hasil tidak ditemukan", body, MOST_MEGABYTES, "../../verify"), 404
            )
        log = await proofs.shown(facts_of(results))
        where = f"../../competitions/{results.competition_id}/results"
        body = _told(results) + page.evidence(facts_of(results), log, where)
        heading = f"Hasil {results.name}"
        return html(page.whole(heading, body, MOST_MEGABYTES, "../../verify"))

    @router.get(
        "/competitions/{competition_id}/results/proofs/{sequence}",
        name="prove_results",
        response_class=PlainTextResponse,
    )
    async def prove_results(
        competition_id: Code, sequence: Annotated[int, Path(ge=1, le=MOST_SEQUENCE)]
    ) -> PlainTextResponse:
        """That a fact behind published results is in the transparency log (C2SP tlog-proof)."""
        results = await found(competition_id)
        facts = () if results is None else facts_of(results)
        same = [each for each in facts if each.sequence == sequence]
        if not same:
            raise not_found()
        return tlog(await proofs.proof(same[0]), sequence)

    return router


def facts_of(results: PublishedResults) -> tuple[FactShown, ...]:
    """Every version, the decree and the publication, in the order in which they were said."""
    drafted = [_drafted(each) for each in results.versions]
    decree, said = results.determined_proof, results.published_proof
    return (
        *drafted,
        FactShown(
            fact="ResultsDetermined",
            event_id=decree.event_id,
            sequence=decree.sequence,
            at=results.determined_at,
        ),
        FactShown(
            fact="ResultsPublished",
            event_id=said.event_id,
            sequence=said.sequence,
            at=results.published_at,
        ),
    )


def _drafted(version: Version) -> FactShown:
    return FactShown(
        fact="ResultsDrafted",
        event_id=version.proof.event_id,
        sequence=version.proof.sequence,
        at=version.at,
    )


def _told(results: PublishedResults) -> str:
    rows = [
        ("Lomba", escape(f"{results.name} ({results.competition_id})")),
        ("Musim penilaian", escape(results.season_id)),
        ("Versi hasil", str(results.version)),
        ("Keputusan", escape(f"{results.decree_number}, {results.decree_date.isoformat()}")),
        ("Diumumkan", escape(long_moment(results.published_at))),
        ("Berita acara", f"{results.minutes_signed} dari {results.minutes_needed} tanda tangan"),
        ("Sidik aturan (SHA-256)", f"<code>{results.rules_digest}</code>"),
    ]
    head = "".join(f"<th>{each}</th>" for each in PLACE)
    places = "".join(
        f"<tr><td>{escape(each.category_name)}</td><td>{each.rank}</td><td>{escape(each.title)}</td>"
        f"<td>{escape(each.agency_name)}</td><td>{escape(str(each.final_score))}</td></tr>"
        for each in results.ranking
    )
    ranking = f"<table><thead><tr>{head}</tr></thead><tbody>{places}</tbody></table>"
    return page.table(rows) + f'<h2>Peringkat</h2><div class="wide">{ranking}</div>'
