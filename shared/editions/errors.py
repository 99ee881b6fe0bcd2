"""The three noes of the instrument; each message is one sentence for people."""


class EditionError(ValueError):
    """An edition is unknown, or its data does not agree with itself."""


class FormulaError(ValueError):
    """A formula was asked about something the edition does not know or allow."""


class UnpublishedConstant(ValueError):
    """A formula needs a constant that no known source publishes for this edition."""

    def __init__(self, name: str, edition_id: str) -> None:
        super().__init__(f"{name} is not published for edition {edition_id}.")
        self.name = name
        self.edition_id = edition_id
