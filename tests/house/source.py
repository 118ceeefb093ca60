"""The tree's own source, read and parsed once for the house rules."""

import ast
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("db", "desktop", "installer", "resources", "tests")
MIGRATIONS = "db/migrations/versions/"
"""Literal DDL, written once and never edited; the rules on size do not apply to it."""


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the root of the tree, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    def imports(self) -> Iterator[str]:
        """Dotted names this module imports anywhere, also inside functions: `from a.b import c` gives a.b.c."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def at(self, node: ast.stmt | ast.expr) -> str:
        """Where the node stands, in the form an editor can open."""
        return f"{self.path}:{node.lineno}"


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """Every Python file below the given folders; the trees stay for good, so no search for garbage need go through them."""
    found = sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))
    parsed = tuple(_module(path) for path in found)
    gc.freeze()
    return parsed


@cache
def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(module: Module) -> Iterator[ast.Call]:
    """Every call."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node


def texts() -> Iterator[tuple[str, str]]:
    """Path and content of every text file that belongs to the tree."""
    top = (path for path in ROOT.iterdir() if path.is_file())
    below = (path for room in (*ROOMS, ".ci") for path in (ROOT / room).rglob("*") if path.is_file())
    for path in sorted((*top, *below)):
        if "__pycache__" in path.parts:
            continue
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
