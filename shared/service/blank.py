"""An application without routes yet, with the manners that all services have."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from shared.http import PROBLEMS, install_problem_answers


def blank(title: str, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """Refuses with problems, and documents itself without any other server."""
    app = FastAPIOffline(
        # Its page brings its own scripts: a province's network may reach nothing.
        redoc_url=None,
        title=title,
        version="1",
        responses=PROBLEMS,
        lifespan=lifespan,
        # A path with a slash too many is unknown, as any other, and said so.
        redirect_slashes=False,
    )
    install_problem_answers(app)
    return app
