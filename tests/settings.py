"""The product's settings, cut off from whoever runs the tests: own data folder, own database."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="krets-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)

for _name in list(os.environ):
    if _name.startswith("KRETS_") and _name != "KRETS_TEST_DATABASE_URL":
        del os.environ[_name]
os.environ.pop("DATABASE_URL", None)
os.environ["KRETS_DATA"] = _data

from krets.settings import *  # noqa: E402, F403 -- only now is the environment clean

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LANGUAGE_CODE = "en"  # Tests read English; journeys and the catalogue check read Swedish.
