"""The one way to say no: a sentence for the person and a code for the machine."""


class Refused(Exception):
    """Something was asked that may not be done; nothing has been changed.

    `code` is stable and lower case with underscores; `sentence` says what was wrong and what to do now.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.sentence} [{self.code}]"
