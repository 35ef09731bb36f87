"""Everything in one file: the rows of the database and the uploads, to come back on SQLite or on PostgreSQL.

`docs/backup.md` says what is in the file and what is not.
"""


class BackupRefused(Exception):
    """Why a backup cannot be made or used, in one line; nothing was changed."""
