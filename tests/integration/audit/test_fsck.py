"""`inda audit fsck` on real servers: sound, then one planted fault at a time, each found."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from shared.history.envelope import Message
from shared.history.names import CHECKPOINTS, STREAM
from shared.transparency import SigningKey
from tests.component.audit.logged import KEY, Bucket, anew, bucket
from tests.integration.audit.fscking import SealedWorld, first_of, sealed_at, vkey
from tests.integration.audit.restored import signed, with_storage
from tests.integration.audit.world import World, append
from tests.unit.audit.past import tampered
from tests.unit.audit.shelved import sign
from tests.unit.audit.story import told

EVENTS = 94
KEPT = "stream,log,archive"
SOUND = {"stream": None, "log": None, "archive": None}


@pytest.fixture
def log_bucket(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


@pytest.fixture
async def sealed(fresh_servers: Addresses, log_bucket: Bucket, tmp_path: Path) -> SealedWorld:
    """The story of a season, sealed in two checkpoints of 70 and 94 facts."""
    return await sealed_at(fresh_servers, log_bucket, (await told()).messages, tmp_path)


async def test_what_was_sealed_is_sound(sealed: SealedWorld):
    code, parts = await sealed.fsck("--only", KEPT)
    assert (code, [each["checked"] for each in parts.values()]) == (0, [EVENTS] * 3)
    assert [each["notes"] for each in parts.values()] == [[], [], []]
    code, out, error = await sealed.world.inda("audit", "fsck", "--only", KEPT, "--settled")
    assert (code, out.strip()) == (0, "fsck sound: stream, log, archive"), error


async def test_a_flipped_value_in_a_read_model_is_found(world: World, log_bucket: Bucket):
    await signed(world.addresses, log_bucket)
    with_storage(world.context, world.addresses, log_bucket)
    sealed = SealedWorld(world, log_bucket, ())
    only = f"{KEPT},views"
    assert await sealed.found(only) == {**SOUND, "views": None}
    world.change("submission", "innovations", "inov-2", {"profile.title": "SIP HITAM"})
    assert await sealed.found(only) == {
        **SOUND,
        "views": ("view_digest", "submission/innovations/inov-2", None),
    }


@pytest.mark.parametrize(
    ("path", "at", "expected"),
    [
        ("log/tile/0/000.p/94", 40 * 32, {"log": ("tile_broken", "log/tile/0/000.p/94", 41)}),
        ("log/tile/0/000.p/70", 3, {"log": ("tile_broken", "log/tile/0/000.p/70", 1)}),
        (
            "log/tile/entries/000.p/94",
            60,
            {"log": ("entry_changed", "log/tile/entries/000", 1)},
        ),
        (
            "log/checkpoints/000000000070",
            20,
            {"log": ("note_broken", "log/checkpoints/000000000070", None)},
        ),
    ],
    ids=["tile", "earlier tile", "entries", "note"],
)
async def test_a_flipped_bit_in_the_log_is_found(
    sealed: SealedWorld, path: str, at: int, expected: dict[str, tuple[str, str, int | None]]
):
    sealed.spoil(path, at)
    assert await sealed.found(KEPT) == {**SOUND, **expected}


async def test_a_flipped_bit_in_a_segment_is_found(sealed: SealedWorld):
    path = list(sealed.bucket.shelf.listed("archive/segments/"))[1]
    content = sealed.bucket.shelf.get(path) or b""
    sealed.spoil(path, content.index(b'"sequence":80') + 60)
    assert await sealed.found(KEPT) == {**SOUND, "archive": ("segment_changed", path, 80)}


async def test_a_head_signed_by_another_key_is_found_and_vouches_for_nothing(sealed: SealedWorld):
    sign(sealed.bucket.shelf, EVENTS, SigningKey.made(KEY.name))
    code, parts = await sealed.fsck("--only", KEPT)
    assert (code, first_of(parts["log"])) == (
        1,
        ("signed_by_another_key", "log/checkpoint", None),
    )
    for each in ("stream", "archive"):
        assert parts[each]["skipped_because"].startswith("The log cannot vouch for anything: ")


async def test_an_older_head_put_back_is_found(sealed: SealedWorld):
    shelf = sealed.bucket.shelf
    shelf.put_newest("log/checkpoint", shelf.get("log/checkpoints/000000000070") or b"")
    assert await sealed.found(KEPT) == {
        "stream": ("log_shortened", CHECKPOINTS, 71),
        "log": ("log_shortened", "log/checkpoint", 71),
        "archive": ("log_shortened", "archive/segments/", 71),
    }


async def test_a_stream_made_again_with_one_other_fact_is_found(sealed: SealedWorld):
    changed = tampered(sealed.messages, 42, lambda body: body.update(by="somebody-else"))
    await made_again(sealed, changed)
    assert await sealed.found(KEPT) == {**SOUND, "stream": ("stream_recreated", "the stream", 42)}


async def test_a_stream_of_which_nobody_knows_when_it_was_made_differs(sealed: SealedWorld):
    changed = tampered(sealed.messages, 42, lambda body: body.update(by="somebody-else"))
    await anew(sealed.world.addresses, CHECKPOINTS)
    await made_again(sealed, changed)
    assert await sealed.found(KEPT) == {**SOUND, "stream": ("stream_differs", "the stream", 42)}
    code, parts = await sealed.fsck("--only", "stream")
    first = parts["stream"]["first_difference"]
    assert (code, first["sentence"]) == (
        1,
        "The body of fact 42 in the stream is not the one that was sealed.",
    )


async def test_a_stream_made_again_from_the_same_facts_is_told_and_is_no_fault(
    sealed: SealedWorld,
):
    await made_again(sealed, sealed.messages)
    code, parts = await sealed.fsck("--only", KEPT)
    assert (code, [first_of(each) for each in parts.values()]) == (0, [None] * 3)
    assert "was made again" in parts["stream"]["notes"][0]


async def test_a_shortened_stream_is_found(sealed: SealedWorld):
    await made_again(sealed, sealed.messages[:90])
    found = await sealed.found(KEPT)
    assert found == {**SOUND, "stream": ("stream_recreated", "the stream", 91)}
    await anew(sealed.world.addresses, CHECKPOINTS)
    found = await sealed.found(KEPT)
    assert found == {**SOUND, "stream": ("stream_shortened", "the stream", 91)}


async def test_facts_that_are_not_sealed_yet_are_counted(sealed: SealedWorld):
    last = sealed.messages[-1]
    more = replace(
        last,
        sequence=EVENTS + 1,
        subject="inda.v1.awards.fund.other",
        headers={**last.headers, "ce-commandid": "3b241101-e2bb-4255-8caf-4136c566a962"},
    )
    await append(sealed.world.addresses, [more])
    code, parts = await sealed.fsck("--only", KEPT)
    assert (code, parts["stream"]["checked"], parts["stream"]["notes"]) == (
        0,
        EVENTS + 1,
        ["1 facts lie beyond the checkpoint and are not sealed yet."],
    )


async def test_a_folder_is_checked_without_any_server(sealed: SealedWorld, tmp_path: Path):
    folder = str(sealed.copied(tmp_path / "copy"))
    sealed.world.context.write_text(json.dumps({"services": {}}))
    trusted = ("--vkey", str(vkey(tmp_path)))
    code, parts = await sealed.fsck("--folder", folder, *trusted, "--settled")
    assert (code, {name: each["checked"] for name, each in parts.items()}) == (
        0,
        {"log": EVENTS, "archive": EVENTS, "views": EVENTS},
    )
    code, parts = await sealed.fsck("--folder", folder, "--only", "log")
    assert (code, len(parts["log"]["notes"])) == (0, 1)
    assert "which nobody vouches for" in parts["log"]["notes"][0]
    kept = tmp_path / "kept"
    kept.write_bytes((tmp_path / "copy/log/checkpoint").read_bytes())
    (tmp_path / "copy/log/checkpoints/000000000094").unlink()
    older = (tmp_path / "copy/log/checkpoints/000000000070").read_bytes()
    (tmp_path / "copy/log/checkpoint").write_bytes(older)
    words = ("--folder", folder, *trusted, "--only", "log")
    code, parts = await sealed.fsck(*words)
    assert (code, first_of(parts["log"])) == (0, None)
    code, parts = await sealed.fsck(*words, "--checkpoint", str(kept))
    assert (code, first_of(parts["log"])) == (1, ("log_shortened", "log/checkpoint", 71))


async def test_what_cannot_be_asked_ends_with_two(sealed: SealedWorld, tmp_path: Path):
    told = json.loads(sealed.world.context.read_text())
    told["storage"] |= {"endpoint": "127.0.0.1:9"}
    sealed.world.context.write_text(json.dumps(told))
    code, parts = await sealed.fsck("--only", KEPT)
    assert (code, [bool(each["skipped_because"]) for each in parts.values()]) == (2, [True] * 3)
    code, _, error = await sealed.world.inda("audit", "fsck", "--only", "stream,tiles")
    assert (code, "tiles is none of" in error) == (2, True)
    code, _, error = await sealed.world.inda("audit", "fsck", "--folder", str(tmp_path / "none"))
    assert (code, "is no folder" in error) == (2, True)


async def made_again(sealed: SealedWorld, messages: list[Message] | tuple[Message, ...]) -> None:
    """The admin deletes the stream, makes it again under its name, and fills it."""
    await anew(sealed.world.addresses, STREAM)
    await append(sealed.world.addresses, messages)
