"""The evidence files of the sample season: valid, small, the same every time; broken on purpose."""

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from deploy.sample.evidence import MEDIA_TYPES, broken, file_of
from deploy.sample.plan import EvidencePlan, Flaw, Media, Script
from shared.documents.content import Declared, Failed, first_failed, read

MOST_BYTES = 6 * 1024


def plans(script: Script, media: Media, most: int) -> list[EvidencePlan]:
    every = (each for plan in script.innovations for each in plan.evidence)
    return [each for each in every if each.media == media][:most]


def checked(content: bytes, media_type: str) -> Failed | None:
    declared = Declared(sha256(content).hexdigest(), len(content), media_type)
    return first_failed(read([content]), declared)


@pytest.mark.parametrize("media", ["pdf", "png", "jpg"])
def test_a_file_passes_intake_is_small_and_the_same_twice(script: Script, media: Media):
    for plan in plans(script, media, 60):
        content = file_of(plan)
        assert checked(content, MEDIA_TYPES[media]) is None
        assert len(content) < MOST_BYTES
        assert file_of(plan) == content


def test_no_two_pieces_of_evidence_of_the_season_are_the_same_file(script: Script):
    files = [plan for media in ("pdf", "png", "jpg") for plan in plans(script, media, 80)]
    assert len({sha256(file_of(plan)).hexdigest() for plan in files}) == len(files)


def test_the_cross_reference_of_a_pdf_points_at_its_objects(script: Script):
    content = file_of(plans(script, "pdf", 1)[0])
    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    header, *entries = content[start:].split(b"trailer")[0].splitlines()[1:]
    assert content[start : start + 4] == b"xref"
    assert len(entries) == int(header.split()[1])
    for number, entry in enumerate(entries[1:], start=1):
        offset = int(entry.split()[0])
        assert content[offset:].startswith(b"%d 0 obj" % number)


@pytest.mark.parametrize("media", ["png", "jpg"])
def test_a_picture_opens(script: Script, media: Media):
    with Image.open(BytesIO(file_of(plans(script, media, 1)[0]))) as picture:
        picture.load()
        assert picture.size == (360, 220)


def test_a_link_has_no_file(script: Script):
    with pytest.raises(ValueError, match="is a link"):
        file_of(plans(script, "link", 1)[0])


def test_a_broken_file_is_refused_as_planned(script: Script):
    for plan in script.innovations:
        for upload in plan.broken_uploads:
            content = broken(upload.flaw, upload.instead_of)
            if not content:
                assert (upload.flaw, upload.refused_by) == ("empty", "file_empty")
                continue
            failed = checked(content, "application/pdf")
            assert failed is not None and failed.rule == upload.refused_by


@pytest.mark.parametrize("flaw", ["encrypted_pdf", "png_named_pdf", "empty", "truncated_pdf"])
def test_a_broken_file_is_the_same_twice(script: Script, flaw: Flaw):
    plan = plans(script, "pdf", 1)[0]
    assert broken(flaw, plan) == broken(flaw, plan)
