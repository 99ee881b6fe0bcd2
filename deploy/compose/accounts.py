"""The ready-made accounts for the development issuer in its container. Never production."""

import os
import secrets
from dataclasses import asdict
from pathlib import Path

from deploy.local.issuer import Account, write_accounts
from deploy.local.issuer.accounts import ACCOUNTS
from deploy.sample.agencies import agencies, tree_of
from deploy.sample.people import accounts
from deploy.sample.rows import innovations, units

OPERATORS = ("hss-dinkes", "kalsel-brida")


def ready_made(folder: Path) -> tuple[Account, ...]:
    """Everybody of the sample season with the password they had before, if they had one."""
    file = folder / "accounts.json"
    known = ACCOUNTS.validate_json(file.read_bytes()) if file.exists() else ()
    passwords = {each.username: each.password for each in known}
    tree = tree_of(agencies(units(), innovations()))
    made = accounts(tree, OPERATORS, lambda name: passwords.get(name) or secrets.token_urlsafe(9))
    return tuple(Account.model_validate(asdict(each)) for each in made)


def main() -> None:
    folder = Path(os.environ["INDA_ISSUER_FOLDER"])
    made = ready_made(folder)
    write_accounts(folder, made)
    for account in made:
        print(f"{account.username:<24}{account.password:<16}{', '.join(account.roles)}")


if __name__ == "__main__":
    main()
