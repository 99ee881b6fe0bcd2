"""What a parser says of a file. Runs on untrusted bytes: `inspecting` is for the sandbox only.

It is not imported here, so that no service loads the parsers into its own process.
"""

from shared.documents.inspection.outcome import TEXT_CHARACTERS, Inspected, Limits, NoPicture

__all__ = ["TEXT_CHARACTERS", "Inspected", "Limits", "NoPicture"]
