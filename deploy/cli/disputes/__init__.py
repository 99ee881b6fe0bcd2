"""`inda objection`, `inda doubt`: what people say against results, and what becomes of it."""

from deploy.cli.disputes import doubting, doubts, objecting, objections
from deploy.cli.disputes.doubts import doubt
from deploy.cli.disputes.objections import objection

__all__ = ["doubt", "doubting", "doubts", "objecting", "objection", "objections"]
