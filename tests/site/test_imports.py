import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.pure
def test_imports_go_one_way():
    """The contracts in pyproject.toml."""
    command = [sys.executable, str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    outcome = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
