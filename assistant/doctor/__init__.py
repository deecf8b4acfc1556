"""What is wrong with an installation, and what to do about it.

Checks live here, one function for each thing to look at: they read, never repair, and never bring a database up to date.
Nothing here may be imported but by the doors; a check's words are for the people who run the program.
"""

from assistant.doctor.examination import examine
from assistant.doctor.findings import Finding, Health

__all__ = ["Finding", "Health", "examine"]
