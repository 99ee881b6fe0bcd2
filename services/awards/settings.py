"""What awards is told from outside."""

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    service: str = "awards"
    mongo_database: str = "awards"
