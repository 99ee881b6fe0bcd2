"""HTTP in and out: problems (RFC 9457), versions as ETags, commands made once, doors before all."""

from shared.http.asking import Answer, Ask, Body, Handles, Written, show_version
from shared.http.bounds import BoundedBodies
from shared.http.doors import Doors
from shared.http.files import Sent
from shared.http.problems import PROBLEMS, Problem, install_problem_answers

__all__ = [
    "PROBLEMS",
    "Answer",
    "Ask",
    "Body",
    "BoundedBodies",
    "Doors",
    "Handles",
    "Problem",
    "Sent",
    "Written",
    "install_problem_answers",
    "show_version",
]
