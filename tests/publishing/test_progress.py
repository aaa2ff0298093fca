"""Nobody needs to see how a run gets on: a stream that fails stops no report."""

import io
import sys

import pytest

from analysis.publishing.edition.progress import Progress


class Closed(io.StringIO):
    """A pipe that nobody reads."""

    def write(self, _):
        raise BrokenPipeError


@pytest.mark.parametrize("stream", [Closed(), None])
def test_a_stream_that_takes_nothing_stops_no_run(monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress(["one"])
    progress.start("one")
    progress.end("one", None)
    progress.close()


def test_a_line_says_that_a_report_was_built():
    stream = io.StringIO()
    progress = Progress(["one"], stream)
    progress.end("one", None)
    assert stream.getvalue() == "one: built\n"
