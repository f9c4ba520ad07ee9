from tests.kit.jobs.conftest import lab

__all__ = ["lab"]
