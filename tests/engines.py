"""The suite on both engines, with a throw-away PostgreSQL: `python -m tests.engines [pytest's arguments]`, or `make test`.

DATABASE_URL, when it names a PostgreSQL server, is used instead of one of our own. With CI=true a missing PostgreSQL is a failure.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

IS_CI = os.environ.get("CI") == "true"
NO_TESTS = 5  # of pytest's exit codes
PROCESSES = {"SQLite": 2, "PostgreSQL": 0}
"""pytest's own workers: with one process for fewer tests and its server there is as much on either core, and less is begun twice."""
NO_POSTGRESQL = "no test ran on it, for it is missing. On Debian: apt-get install postgresql"


def main(arguments):
    """Run pytest on SQLite and, beside it, on PostgreSQL. Returns the exit code: 0 only when nothing failed.

    Side by side, because each alone leaves a core idle while it waits for a browser, a socket or its last long test.
    """
    given = os.environ.pop("DATABASE_URL", "")
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor(1) as beside:
        postgresql = beside.submit(on_postgresql, given, ["-m", "not pure", *arguments], said)
        outcomes = {"SQLite": run_pytest("SQLite", arguments), "PostgreSQL": postgresql.result()}
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
    print("=" * 27, "both engines", "=" * 27)
    for engine, code in outcomes.items():
        print(f"{engine}:", NO_POSTGRESQL if code is None else "passed" if code == 0 else f"FAILED (pytest ended with {code})")
    return max(int(IS_CI) if code is None else abs(code) for code in outcomes.values())


def on_postgresql(given, arguments, output):
    """pytest's exit code; None when there is no PostgreSQL."""
    if given.startswith("postgres"):
        return run_pytest("PostgreSQL", arguments, given, output)
    if not (binaries := find_binaries()):
        return None
    with throw_away_server(binaries) as address:
        code = run_pytest("PostgreSQL", arguments, address, output)
    # When only pure tests were asked for, nothing is left to run here.
    return 0 if code == NO_TESTS else code


def run_pytest(engine, arguments, address=None, output=None):
    """pytest's exit code. What it says goes to `output` (a file), or where ours goes."""
    print("=" * 30, engine, "=" * 30, flush=True, file=output)
    environment = {**os.environ, **({"DATABASE_URL": address} if address else {})}
    command = [sys.executable, "-m", "pytest", "-n", str(PROCESSES[engine]), *arguments]
    process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    while True:
        # Ctrl-C reaches pytest too: let it end in its own way.
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


# --- The server ---------------------------------------------------------------------------------------------------------
def find_binaries():
    """The folder of initdb and postgres, the newest when there are several; None when there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    return next((folder for folder in [*debian, *on_path] if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextlib.contextmanager
def throw_away_server(binaries):
    """A PostgreSQL of our own on a unix socket, in a folder that is removed afterwards. Yields its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir="/tmp"))  # a socket's path has about 100 characters
    data = folder / "data"
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    initialise = ["initdb", "--pgdata", data, "--username", user, "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"]
    subprocess.run(as_user(binaries, *initialise), check=True, stdout=subprocess.DEVNULL, cwd="/")
    # Nothing here has to survive a crash, so nothing waits for the disk.
    swift = [f"-c{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes")]
    place = ["-clisten_addresses=", f"-cunix_socket_directories={folder}", "-clog_min_messages=panic", "-cmax_connections=200"]
    # In a session of its own Ctrl-C does not reach it, so that pytest can still drop its databases.
    server = subprocess.Popen(as_user(binaries, "postgres", "-D", data, *place, *swift), start_new_session=True, cwd="/")
    try:
        wait_until_ready([binaries / "pg_isready", "-q", "-h", folder, "-U", user, "-d", "postgres"], server)
        yield f"postgres://{user}@/newsroom?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # a fast shutdown: clients are not waited for
        server.wait(timeout=120)
        shutil.rmtree(folder, ignore_errors=True)


def as_user(binaries, program, *arguments):
    """The command line of one of PostgreSQL's programs: not as root, which they refuse, and ending with us, even if we are killed."""
    command = [str(binaries / program), *map(str, arguments)]
    if os.geteuid() == 0:
        return ["setpriv", "--pdeathsig=INT", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command]
    return ["setpriv", "--pdeathsig=INT", "--", *command] if shutil.which("setpriv") else command


def wait_until_ready(question, server):
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"The throw-away PostgreSQL ended with {server.returncode} before it was ready.")
        if subprocess.run(question).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit("The throw-away PostgreSQL was not ready within a minute.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
