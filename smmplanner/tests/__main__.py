"""`make test`: every test on SQLite, then those that may answer otherwise on PostgreSQL and Redis, where they run."""

import os
import subprocess
import sys
import time

import psycopg
import redis

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
FOR_SERVING = {"DATABASE_URL", "REDIS_URL", "DEBUG", "VAR_DIR", "DJANGO_SETTINGS_MODULE"}


def main() -> int:
    began = time.monotonic()
    # One more than there are processors: browsers, workers and servers are waited for.
    processes = str(min((os.cpu_count() or 1) + 1, 5))
    # One test at a time: a process that is long at one does not keep others waiting.
    spread = ["-n", processes, "--maxschedchunk", "1"]
    arguments = [sys.executable, "-m", "pytest", "-q", *spread, "--durations=15", *sys.argv[1:]]
    # What the caller's shell has set up for serving is none of the tests' business.
    environment = {name: value for name, value in os.environ.items() if name not in FOR_SERVING}
    missing = missing_services()
    print("— on SQLite and the filesystem broker", flush=True)
    outcomes = [subprocess.run([*arguments, *([] if missing else ["--in-halves"])], env=environment).returncode]
    if missing:
        print(f"— not run on PostgreSQL and Redis: {missing}", flush=True)
        outcomes.append(1 if os.environ.get("REQUIRE_SERVICES") == "1" else 0)
    else:
        print("— on PostgreSQL and Redis", flush=True)
        services = {"DATABASE_URL": POSTGRES, "REDIS_URL": REDIS}
        outcomes.append(subprocess.run([*arguments, "--in-halves", "--on-services"], env=environment | services).returncode)
    print(f"— {'failed' if any(outcomes) else 'passed'} in {time.monotonic() - began:.0f} s")
    return 1 if any(outcomes) else 0


def missing_services() -> str:
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
        with redis.Redis.from_url(REDIS, socket_connect_timeout=3) as client:
            client.ping()
    except psycopg.OperationalError as problem:
        return f"PostgreSQL does not answer ({str(problem).splitlines()[0]})"
    except redis.RedisError as problem:
        return f"Redis does not answer ({problem})"
    return ""


if __name__ == "__main__":
    sys.exit(main())
