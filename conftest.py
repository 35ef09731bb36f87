"""What every test may ask for: services (or a reason for skipping), a watched browser, a Celery worker that really runs."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import hypothesis
import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parent
BROWSER_FIXTURES = {"page", "context", "browser", "new_context", "chromium", "whole_chromium", "browser_type"}
SERVICE_FIXTURES = {"postgres_url", "redis_url"}


# --- which tests run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--on-services",
        action="store_true",
        help="only tests whose answer may depend on the database or broker: the second half of make test",
    )
    parser.addoption(
        "--in-halves", action="store_true", help="the other half follows, or came before: what is marked `once` is left to one"
    )


def pytest_configure(config: pytest.Config) -> None:
    # Processes of pytest-xdist inherit it from the one that starts them.
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="smmplanner-run-")
        os.environ["FOLDER_OF_THE_RUN"] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_sessionstart() -> None:
    # Pages in other languages need the compiled translations. (Django is set up by now, and not before.)
    from smmplanner.messages import compile_catalogues

    compile_catalogues()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    # Before `-m` chooses by these marks, and before pytest-django puts the tests in order.
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
        if fixtures & SERVICE_FIXTURES:
            item.add_marker(pytest.mark.services)
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}:
            item.add_marker(pytest.mark.database)
        if _writes_for_good(item, fixtures):
            # Emptying the tables afterwards also takes the rows that migrations put there: they are loaded again.
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    yield
    items.sort(key=_turn)
    if times := int(os.environ.get("SOAK", "0")):
        look_longer(items, times)
    wanted = _depends_on_services if config.getoption("--on-services") else _runs_anywhere
    left = config.getoption("--in-halves") and partial(_is_of_the_other_half, on_services=config.getoption("--on-services"))
    chosen = [item for item in items if wanted(item) and not (left and left(item))]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _turn(item: pytest.Item) -> int:
    """Playwright keeps an event loop in this thread, which the ORM refuses to work under: browsers last.

    The long ones come first where the order is free, so that all processes end at about the same time.
    """
    is_long = item.get_closest_marker("slow") is not None
    if item.get_closest_marker("browser"):
        return 2 if is_long else 3
    return 0 if is_long and not item.get_closest_marker("database") else 1


def look_longer(items: list[pytest.Item], times: int) -> None:
    """`make soak`: property tests try many times the examples, and other ones on each run."""
    marked = "_hypothesis_internal_use_settings"
    for test in {item.obj for item in items if isinstance(item, pytest.Function) and hasattr(item.obj, marked)}:
        usual = getattr(test, marked)
        setattr(test, marked, hypothesis.settings(usual, max_examples=usual.max_examples * times, derandomize=False))


def _writes_for_good(item: pytest.Item, fixtures: set[str]) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(fixtures & {"live_server", "transactional_db"} or (marker and marker.kwargs.get("transaction")))


def _runs_anywhere(item: pytest.Item) -> bool:
    return item.get_closest_marker("only_on_services") is None


def _depends_on_services(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser"):
        return item.get_closest_marker("everywhere") is not None
    return any(item.get_closest_marker(name) for name in ("database", "services"))


def _is_of_the_other_half(item: pytest.Item, *, on_services: bool) -> bool:
    marker = item.get_closest_marker("once")
    return bool(marker) and _depends_on_services(item) and marker.kwargs.get("on_services", False) != on_services


KINDS = ("browser", "services", "database")


def pytest_terminal_summary(terminalreporter) -> None:
    """How many tests of each kind passed; a test counts once, as the most demanding of its kinds."""
    counts = dict.fromkeys((*KINDS, "pure"), 0)
    for report in terminalreporter.getreports("passed"):
        if report.when == "call":
            counts[next((kind for kind in KINDS if kind in report.keywords), "pure")] += 1
    database = "PostgreSQL and Redis" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    terminalreporter.write_line(f"passed on {database}: {told or 'none'}")


# --- services


def _missing(what: str) -> None:
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(f"{what}, and REQUIRE_SERVICES=1 asks for it", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A PostgreSQL server where databases may be created (the URL of its `postgres` database)."""
    import psycopg

    url = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as problem:
        _missing(f"no PostgreSQL: {str(problem).splitlines()[0]} (TEST_POSTGRES_URL names another)")
    return url


@pytest.fixture(scope="session")
def redis_url() -> str:
    import redis

    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as problem:
        _missing(f"no Redis: {problem} (TEST_REDIS_URL names another)")
    return url


@pytest.fixture(autouse=True)
def nobodys_language() -> None:
    """The test client leaves the language of the last request behind."""
    translation.deactivate()


WITH_WINDOWS = ["chromium", "chromium-browser", "google-chrome"]


def _chromium(*names: str) -> str:
    asked = [os.environ.get("CHROMIUM"), *names]
    path = next((found for name in asked if name and (found := shutil.which(name))), None)
    if path is None:
        _missing("no Chromium on the PATH (CHROMIUM names another)")
    return str(path)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, if possible of the one without windows: the same engine, and a page costs it a quarter.

    CHROMIUM names one that is not on the PATH.
    """
    return _chromium("chromium-headless-shell", *WITH_WINDOWS)


@pytest.fixture(scope="session")
def whole_chromium() -> str:
    """The path of the one that people use, which also sends reports."""
    return _chromium(*WITH_WINDOWS)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Under Playwright's loop Django opens connections of its own; they, too, must know what migrations put there."""
    from django.db import connections

    contents = getattr(connections["default"], "_test_serialized_contents", "[]")
    create_connection = connections.create_connection

    def create_with_contents(alias: str):
        connection = create_connection(alias)
        connection._test_serialized_contents = contents
        return connection

    connections.create_connection = create_with_contents
    with django_db_blocker.unblock():
        # SQLite is asked once per process whether it knows JSON: not within a test that counts queries.
        assert connections["default"].features.supports_json_field
        AUDIT_TRIGGERS.update(found_triggers(connections["default"]))
        let_rows_be_deleted()
    yield
    with django_db_blocker.unblock():
        disconnect_everybody(connections["default"])


# The triggers of the audit log (name → how it was made), as the migrations left them.
AUDIT_TRIGGERS: dict[str, str] = {}
AGAINST_DELETING = "audit_log_is_kept_for_a_year"


def let_rows_be_deleted() -> None:
    """Tests that commit empty all tables afterwards, row by row on SQLite."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {AGAINST_DELETING}")


def found_triggers(connection) -> dict[str, str]:
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'brands_auditentry'",
        "postgresql": "SELECT tgname, '' FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'brands_auditentry'::regclass",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return dict(cursor.fetchall())


@pytest.fixture
def audit_triggers(django_db_setup) -> dict[str, str]:
    return AUDIT_TRIGGERS


@pytest.fixture
def restores_the_database(transactional_db) -> Iterator[None]:
    """For tests after which all triggers stand again, as migrations put them there."""
    yield
    let_rows_be_deleted()


@pytest.fixture
def trigger_against_deleting(db) -> None:
    """The audit log as it is outside of tests, until the transaction of this test is rolled back."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(AUDIT_TRIGGERS[AGAINST_DELETING])


def disconnect_everybody(connection) -> None:
    """A connection that a thread left open would keep PostgreSQL from dropping the test database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        connection.close()


# --- faults


@pytest.fixture
def fault_row(capsys) -> Callable[..., None]:
    """Prints a row of the table of faults."""
    from django.db import connection

    def told(fault: str, made: str, seen: str, seconds: float, lost: str = "nothing") -> None:
        with capsys.disabled():
            print(f"\n| {fault} ({connection.vendor}) | {made} | {seen} | {lost} | {seconds:.1f} s |")

    return told


# --- the browser


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, object]:
    # Before Playwright starts its loop; see pytest_collection_modifyitems.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "timezone_id": "Asia/Tashkent"}


WATCH_THE_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
});
"""


@pytest.fixture
def page_problems() -> Iterator[list[str]]:
    """CSP violations, console errors and uncaught exceptions of every page of the test; any of them fails it.

    A test that provokes one on purpose looks at the list and clears it.
    """
    problems: list[str] = []
    yield problems
    assert not problems, "the browser complained:\n" + "\n".join(problems)


# What htmx says of a request that was under way when somebody left the page. One that fails says more than that.
LEFT_THE_PAGE = ("htmx:sendAbort,", "htmx:afterRequest,")


def is_a_problem(message) -> bool:
    return message.type == "error" and not message.text.startswith(LEFT_THE_PAGE)


def watch(context, problems: list[str]) -> None:
    """Write what goes wrong on any page of a browser context into `problems`."""
    context.add_init_script(WATCH_THE_POLICY)
    context.on("console", lambda message: is_a_problem(message) and problems.append(f"{message.page.url}: {message.text}"))
    context.on("weberror", lambda error: problems.append(f"{error.page.url if error.page else ''}: {error.error}"))


@pytest.fixture
def context(context, page_problems: list[str]):
    context.set_default_timeout(15_000)
    watch(context, page_problems)
    return context


# --- Celery


class Worker:
    """A Celery worker in a process of its own, on this test's database and broker."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log

    def wait_for(self, condition: Callable[[], object], seconds: float = 30) -> object:
        """The first true answer of `condition`, asked again and again; fails with the worker's log."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if answer := condition():
                return answer
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        pytest.fail(f"still waiting after {seconds} s; the worker said:\n{self.log.read_text()[-4000:]}", pytrace=False)

    def wait_until_ready(self) -> None:
        self.wait_for(lambda: " ready." in self.log.read_text(), seconds=60)

    def end(self) -> None:
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def database_url(settings_dict: dict[str, object]) -> str:
    """The URL of a connection that is open, so that another process can open it, too."""
    name, host = str(settings_dict["NAME"]), str(settings_dict["HOST"])
    if "sqlite3" in str(settings_dict["ENGINE"]):
        return f"sqlite:///{name}"
    user, password = quote(str(settings_dict["USER"])), quote(str(settings_dict["PASSWORD"]))
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    if host.startswith("/"):
        return f"postgres://{login}/{quote(host, safe='/')}/{quote(name)}"
    return f"postgres://{login}{host}:{settings_dict['PORT'] or 5432}/{quote(name)}"


@pytest.fixture
def start_worker(transactional_db, settings, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """Starts a worker on this test's database and broker; all that still run are ended after the test."""
    from django.db import connection

    options = ["worker", "-P", "threads", "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [sys.executable, "-m", "celery", "-A", "smmplanner", *options]
    workers: list[Worker] = []

    def start(*more: str) -> Worker:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "smmplanner.settings",
            "DATABASE_URL": database_url(connection.settings_dict),
            "VAR_DIR": str(settings.VAR_DIR),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        name = f"worker-{len(workers)}"
        log = tmp_path / f"{name}.log"
        with log.open("wb") as output:
            arguments = [*command, "-n", f"{name}@tests", *more]
            process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        workers.append(Worker(process, log))
        return workers[-1]

    yield start
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.end()


@pytest.fixture
def celery_worker_process(start_worker) -> Worker:
    worker = start_worker("--purge")
    worker.wait_until_ready()
    return worker
