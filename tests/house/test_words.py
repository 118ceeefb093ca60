"""One English word for one Chinese term, and no word that ties the tree to the machine it was written on."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import ROOMS, ROOT, Module, modules, texts

GLOSSARY = {
    "household": {"farmer", "farmers", "peasant"},
    "appraisal": {"appraisement", "deliberation"},
    "notice": {"publicity", "publicize", "bulletin"},
    "objection": {"dispute", "protest", "dissent"},
    "clerk": {"handler"},
    "reviewer": {"auditor"},
    "correction": {"amendment", "rectification"},
    "withdrawal": {"revocation", "retraction"},
    "late entry": {"backfill", "backdate"},
    "roll": {"rollup"},
}
"""The word of the glossary, and words for the same thing that would make a second name for it."""

FOREIGN = (
    r"pypi\.org",
    r"pythonhosted\.org",
    r"npmjs\.org",
    r"(?:tsinghua|aliyun|ustc|npmmirror|huaweicloud)\.(?:edu|com|org)",
    r"(?<!no-emit-)(?:index[-]url|find[-]links|trusted[-]host)",
    r"(?<![\w.])[/](?:work|root|home)/\w",
    r"(?<![\w.])[/]opt/(?:pypi|wheels)",
    r"(?i:\bissue) #?\d",
    r"\b(?:domain|pitfalls|feasibility|reliability|anchors|peers|design)\.md\b",
)
"""Registry hosts, paths of one machine, and papers that are not in this tree."""


def test_no_term_has_two_english_words() -> None:
    second = {word: first for first, words in GLOSSARY.items() for word in words}
    found = {
        f"{module.path}: {name}, say {second[word]}"
        for module in modules("db", "desktop")
        for name in _names(module)
        for word in _words(name)
        if word in second
    }
    assert not found


def _names(module: Module) -> Iterator[str]:
    yield module.path
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())


def test_nothing_names_a_registry_or_a_machine() -> None:
    found = [
        f"{path}: {match.group()}"
        for path, text in texts()
        for match in re.finditer("|".join(f"(?:{pattern})" for pattern in FOREIGN), text)
    ]
    assert not found


def test_the_top_level_folders_are_these() -> None:
    ignored = set((ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split())
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - ignored <= set(ROOMS)
