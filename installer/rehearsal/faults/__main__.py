"""`./onewindow faults …`: the long forms of the fault tests, by seed and bounded; 1 if a promise was broken."""

import argparse
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from hall.errors import OneWindowError
from installer.rehearsal.faults.cases import MANY_STEPS, ONE_STEP
from installer.rehearsal.faults.crowd import crowd
from installer.rehearsal.faults.kill_loop import kill_loop
from installer.rehearsal.faults.nth_call import SHORT, WAYS, nth_call
from installer.rehearsal.faults.power_loss import power_loss
from installer.rehearsal.faults.report import Report
from installer.rehearsal.hush import hushed


def main(argv: list[str]) -> int:
    """Run one of them."""
    parser = argparse.ArgumentParser(
        prog="onewindow faults", description="故障演练：断电、磁盘出错、进程被杀、众人齐叫"
    )
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="打印 JSON")
    common.add_argument("--seed", type=int, default=None, help="同一个种子演同一场；不写则每次不同")

    def kind(name: str, words: str, run: Callable[[argparse.Namespace], Report]) -> argparse.ArgumentParser:
        added = kinds.add_parser(name, help=words, description=words, parents=[common])
        added.set_defaults(run=run)
        return added

    made = kind("power-loss", "在每一次写盘处断电，看剩下什么", lambda o: power_loss(o.images, o.seed))
    made.add_argument("--images", type=_positive, default=5000, help="断电多少次")
    made = kind("nth-call", "让每一步操作的第 N 次磁盘调用失败，N 遍历全部", _nth_call)
    made.add_argument("--short", action="store_true", help="只演一种失败方式")
    made.add_argument(
        "--only", nargs="+", choices=[*ONE_STEP, *MANY_STEPS], metavar="CASE", default=[], help="只演这几步"
    )
    made = kind("concurrent", "多名窗口人员同时操作，每个请求都发两遍", lambda o: crowd(o.calls, o.seed, o.clerks))
    made.add_argument("--calls", type=_positive, default=10_000, help="每人多少次操作")
    made.add_argument("--clerks", type=_positive, default=8, help="多少人")

    made = kind("kill-loop", "随时用信号 9 杀取号机和服务器", lambda o: kill_loop(o.kills, o.seed, o.folder))
    made.add_argument("--kills", type=_positive, default=500, help="杀多少次")
    made.add_argument("--folder", type=Path, help="数据放在哪个磁盘上的文件夹；不写则用系统的临时文件夹")
    options = parser.parse_args(argv)
    if options.seed is None:
        options.seed = secrets.randbits(32)
    try:
        with hushed():
            report = options.run(options)
    except OneWindowError as error:
        print(f"{error}\n{error.advice}".rstrip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(report.as_json() if options.json else report.as_text())
    return 1 if report.breaches else 0


def _nth_call(options: argparse.Namespace) -> Report:
    return nth_call(SHORT if options.short else WAYS, options.only)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} 应是正整数")
    return int(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
