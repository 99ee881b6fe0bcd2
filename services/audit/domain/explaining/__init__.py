"""Why a number is what it is: from a rupiah or a rank down to verdicts, files and people. Pure.

A replay remembers where everything ends; a `Trail`, fed with the same messages, remembers who said
what on the way. Without a thing to explain nobody needs one.
"""

from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.steps import Explained, Rule, Said, Step, Value, walked
from services.audit.domain.explaining.things import READABLE, meant
from services.audit.domain.explaining.trail import Trail
from services.audit.domain.world import World

__all__ = ["READABLE", "Explained", "Rule", "Said", "Step", "Trail", "Value", "explain", "walked"]


def explain(thing: str, world: World, trail: Trail) -> Explained:
    """The chain behind a thing as a person types it, once the replay has finished.

    Raises `NotFound` or `Invalid`, which list what may be typed.
    """
    meaning = meant(thing, History(world, trail))
    step = meaning.explained()
    subjects = {each.subject for below in walked(step) for each in below.facts}
    findings = tuple(each for each in world.findings if each.subject in subjects)
    return Explained(meaning.about, step, findings)
