"""The house rules of the code, held by machine: layers, budgets, a light start.

Everything is read from the source, so that the rules hold without the lint tools.
"""

import ast
import re
import statistics
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ROOMS = ("siting", "climate", "grid", "app", "data")
MAY_IMPORT = {
    "data": {"data"},
    "climate": {"climate", "data"},
    "grid": {"grid", "data"},
    "siting": {"siting", "climate", "grid", "data"},
    "app": set(ROOMS),
}
APP_ONLY = {"streamlit", "altair", "pydeck"}
HEAVY = {"numpy", "pandas", "scipy", "xarray", "pvlib", "pyarrow", "streamlit"}

# Beside data/: the writer of results, and the app, which hands out downloads.
MAY_OPEN_FILES = ("data/", "app/", "siting/export")
OPENING = re.compile(
    r"open|open_\w+|read_(text|bytes|csv|parquet|json|excel|table|feather|fwf)"
    r"|write_(text|bytes)|loadtxt|genfromtxt|fromfile|memmap|load_dataset"
)

# Bases that are not inheritance of behaviour.
PLAIN_BASES = {"StrEnum", "IntEnum", "Enum", "NamedTuple", "TypedDict", "Protocol"}
ERROR_NAMES = ("Error", "Exception", "Warning")

MAX_LINES, USUAL_LINES = 400, 250
MAX_BODY, USUAL_BODY, MEDIAN_BODY = 50, 30, 10
MAX_ARGUMENTS, MAX_METHODS = 6, 8


class Module(NamedTuple):
    """A source file of the model."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.path.split("/")[0]


class Function(NamedTuple):
    """A function or method, where it stands and how long its body is."""

    place: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    in_class: bool
    lines: int


@cache
def modules() -> tuple[Module, ...]:
    paths = sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))
    texts = [(p.relative_to(ROOT).as_posix(), p.read_text("utf-8")) for p in paths]
    return tuple(Module(path, text, ast.parse(text)) for path, text in texts)


@cache
def functions() -> tuple[Function, ...]:
    found = []
    for module in modules():
        methods = {
            id(child)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ClassDef)
            for child in node.body
        }
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                place = f"{module.path}:{node.lineno} {node.name}"
                length = body_lines(node)
                found.append(Function(place, node, id(node) in methods, length))
    return tuple(found)


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def imports(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module or ''}.{alias.name}" for alias in node.names]


def calls(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and name of everything called: `open`, `pd.read_csv`, ..."""
    return [
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]


def none_of(wrong: list[str]) -> None:
    assert not wrong, "\n" + "\n".join(wrong)


def arguments(function: Function) -> list[ast.arg]:
    given = function.node.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    static = any(
        getattr(mark, "id", "") == "staticmethod"
        for mark in function.node.decorator_list
    )
    return named[1:] if function.in_class and not static else named


# --- layers ---------------------------------------------------------------------


def test_imports_run_one_way() -> None:
    """Recipes are scripts that stand on the whole model: they may use any room."""
    wrong = [
        f"{module.path}:{node.lineno} imports {name}"
        for module in modules()
        if not module.path.startswith("data/recipes/")
        for node in imports(module.tree)
        for name in imported(node)
        if (top := name.split(".")[0]) in ROOMS and top not in MAY_IMPORT[module.room]
    ]
    none_of(wrong)


def test_only_the_app_knows_its_libraries() -> None:
    wrong = [
        f"{module.path}:{node.lineno} imports {name}"
        for module in modules()
        for node in imports(module.tree)
        for name in imported(node)
        if name.split(".")[0] in APP_ONLY and module.room != "app"
    ]
    none_of(wrong)


def test_imports_are_absolute() -> None:
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in imports(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    none_of(wrong)


def test_the_model_imports_no_recipe() -> None:
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in imports(module.tree)
        if any(name.startswith("data.recipes") for name in imported(node))
    ]
    none_of(wrong)


def test_one_door_to_the_disk() -> None:
    wrong = [
        f"{module.path}:{line} calls {name}()"
        for module in modules()
        if not module.path.startswith(MAY_OPEN_FILES)
        for line, name in calls(module.tree)
        if OPENING.fullmatch(name.split(".")[-1]) and name != "os.open"
    ]
    none_of(wrong)


def test_no_file_of_the_app_hides_a_package() -> None:
    """Streamlit puts app/ first on the path: app/climate.py would hide climate/."""
    assert not [p.name for p in (ROOT / "app").iterdir() if p.stem in ROOMS]


# --- budgets --------------------------------------------------------------------


def test_files_are_short() -> None:
    lengths = {module.path: module.text.count("\n") for module in modules()}
    assert not {path: n for path, n in lengths.items() if n > MAX_LINES}
    long = {path: n for path, n in lengths.items() if n > USUAL_LINES}
    assert len(long) <= 0.1 * len(lengths), long


def test_functions_are_short() -> None:
    lengths = sorted(function.lines for function in functions())
    long = [f"{f.place}: {f.lines} lines" for f in functions() if f.lines > MAX_BODY]
    none_of(long)
    assert statistics.median(lengths) <= MEDIAN_BODY
    assert lengths[int(0.9 * (len(lengths) - 1))] <= USUAL_BODY


def test_functions_take_few_arguments() -> None:
    wrong = [
        f"{function.place} takes {len(arguments(function))}"
        for function in functions()
        if len(arguments(function)) > MAX_ARGUMENTS
    ]
    none_of(wrong)


def test_no_function_takes_any_keyword_at_all() -> None:
    none_of([f.place for f in functions() if f.node.args.kwarg])


def test_everything_is_annotated() -> None:
    wrong = [
        function.place
        for function in functions()
        if function.node.returns is None
        or any(argument.annotation is None for argument in arguments(function))
    ]
    none_of(wrong)


def test_classes_are_plain_values() -> None:
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ClassDef):
                continue
            methods = [n for n in node.body if isinstance(n, ast.FunctionDef)]
            bases = {getattr(b, "attr", getattr(b, "id", "?")) for b in node.bases}
            inherits = {b for b in bases - PLAIN_BASES if not b.endswith(ERROR_NAMES)}
            if len(methods) > MAX_METHODS or inherits:
                wrong.append(f"{module.path}:{node.lineno} {node.name} {inherits}")
    none_of(wrong)


# --- a light start --------------------------------------------------------------


def test_help_loads_no_library() -> None:
    """`siting --help` answers in about the time of a bare interpreter."""
    script = (
        "import sys\n"
        "from siting import cli\n"
        "sys.argv = ['siting', '--help']\n"
        "try:\n"
        "    cli.main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code\n"
        f"print(sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"
    assert "rank" in done.stdout
