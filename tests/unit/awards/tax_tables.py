"""Tables of taxes for tests, as the bytes of a file."""


def written(
    *,
    valid_to: str = "2099-12-31",
    percent: str = "5",
    body: str = "body",
    source: str = "S-82",
    more: str = "",
) -> bytes:
    """Persons pay `percent` of the whole, bodies 15 %."""
    person = f'method: flat, percent: "{percent}", source: [{source}]'
    return _table(person, valid_to=valid_to, body=body, more=more)


def layered(*layers: tuple[int | None, str]) -> bytes:
    """Persons pay in these layers: up to so many rupiah, so many per cent."""
    rows = ", ".join(
        f'{{up_to_rupiah: {"null" if bound is None else bound}, percent: "{percent}",'
        " source: [S-82], inferred: true}"
        for bound, percent in layers
    )
    return _table(f"method: layers, layers: [{rows}], source: [S-82]")


def _table(person: str, valid_to: str = "2099-12-31", body: str = "body", more: str = "") -> bytes:
    rest = "source: [S-82], inferred: true"
    return f"""
id: 2099-r1
valid_from: "2099-01-01"
valid_to: "{valid_to}"
basis: "For tests"
recipients:
  - {{taxed_as: person, rule: p, rule_id: p, {person}, inferred: true}}
  - {{taxed_as: {body}, method: flat, rule: b, rule_id: b, percent: "15", {rest}}}
  - {{taxed_as: agency, method: none, rule: a, rule_id: a, {rest}}}
  - {{taxed_as: payroll, method: merged, rule: m, rule_id: m, {rest}}}
references: [{{key: S-82, title: somewhere}}]
{more}
""".encode()
