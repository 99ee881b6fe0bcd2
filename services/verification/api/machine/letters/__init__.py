"""What is declared of a letter beside what the letter itself says."""

from services.verification.api.machine.letters.routes import routes

__all__ = ["routes"]
