"""Sizes a reader can hold in mind, and what every module and function says of itself."""

import ast

from tests.house.source import MIGRATIONS, functions, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def test_no_file_is_too_long() -> None:
    long = {
        module.path: lines
        for module in modules("db", "desktop", "installer", "tests")
        if (lines := module.text.count("\n")) > LONGEST_FILE and not module.path.startswith(MIGRATIONS)
    }
    assert not long


def test_no_function_is_too_long() -> None:
    long = {
        f"{module.at(function)} {function.name}": lines
        for module in modules("db", "desktop", "installer", "tests")
        if not module.path.startswith(MIGRATIONS)
        for function in functions(module)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long


def test_every_module_says_what_it_is() -> None:
    silent = [
        module.path
        for module in modules("db", "desktop", "installer", "tests")
        if module.text.strip() and not ast.get_docstring(module.tree)
    ]
    assert not silent


def test_every_function_is_annotated() -> None:
    bare = [
        f"{module.at(function)} {function.name}"
        for module in modules("db", "desktop", "installer", "tests")
        for function in functions(module)
        if function.returns is None or any(argument.annotation is None for argument in _arguments(function))
    ]
    assert not bare


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    starred = [argument for argument in (function.args.vararg, function.args.kwarg) if argument]
    return [argument for argument in named if argument.arg not in {"self", "cls", "mcs"}] + starred
