"""`inda innovation` and `inda submit`: what an agency does with its innovations."""

from deploy.cli.evidence import evidence
from deploy.cli.innovation import changing, people, reading, weighing
from deploy.cli.innovation.group import innovation
from deploy.cli.innovation.handing_in import submit

innovation.add_typer(evidence, name="evidence")
innovation.add_typer(people.contact, name="contact")

__all__ = ["changing", "innovation", "reading", "submit", "weighing"]
