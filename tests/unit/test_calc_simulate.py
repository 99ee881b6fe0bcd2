"""`inda calc simulate`: the engine's own index before and after, JSON in and JSON out."""

import json
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from deploy.cli.calc import calc

app = typer.Typer()
app.add_typer(calc, name="calc")
BASIC = ("pendidikan", "kesehatan", "pupr", "perkim", "trantibumlinmas", "sosial")


def ran(document: object, *, command: str = "simulate", edition: str = "2026") -> Any:
    arguments = ["calc", command, "--edition", edition]
    result = CliRunner().invoke(app, arguments, input=json.dumps(document))
    assert result.exit_code == ("error" in result.stdout) * 2, result.output
    return json.loads(result.stdout)


def region(*affairs: str | None, maturity: str = "80", spd: object = "40") -> dict[str, Any]:
    innovations = [{"maturity": maturity, "affair": affair} for affair in affairs]
    return {"spd": spd, "innovations": innovations, "changes": {}}


def changed(document: dict[str, Any], **changes: object) -> Any:
    return ran({**document, "changes": changes})


TWELVE = (*BASIC[:4], *[None] * 8)


@pytest.mark.parametrize(
    ("spd", "maturity", "affairs", "figures"),
    [
        ("63", "111", (*BASIC, *[None] * 194), ("100.00", "76.00", "sangat_inovatif")),
        ("40", "80", (*BASIC[:5], *[None] * 7), ("49.82", "4.56", "inovatif")),
        ("40", "70", (*BASIC[:5], *[None] * 15), ("47.04", "7.60", "inovatif")),
        ("0", "0", (), ("0.00", "0.00", "tidak_dapat_dinilai")),
    ],
)
def test_without_changes_the_worked_vectors_stand(
    spd: str, maturity: str, affairs: tuple[str | None, ...], figures: tuple[str, ...]
) -> None:
    told = ran(region(*affairs, maturity=maturity, spd=spd))
    assert told["before"] == told["after"]
    found = told["after"]
    assert (found["index"], found["innovation_count_score"], found["band"]) == figures
    assert (told["gain"], told["effects"]) == ("0.00", [])


def test_the_fifth_affair_brings_the_whole_count() -> None:
    told = changed(region(*TWELVE), added=[{"maturity": "80", "affair": "trantibumlinmas"}])
    assert (told["before"]["index"], told["after"]["index"], told["gain"]) == (
        "48.00",
        "49.98",
        "1.98",
    )
    assert told["effects"] == [
        {"kind": "added", "subject": "+1", "alone": "1.98", "on_top": "1.98"}
    ]


def test_levels_stand_for_a_maturity_and_only_the_named_ones_change() -> None:
    document = {
        "spd": {"SPD-12": 2},
        "innovations": [{"levels": {"SID-01": 3, "SID-20": 1}, "id": "posyandu"}],
    }
    told = changed(
        document,
        changed=[{"innovation_id": "posyandu", "levels": {"SID-20": 3}}],
        government_aspect={"SPD-12": 3},
    )
    assert (told["before"]["maturity_sum"], told["after"]["maturity_sum"]) == ("13", "21")
    assert (told["before"]["government_aspect"], told["after"]["government_aspect"]) == ("4", "6")
    assert [each["subject"] for each in told["effects"]] == ["SPD-12", "posyandu"]


def test_an_innovation_without_an_id_is_named_by_its_place() -> None:
    told = changed(region(*TWELVE), removed=["2"])
    assert told["after"]["basic_service_affairs"] == 3


@given(st.lists(st.decimals(0, 111, places=2), max_size=15), st.decimals(0, 63, places=2))
@settings(max_examples=30, deadline=None)
def test_it_says_what_the_index_itself_says(scores: list[Any], spd: Any) -> None:
    asked = {"spd": str(spd), "maturity": [str(each) for each in scores]}
    direct = ran({**asked, "basic_service_affairs": 0}, command="index")
    innovations = [{"maturity": str(each)} for each in scores]
    told = changed({"spd": "0", "innovations": []}, added=innovations[:20])
    whole = ran({"spd": str(spd), "innovations": innovations, "changes": {}})
    assert (whole["after"]["index"], whole["after"]["band"]) == (direct["index"], direct["band"])
    assert len(told["effects"]) == len(scores)


def test_2027_has_no_band_and_says_so() -> None:
    told = ran(region(*BASIC, *[None] * 8), edition="2027")
    after = told["after"]
    assert (after["index"], after["band"], after["unpublished"]) == ("50.13", None, "bands")
    index = ran(
        {"spd": "40", "maturity": ["80"] * 14, "basic_service_affairs": 6},
        command="index",
        edition="2027",
    )
    assert (index["index"], index["band"], index["unpublished"]) == ("50.13", None, "bands")
    days = ran({"implemented_on": "2026-05-01"}, command="window", edition="2027")
    assert days == {"in_window": True, "first_day": "2025-01-01", "last_day": "2026-12-31"}


@pytest.mark.parametrize(
    ("command", "asked", "constant"),
    [
        ("maturity", {"levels": {}}, "sid_rows"),
        ("government-aspect", {"levels": {}}, "spd_weights"),
        ("band", {"index": "50"}, "bands"),
    ],
)
def test_2027_refuses_the_rest_by_name(command: str, asked: object, constant: str) -> None:
    told = ran(asked, command=command, edition="2027")
    assert told == {"error": f"{constant} is not published for edition 2027-r1."}


IMPOSSIBLE: list[tuple[object, str]] = [
    ({**region("sosial"), "changes": {"removed": ["9"]}}, "The region has no innovation 9."),
    (
        {
            **region("sosial"),
            "changes": {"removed": ["1"], "changed": [{"innovation_id": "1"}]},
        },
        "1 is changed twice.",
    ),
    (
        {**region("sosial"), "changes": {"changed": [{"innovation_id": "1"}]}},
        "Give either the maturity or the levels of an innovation.",
    ),
    (
        {
            **region("sosial"),
            "changes": {"changed": [{"innovation_id": "1", "levels": {"SID-01": 3}}]},
        },
        "Only its maturity is known; give the new maturity.",
    ),
    (
        {**region("sosial"), "changes": {"government_aspect": {"SPD-12": 3}}},
        "Only the sum of the government aspect is known; give its rows to change one.",
    ),
    (
        {**region(spd={}), "changes": {"government_aspect": {"SPD-99": 3}}},
        "Edition 2026-r1 has no indicator 'SPD-99'.",
    ),
    ({**region("sosial"), "innovations": [{}]}, "Give either the maturity or the levels"),
    (region("bukan_urusan"), "Edition 2026-r1 has no affair 'bukan_urusan'."),
    (region("sosial", spd="64"), "spd must be from 0 to 63."),
    (region("sosial", maturity="112"), "maturity must be from 0 to 111."),
    (
        {
            **region(),
            "innovations": [{"maturity": "1", "id": "a"}, {"maturity": "1", "id": "a"}],
        },
        "The innovation 'a' is there twice.",
    ),
    (
        {**region("sosial"), "changes": {"government_aspect": {"SPD-12": 4}}},
        "changes.government_aspect.SPD-12: Input should be less than or equal to 3.",
    ),
]


@pytest.mark.parametrize(("document", "sentence"), IMPOSSIBLE)
def test_what_cannot_be_is_one_sentence(document: object, sentence: str) -> None:
    assert ran(document)["error"].startswith(sentence)


def test_2023_names_the_constant_that_nobody_published() -> None:
    told = ran(region("sosial"), edition="2023")
    assert told["error"] == "min_basic_service_affairs is not published for edition 2023-r1."
