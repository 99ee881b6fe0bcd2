"""An API held against its own documentation: no answer that it does not name, and never a 5xx."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, checks
from schemathesis.core.failures import FailureGroup

from tests.spoiling import Good, Spoilt, spoilt

EXAMPLES = 10
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
NEVER_DRAWN = ("idempotency-key", "min_seq")
"""Every request has a key of its own, and nobody waits for a sequence that never comes."""

ChoiceT = TypeVar("ChoiceT")


def described(url: str) -> Any:
    """What the application says of itself, but for what is never drawn."""
    told = httpx.get(f"{url}/openapi.json", trust_env=False).json()
    for path in told["paths"].values():
        for operation in path.values():
            known = operation.get("parameters", [])
            operation["parameters"] = [each for each in known if each["name"] not in NEVER_DRAWN]
    return schemathesis.openapi.from_dict(told)


def operations(schema: Any) -> Iterator[Any]:
    return (result.ok() for result in schema.get_all_operations())


def failures(
    operation: Any,
    choices: st.SearchStrategy[ChoiceT],
    answered: Callable[[Case, ChoiceT], Any],
    examples: int = EXAMPLES,
) -> list[str]:
    """The first failure of this operation, with both good and broken requests.

    `answered` sends a case, after a choice of what in it is replaced by what there really is.
    """
    return [
        str(error)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        if (error := _first_failure(operation, mode, choices, answered, examples)) is not None
    ][:1]


def all_failures(
    schema: Any,
    choices: st.SearchStrategy[ChoiceT],
    answered: Callable[[Case, ChoiceT], Any],
    examples: int = EXAMPLES,
) -> list[str]:
    """The first failure of every operation that the API describes, with its name."""
    return [
        f"{operation.method.upper()} {operation.path}: {failure}"
        for operation in operations(schema)
        for failure in failures(operation, choices, answered, examples)
    ]


def replaced(value: Any, known: Mapping[str, Any]) -> Any:
    """The same with what is known in place of what is called so, at any depth."""
    if isinstance(value, dict):
        return {name: known.get(name, replaced(each, known)) for name, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, known) for each in value]
    return value


def _first_failure(
    operation: Any,
    mode: GenerationMode,
    choices: st.SearchStrategy[ChoiceT],
    answered: Callable[[Case, ChoiceT], Any],
    examples: int,
) -> Exception | None:
    @given(case=operation.as_strategy(generation_mode=mode), choice=choices)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Case, choice: ChoiceT) -> None:
        case.validate_response(answered(case, choice), checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        return None  # nothing about this operation can be sent wrongly
    except (FailureGroup, AssertionError) as error:
        return error
    return None


@dataclass
class Witness:
    """Hears the answers of a story, and knows of each operation a request that went well."""

    schema: Any
    heard: list[httpx.Response] = field(default_factory=list[httpx.Response])

    async def hear(self, answer: httpx.Response) -> None:
        """A hook of `httpx`; what was heard is judged later, when it was read."""
        self.heard.append(answer)

    def failures(self) -> list[str]:
        """The first answer to each operation that is not as documented."""
        found: dict[str, str] = {}
        for answer in self.heard:
            operation = self._operation(answer)
            failure = unfit(operation, answer)
            if failure is not None:
                found.setdefault(operation.label, f"{_told(answer)}: {failure}")
        return list(found.values())

    def well_answered(self) -> dict[str, Good]:
        """The last request of each operation that was answered with a 2xx."""
        return {
            operation.label: Good(operation, answer.request)
            for answer in self.heard
            if answer.is_success and (operation := self._operation(answer))
        }

    def _operation(self, answer: httpx.Response) -> Any:
        asked = answer.request
        found = self.schema.find_operation_by_path(asked.method, asked.url.path)
        assert found is not None, f"{asked.method} {asked.url.path} is not documented"
        return found


def spoilt_failures(goods: Iterable[Good], client: httpx.Client) -> list[str]:
    """What is wrong with the answers to requests that would be good but for one thing."""
    return [
        f"{_told(answer)} with {each.what}: {failure}"
        for good in goods
        for each in spoilt(good)
        if (answer := _sent(client, each)) is not None
        and (failure := unfit(good.operation, answer) or _unexpected(each, answer))
    ]


def _sent(client: httpx.Client, asked: Spoilt) -> httpx.Response:
    """Sent twice where the connection was closed, as it is after a 500 to the one before."""
    with suppress(httpx.ReadError, httpx.RemoteProtocolError):
        return client.send(asked.request)
    try:
        return client.send(asked.request)
    except httpx.TransportError as error:
        error.add_note(f"{asked.request.method} {asked.request.url} with {asked.what}")
        raise


def unfit(operation: Any, answer: httpx.Response) -> str | None:
    """How the answer differs from the documentation; None if it does not."""
    case = operation.Case(path_parameters={each.name: "x" for each in operation.path_parameters})
    try:
        case.validate_response(answer, checks=CHECKS)
    except (FailureGroup, AssertionError) as error:
        return str(error)
    return None


def _unexpected(asked: Spoilt, answer: httpx.Response) -> str | None:
    if not asked.statuses or answer.status_code in asked.statuses:
        return None
    return f"{answer.status_code} instead of {asked.statuses}: {answer.text[:500]}"


def _told(answer: httpx.Response) -> str:
    return f"{answer.request.method} {answer.request.url.path}"
