"""Who runs which test, where several workers share the work: what is expensive to make is made by one of them."""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/browser/": "browser",
    "tests/conversations/": "conversations",
    "tests/tenancy/": "tenancy",
    "tests/benchmarks/": "models",
    "tests/knowledge/matching/test_encoders.py": "models",
    "tests/knowledge/matching/test_with_models.py": "models",
}
"""Modules that share a browser, an application or loaded models; every other module goes by itself."""


class ByModule(LoadScopeScheduling):
    """Gives each worker whole modules, as their fixtures are made once a module, the largest first."""

    def _split_scope(self, nodeid):
        module = nodeid.partition("::")[0]
        return next((name for begins, name in TOGETHER.items() if module.startswith(begins)), module)
