"""Training of the pipelines that find names: corpora, configuration, and the run itself.

`watchword models train DIR` runs it; README.md beside this file says with which data, under which licences, and how
well the outcome does.
"""
