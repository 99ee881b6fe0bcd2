"""`inda season` and `inda agency`: what the innovation office sets up and watches over."""

from deploy.cli.submission import compliance
from deploy.cli.submission.agencies import agency
from deploy.cli.submission.seasons import season

compliance.add_to(season)

__all__ = ["agency", "season"]
