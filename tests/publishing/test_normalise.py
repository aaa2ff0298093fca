"""What a stored notebook holds: nothing of its run, and numbers as a browser writes them when JupyterLab saves."""

import json

from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.publishing.output import normalise

SENTENCES = "application/vnd.silkport.sentences+json"


def stored(data):
    cell = new_code_cell("x", outputs=[new_output("display_data", data=data)])
    return json.loads(normalise.to_bytes(normalise.normalise(new_notebook(cells=[cell]))))


def test_whole_numbers_have_no_point_and_others_keep_every_digit():
    text = json.dumps(stored({SENTENCES: {"values": [1286340.0, -0.5, 0.1 + 0.2, True, None, 1e-7]}}))
    assert '"values": [1286340, -0.5, 0.30000000000000004, true, null, 1e-07]' in text


def test_the_language_is_what_jupyterlab_writes_of_any_python():
    assert stored({"text/plain": "1"})["metadata"]["language_info"] == {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    }
