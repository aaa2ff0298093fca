"""The desk of the forecast record: what was forecast, by the engine and by earlier editions, and what came."""

from analysis.desks.track_record.editions import editions
from analysis.desks.track_record.engine import engine, origins
from analysis.desks.track_record.held_out import held_out
from analysis.desks.track_record.result import ForecastRecord, record

__all__ = ["ForecastRecord", "editions", "engine", "held_out", "origins", "record"]
