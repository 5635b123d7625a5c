"""What can be wrong with a file, as codes; :mod:`linli.intake.sheets.words` says them to people."""


class Fault(Exception):
    """The file can't be read. ``code`` says why; ``facts`` are the numbers and names in the sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
