"""One realistic example of every fact: what the sample files were made of, once.

`python -m tests.contract.examples` writes the samples that are missing. It never touches one that
is there: a fact that changes gets a new version with a sample of its own.
"""

from tests.contract.examples import (
    accesses,
    awards,
    checking,
    disputes,
    money,
    outcomes,
    readings,
    registers,
    scoring,
    submission,
    verification,
)
from tests.contract.examples.base import Example

EXAMPLES: tuple[Example, ...] = (
    *submission.EXAMPLES,
    *outcomes.EXAMPLES,
    *registers.EXAMPLES,
    *verification.EXAMPLES,
    *checking.EXAMPLES,
    *scoring.EXAMPLES,
    *readings.EXAMPLES,
    *awards.EXAMPLES,
    *disputes.EXAMPLES,
    *money.EXAMPLES,
    *accesses.EXAMPLES,
)

__all__ = ["EXAMPLES", "Example"]
