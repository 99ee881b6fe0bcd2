"""Writes the samples that are missing."""

import json
from pathlib import Path

from shared.history import derived_id
from shared.history.envelope import Trace, headers_of
from tests.contract.examples import EXAMPLES, Example

SAMPLES = Path(__file__).parents[1] / "samples"


def written(example: Example) -> str:
    subject = example.aggregate.subject(example.key)
    cause = derived_id("example", subject, str(example.version))
    by_system = example.fact.by.startswith("system:")
    trace = Trace(
        command_id=derived_id("command", cause),
        digest="" if by_system else derived_id("digest", cause).replace("-", "") * 2,
        correlation_id=derived_id("correlation", cause),
        causation_id=derived_id("causation", cause) if by_system else None,
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )
    sample = {
        "subject": subject,
        "headers": headers_of(example.fact, subject, example.version, 0, trace),
        "body": json.loads(example.fact.model_dump_json()),
    }
    return json.dumps(sample, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for each in EXAMPLES:
        path = SAMPLES / f"{each.fact.ce_type}.json"
        if not path.exists():
            path.write_text(written(each))
            print(f"wrote {path.name}")
