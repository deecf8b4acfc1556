"""How long tests with hostile inputs go on: briefly in every run, for long where somebody asks for it."""

import os

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "2"))  # noqa: TID251 - how long a test runs
