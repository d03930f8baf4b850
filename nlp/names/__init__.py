"""Names: name against name, a name against lists, and listed names in running text, across scripts and misspellings.

compare("Tarek Halimi", "Тарек Халими")          is this name that name?
build(parties, folder); Artifact.open(folder)    compile lists into a file that processes share
screen("Tarik Halimi", artifact)                 the parties that may be meant
find_parties(passage, artifact)                  the listed parties that a text names
"""

from nlp.names.artifact import Artifact, build
from nlp.names.compare import Comparison, compare
from nlp.names.facts import Facts
from nlp.names.finding import find_parties
from nlp.names.screening import Candidate, screen

__all__ = ["Artifact", "Candidate", "Comparison", "Facts", "build", "compare", "find_parties", "screen"]
