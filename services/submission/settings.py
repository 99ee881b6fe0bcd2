"""What submission is told from outside."""

from shared.settings import StorageSettings


class Settings(StorageSettings):
    service: str = "submission"
    mongo_database: str = "submission"
