"""From recorded facts back to the one command that must have made them. Pure.

Each function answers the command, or None where no single command says these facts together.
What a command needs beside its facts comes from what the history said before them.
"""

from services.audit.domain.commands.access import access_command
from services.audit.domain.commands.competition import competition_command
from services.audit.domain.commands.fund import fund_command, tax_command
from services.audit.domain.commands.registry import agency_command, season_command
from services.audit.domain.commands.replication import replication_command
from services.audit.domain.commands.scoring import (
    panel_command,
    region_command,
    scorecard_command,
)
from services.audit.domain.commands.submission import innovation_command
from services.audit.domain.commands.verification import dossier_command
from services.audit.domain.commands.verifiers import quality_command, verifier_command

__all__ = [
    "access_command",
    "agency_command",
    "competition_command",
    "dossier_command",
    "fund_command",
    "innovation_command",
    "panel_command",
    "quality_command",
    "region_command",
    "replication_command",
    "scorecard_command",
    "season_command",
    "tax_command",
    "verifier_command",
]
