"""What is exported: a question at a desk, and everything that it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from watchword.document import Document
from watchword.searching import Desk, Question

Tell = Callable[[int], None]
# People hear how far a long export is each time this many documents are done.
TOLD_EVERY = 500


def silent(_count: int) -> None:
    """Hear how far an export is, and say nothing."""


@dataclass(frozen=True)
class Selection:
    """Everything that *question* finds at *desk*; *tell* hears how many documents are done."""

    desk: Desk
    question: Question
    tell: Tell = silent

    def count(self) -> int:
        """Return how many documents there are; raise UsageError or UnavailableError where nothing answers."""
        number = self.desk.engine.count(self.desk.tree(self.question))
        self.desk.check_whole(number)
        return number

    def documents(self) -> Iterator[Document]:
        """Yield every document that is found, however many."""
        for number, document in enumerate(self.desk.documents(self.question)):
            if number % TOLD_EVERY == 0:
                self.tell(number)
            yield document
