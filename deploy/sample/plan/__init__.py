"""What the sample season does, as data: a driver follows it and decides nothing itself."""

from deploy.sample.plan.competition import (
    CompetitionPlan,
    DisqualificationPlan,
    FundPlan,
    JudgeRecusal,
    ObjectionPlan,
    Score,
)
from deploy.sample.plan.innovation import (
    BrokenUpload,
    Conflict,
    EvidencePlan,
    Expect,
    Flaw,
    InnovationPlan,
    Media,
    ProfileRefusal,
    ReviewPlan,
    RevisionPlan,
    VerdictPlan,
)
from deploy.sample.plan.script import (
    CommitmentPlan,
    GovernmentPlan,
    Script,
    SeasonPlan,
)

__all__ = [
    "BrokenUpload",
    "CommitmentPlan",
    "CompetitionPlan",
    "Conflict",
    "DisqualificationPlan",
    "EvidencePlan",
    "Expect",
    "Flaw",
    "FundPlan",
    "GovernmentPlan",
    "InnovationPlan",
    "JudgeRecusal",
    "Media",
    "ObjectionPlan",
    "ProfileRefusal",
    "ReviewPlan",
    "RevisionPlan",
    "Score",
    "Script",
    "SeasonPlan",
    "VerdictPlan",
]
