"""Stands in for a package of this name that JupyterLab brings along, and says that it is missing.

jsonschema, which Altair and nbformat import, would otherwise compile its grammar of internet addresses for nearly two
seconds in every process, although no chart and no notebook is checked for such addresses. `make test` puts this folder
on the path of all the processes that it starts.
"""

raise ImportError("The grammar of addresses is not compiled in tests. Unset PYTHONPATH to use it.")
