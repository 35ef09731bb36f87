import os

import pytest

from smmplanner import env


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "DEBUG", "ALLOWED_HOSTS", "VAR_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


def test_without_a_database_url_the_database_is_a_file_under_var(tmp_path):
    assert env.database(tmp_path)["NAME"] == str(tmp_path / "smmplanner.sqlite3")


def test_a_postgres_url_names_host_and_database(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://anna:p%40ss@db.example:5433/planner")
    config = env.database(tmp_path)
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "planner")
    assert config["PASSWORD"] == "p@ss"
    assert config["CONN_HEALTH_CHECKS"] is True
    assert config["OPTIONS"] == {"options": "-c jit=off"}
    monkeypatch.setenv("DATABASE_URL", "postgres://anna@db.example/planner?options=-c%20jit%3Don")
    assert env.database(tmp_path)["OPTIONS"] == {"options": "-c jit=on"}


def test_a_sqlite_url_gets_the_same_care_as_the_default(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/own.sqlite3")
    assert env.database(tmp_path)["NAME"] == f"{tmp_path}/own.sqlite3"
    assert env.database(tmp_path)["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    "url",
    ["mysql://root:hidden@host/x", "nonsense hidden", "postgres://u:hidden@host:port/x", "postgres://u:hidden@host/", "http://["],
)
def test_a_wrong_database_url_is_one_line_without_the_password(url, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(env.SettingError) as raised:
        env.database(tmp_path)
    assert "DATABASE_URL" in str(raised.value)
    assert "hidden" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_wrong_redis_url_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("REDIS_URL", "localhost:6379")
    with pytest.raises(env.SettingError, match="REDIS_URL must look like redis://"):
        env.broker(tmp_path)


def test_without_redis_the_broker_is_a_folder_that_exists(tmp_path):
    url, options = env.broker(tmp_path)
    assert url.startswith("filesystem://")
    assert os.path.isdir(options["data_folder_in"])
    assert options["polling_interval"] == 0.1


def test_a_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = env.secret_key(tmp_path)
    assert len(first) >= 50
    assert env.secret_key(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_secret_key_says_what_to_do(tmp_path):
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(env.SettingError, match="delete it"):
        env.secret_key(tmp_path)


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.secret_key(tmp_path) == "from a file"


def test_a_secret_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "nothing"))
    with pytest.raises(env.SettingError, match=r"DATABASE_URL_FILE names .*nothing"):
        env.database(tmp_path)


@pytest.mark.parametrize(("value", "meaning"), [("1", True), ("yes", True), ("True", True), ("0", False), ("off", False)])
def test_flags_are_read_in_the_usual_ways(value, meaning, monkeypatch):
    monkeypatch.setenv("DEBUG", value)
    assert env.flag("DEBUG") is meaning


def test_a_flag_that_is_neither_is_refused(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(env.SettingError, match="DEBUG must be 1 or 0, not “maybe”"):
        env.flag("DEBUG")


@pytest.mark.parametrize("value", ["0", "65536", "eighty", "-1", "٨٠٠٠", "8000.0"])
def test_a_port_that_is_none_is_refused(value, monkeypatch):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(env.SettingError, match="PORT must be a port"):
        env.port("PORT", 8000)


def test_a_file_where_var_should_be_is_reported(monkeypatch, tmp_path):
    (tmp_path / "var").write_text("")
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    with pytest.raises(env.SettingError, match="set VAR_DIR to a directory to write in"):
        env.var_directory(tmp_path)


def test_letters_are_files_unless_a_server_is_named(monkeypatch, tmp_path):
    assert env.mail(tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://anna:secret@mail.example:587")
    config = env.mail(tmp_path)
    assert (config["EMAIL_HOST"], config["EMAIL_USE_TLS"]) == ("mail.example", True)


def test_hosts_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " planner.example , www.planner.example,")
    assert env.names("ALLOWED_HOSTS", ["x"]) == ["planner.example", "www.planner.example"]


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("SECRET_KEY", "k" * 60, lambda var: env.secret_key(var)),
        ("SECRET_KEY_FALLBACKS", "one,two", lambda var: ",".join(env.names("SECRET_KEY_FALLBACKS", []))),
        ("DATABASE_URL", "postgres://u:hidden@h/n", lambda var: env.database(var) and "postgres://u:hidden@h/n"),
        ("REDIS_URL", "redis://:hidden@h/0", lambda var: env.redis_url()),
        ("EMAIL_URL", "smtp://u:hidden@h:25", lambda var: env.mail(var)["EMAIL_HOST_PASSWORD"] and "smtp://u:hidden@h:25"),
    ],
)
def test_every_secret_may_stand_in_a_file(name, value, read, monkeypatch, tmp_path):
    (tmp_path / "secret").write_text(value + "\n")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    assert read(tmp_path) == value


@pytest.mark.parametrize(("name", "read"), [("REDIS_URL", env.broker), ("EMAIL_URL", env.mail), ("DATABASE_URL", env.database)])
def test_no_wrong_address_is_repeated(name, read, monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("wrong://u:hidden@h")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    with pytest.raises(env.SettingError, match=name) as refusal:
        read(tmp_path)
    assert "hidden" not in str(refusal.value)


@pytest.mark.parametrize("said", ["0", "-1", "many", "1000001"])
def test_a_wrong_number_of_requests_is_refused(said, monkeypatch):
    monkeypatch.setenv("API_REQUESTS_PER_MINUTE", said)
    with pytest.raises(env.SettingError, match="number of requests"):
        env.requests_a_minute("API_REQUESTS_PER_MINUTE", 600)
