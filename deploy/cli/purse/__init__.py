"""`inda fund`, `allocate`, `pay`, `recipients`, `tax`: uang pembinaan to the rupiah."""

from deploy.cli.purse import ledgers
from deploy.cli.purse.allocating import allocate
from deploy.cli.purse.funds import fund
from deploy.cli.purse.payees import payee
from deploy.cli.purse.paying import approve, give_back, hold, pay, release, reverse
from deploy.cli.purse.recipients import recipients
from deploy.cli.purse.scenarios import compare_scenarios
from deploy.cli.purse.taxes import tax

__all__ = [
    "allocate",
    "approve",
    "compare_scenarios",
    "fund",
    "give_back",
    "hold",
    "ledgers",
    "pay",
    "payee",
    "recipients",
    "release",
    "reverse",
    "tax",
]
