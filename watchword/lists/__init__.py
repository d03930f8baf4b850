"""Official lists: the files of their publishers, their differences, and the shelf that keeps their versions.

read_list(path)                    a publisher's file as entries
diff(old, new)                     who was added, removed, renamed or changed
Shelf(folder).add(list)            a new version on the shelf
Shelf(folder).knowledge()          the matcher that reading and screening use
knowledge_of_csv(folder, file)     the same for a table of one's own
"""

from watchword.lists.against import knowledge_of_csv
from watchword.lists.changes import Change, diff
from watchword.lists.entry import Entry, OfficialList
from watchword.lists.formats.mapping import load_mapping
from watchword.lists.reader import read_list
from watchword.lists.shelf import Held, Shelf

__all__ = ["Change", "Entry", "Held", "OfficialList", "Shelf", "diff", "knowledge_of_csv", "load_mapping", "read_list"]
