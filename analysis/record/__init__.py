"""The desk of the forecast record: what was forecast, by the engine and by earlier editions, and what came."""

from analysis.record.editions import editions
from analysis.record.engine import engine, origins
from analysis.record.held_out import held_out
from analysis.record.result import ForecastRecord, record

__all__ = ["ForecastRecord", "editions", "engine", "held_out", "origins", "record"]
