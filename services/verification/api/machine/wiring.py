"""All that machines tell beside the human: hints, none of which decides or writes anything."""

from fastapi import APIRouter

from services.verification.api.machine import findings, letters, similar, texts
from services.verification.api.machine.examining import Examiner
from shared.contents import Contents
from shared.http import Doors


def machine_checks(
    doors: Doors, examiner: Examiner, contents: Contents, pictures: texts.Pictures
) -> tuple[APIRouter, ...]:
    """`contents` is the cache that the examiner reads from."""
    sight, readings = examiner.sight, examiner.readings
    return (
        findings.routes(doors, sight, examiner),
        texts.routes(doors, sight, readings, pictures),
        letters.routes(doors, sight, readings),
        similar.routes(doors, sight, readings, contents, examiner.neighbourhood),
    )
