"""A console that fails stops nothing that does not need it."""

import io
import sys

import pytest

from analysis.runtime import console


class Full(io.StringIO):
    """A stream on a disk without room."""

    def write(self, _):
        raise OSError(28, "No space left on device")


class Closed(io.StringIO):
    """A pipe that nobody reads."""

    def write(self, _):
        raise BrokenPipeError


@pytest.mark.parametrize("stream", [Full(), Closed(), None])
def test_a_complaint_that_nobody_can_hear_is_no_error(monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", stream)
    console.complain("It rains.")


def test_what_was_asked_for_must_be_written_unless_nobody_reads(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Closed())
    console.say("50.0万吨")
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(OSError, match="No space left"):
        console.say("50.0万吨")
