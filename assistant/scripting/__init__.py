"""Runs conversation scripts, each on a throw-away copy of the database and with a clock of its own.

Beside ``bootstrap``, since it joins several parts. What a script says and what its checks mean is not decided here.
"""

from assistant.scripting.running import ScriptResult, StepResult
from assistant.scripting.stage import Stage, run_script

__all__ = ["ScriptResult", "Stage", "StepResult", "run_script"]
