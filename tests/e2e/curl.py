"""As much of curl as the guide needs, for machines without it: `python curl.py URL options`."""

import sys
from pathlib import Path

import httpx

WITH_VALUE = {"-H", "-d", "-F", "-X", "-o", "--data-binary", "--form-string"}


def main(words: list[str]) -> int:
    url, method, out = "", "", ""
    headers: dict[str, str] = {}
    forms: list[tuple[str, tuple[str | None, bytes]]] = []
    plain: list[str] = []
    body: bytes | None = None
    rest = iter(words)
    for word in rest:
        value = next(rest) if word in WITH_VALUE else ""
        match word:
            case "-H":
                name, _, told = value.partition(":")
                headers[name] = told.strip()
            case "-d":
                plain.append(value)
            case "--data-binary":
                body = Path(value.removeprefix("@")).read_bytes()
            case "-F":
                name, _, told = value.partition("=")
                is_file = told.startswith("@")
                content = Path(told[1:]).read_bytes() if is_file else told.encode()
                forms.append((name, (told[1:] if is_file else None, content)))
            case "--form-string":
                name, _, told = value.partition("=")
                forms.append((name, (None, told.encode())))
            case "-X":
                method = value
            case "-o":
                out = value
            case _ if not word.startswith("-"):
                url = word
            case _:
                pass
    if plain:
        body = "&".join(plain).encode()
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
    is_post = body is not None or bool(forms)
    with httpx.Client(timeout=60, trust_env=False) as client:
        answer = client.request(
            method or ("POST" if is_post else "GET"),
            url,
            headers=headers,
            content=body,
            files=forms or None,
        )
    if out:
        Path(out).write_bytes(answer.content)
    else:
        sys.stdout.buffer.write(answer.content)
    return 22 if answer.status_code >= 400 and "--fail-with-body" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
