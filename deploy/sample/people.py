"""The ready-made accounts of the sample season: roles in the process, no real person. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from deploy.sample.agencies import Agency, Tree, path_of
from shared.identity import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by role. `agency` is None for people from outside, such as a university."""

    username: str
    name: str
    role: Role
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the development issuer; `sub` is the stable id that events carry."""

    username: str
    password: str
    sub: str
    name: str
    roles: tuple[Role, ...]
    agency: str | None
    agency_path: tuple[str, ...]


ADMIN = Person("admin-brida", "Admin Brida Kalsel", Role.PEMDA_ADMIN, "kalsel-brida")
HEAD = Person("kepala-hss-dinkes", "Kepala Dinkes HSS", Role.SKPD_HEAD, "hss-dinkes")
VERIFIERS = (
    Person("verifikator-brida-1", "Verifikator Brida 1", Role.VERIFIER, "kalsel-brida"),
    Person("verifikator-brida-2", "Verifikator Brida 2", Role.VERIFIER, "kalsel-brida"),
    Person("verifikator-hss", "Verifikator Pemkab HSS", Role.VERIFIER, "hss"),
    Person("verifikator-kampus-1", "Verifikator Kampus 1", Role.VERIFIER),
    Person("verifikator-kampus-2", "Verifikator Kampus 2", Role.VERIFIER),
)
EXPERTISE: dict[str, tuple[str, ...]] = {
    "verifikator-brida-1": ("kesehatan", "sosial"),
    "verifikator-brida-2": ("pendidikan", "kominfo"),
    "verifikator-hss": ("kesehatan", "pmd"),
    "verifikator-kampus-1": ("pertanian", "kesehatan"),
    "verifikator-kampus-2": ("adminduk", "sosial"),
}
"""The affairs that each verifier says they know well: invented, as the people are."""

QUALITY_CONTROLLERS = (
    Person("pengendali-mutu-1", "Pengendali Mutu Brida", Role.QUALITY_CONTROLLER, "kalsel-brida"),
    Person("pengendali-mutu-2", "Pengendali Mutu Kampus", Role.QUALITY_CONTROLLER),
)
JUDGES = tuple(
    Person(f"juri-{number}", f"Juri Independen {number}", Role.JUDGE) for number in range(1, 6)
)
COMMITTEE = (
    Person("panitia-brida-1", "Panitia Brida 1", Role.COMMITTEE, "kalsel-brida"),
    Person("panitia-brida-2", "Panitia Brida 2", Role.COMMITTEE, "kalsel-brida"),
    Person("panitia-luar", "Panitia Luar Daerah", Role.COMMITTEE),
)
TREASURER = Person("bendahara", "Bendahara Brida Kalsel", Role.TREASURER, "kalsel-brida")
LEADER = Person("pimpinan", "Pimpinan Setda Kalsel", Role.LEADER, "kalsel-setda")
AUDITOR = Person("auditor", "Auditor Inspektorat Kalsel", Role.AUDITOR, "kalsel-inspektorat")
PEOPLE = (
    ADMIN,
    HEAD,
    *VERIFIERS,
    *QUALITY_CONTROLLERS,
    *JUDGES,
    *COMMITTEE,
    TREASURER,
    LEADER,
    AUDITOR,
)


def operator_of(agency: Agency) -> Person:
    """Who drafts for an agency."""
    region = "" if agency.code == agency.region_code else f"{agency.region_code.upper()} "
    name = f"Operator {region}{agency.name}"
    return Person(f"op-{agency.code}", name, Role.SKPD_OPERATOR, agency.code)


def person_id(username: str) -> str:
    return f"dev-{username}"


def accounts(
    tree: Tree, operators_of: Iterable[str], password_of: Callable[[str], str]
) -> tuple[Account, ...]:
    """Everybody, and an operator for each agency code; `password_of` a username is the caller's."""
    operators = (operator_of(tree[code]) for code in dict.fromkeys(operators_of))
    return tuple(_account(person, tree, password_of) for person in (*PEOPLE, *operators))


def _account(person: Person, tree: Tree, password_of: Callable[[str], str]) -> Account:
    return Account(
        username=person.username,
        password=password_of(person.username),
        sub=person_id(person.username),
        name=person.name,
        roles=(person.role,),
        agency=person.agency,
        agency_path=() if person.agency is None else path_of(person.agency, tree),
    )
