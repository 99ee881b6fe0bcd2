"""`make run`'s program as a process of its own, as somebody at a terminal has it."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import psutil

from deploy.local.applications import base_urls, issuer_url
from deploy.local.issuer import Account
from deploy.local.ports import SETTING, Ports, block_ports, free_ports
from deploy.local.run import SERVICES_AND_SERVERS
