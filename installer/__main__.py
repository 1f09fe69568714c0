"""The verbs of ./onewindow. Each is one module, loaded only when asked for."""

import sys
from importlib import import_module

from installer.verbs import VERBS


def main(argv: list[str]) -> int:
    """Run one verb; returns the process's exit status."""
    if not argv or argv[0] in ("help", "-h", "--help"):
        print("用法 / usage: ./onewindow VERB [ARGUMENT …]\n")
        print("\n".join(f"  {name:<10} {verb.summary}" for name, verb in VERBS.items()))
        return 0
    verb = VERBS.get(argv[0])
    if verb is None:
        print(f"没有「{argv[0]}」这个命令。运行 ./onewindow help 看全部命令。", file=sys.stderr)
        return 2
    status: int = import_module(verb.module).main(argv[1:])
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
