"""What users can be guided through: one declaration in one file for each flow, found by looking here.

What may not live here: input or output, the clock, parsing, wording shared by several flows. Workflows do not import one
another.
"""

import importlib
import pkgutil

from assistant.conversation.flow import Flow
from assistant.conversation.speaking import in_every_language


def all_flows() -> tuple[Flow, ...]:
    """Return the ``FLOW`` of every module of this package, by name; a module without one stops start-up."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    return tuple(in_every_language(module.FLOW) for module in modules)
