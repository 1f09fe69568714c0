"""The verb `sim`: the hall under every fault, seed by seed. Exit status 1 when a promise was broken.

./onewindow sim --seeds 2000 --steps 400 --json     many seeds, as data
./onewindow sim --seed 17 --trace                   one seed, event by event
./onewindow sim --mutants                           every deliberate breach, until it is caught
./onewindow sim --inversions | --day                order of numbers; a whole day of 3,000 tickets
./onewindow sim --half-days 10000                   who is called next, against the rule on paper
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from hall.errors import system_words
from installer.rehearsal.hall_sim.breaches import MUTANTS
from installer.rehearsal.hall_sim.half_day import HalfDay
from installer.rehearsal.hall_sim.many import Total, play_all, workers
from installer.rehearsal.hall_sim.mutants import hunt
from installer.rehearsal.hall_sim.order import inversions, play_day, whole_day
from installer.rehearsal.hall_sim.run import Run
from installer.rehearsal.hall_sim.script import Script, write
from installer.rehearsal.hall_sim.shrink import shrink
from installer.rehearsal.hush import hushed

SEEDS_PER_LINE = 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Run the verb; its exit status."""
    parser = argparse.ArgumentParser(prog="onewindow sim", description="模拟大厅：在各种故障下核对承诺")
    parser.add_argument("--seeds", type=_count, default=50, help="跑多少个种子")
    parser.add_argument("--first", type=int, default=0, help="从哪个种子开始")
    parser.add_argument("--steps", type=_count, default=400, help="每个种子的步数")
    parser.add_argument("--seed", type=int, help="只跑一个种子")
    parser.add_argument("--script", type=Path, help="重放一个保存下来的剧本")
    parser.add_argument("--trace", action="store_true", help="逐步打印")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument("--keep", type=Path, help="把出错种子的最短剧本存进这个文件夹")
    parser.add_argument("--mutant", help="一个故意的破坏，直到被发现")
    parser.add_argument("--mutants", action="store_true", help="全部故意的破坏")
    parser.add_argument("--inversions", action="store_true", help="一天里号码先后颠倒的次数")
    parser.add_argument("--day", action="store_true", help="完整的一天：8 小时，3000 张号")
    parser.add_argument("--half-days", type=_count, help="随机的半天：每次叫号都和纸上的规则核对")
    options = parser.parse_args(argv)
    with hushed():
        return _do(options)


def _do(options: argparse.Namespace) -> int:
    if options.mutant or options.mutants:
        return _hunt(options.mutant)
    if options.inversions:
        return _inversions()
    if options.day:
        return _day()
    if options.half_days is not None:
        return _half_days(options.half_days)
    if options.seed is not None:
        return _one(write(options.seed, options.steps), options.steps, trace=options.trace, keep=options.keep)
    if options.script is not None:
        try:
            script = Script.from_json(json.loads(options.script.read_text("utf-8")))
        except OSError as error:
            print(f"剧本 {options.script} 读不了：{system_words(error)}", file=sys.stderr)
            return 2
        except (ValueError, TypeError, KeyError) as error:
            print(f"{options.script} 不是 --keep 存下的剧本：{error!r}", file=sys.stderr)
            return 2
        return _one(script, options.steps, trace=options.trace, keep=None)
    total = play_all(range(options.first, options.first + options.seeds), options.steps, told=_progress)
    print(json.dumps(total.as_json(), ensure_ascii=False, indent=1) if options.json else _words(total))
    for found in total.violations[:1]:
        _smallest(write(found["seed"], options.steps), options.steps, options.keep)
    return 1 if total.violations or total.unsteady else 0


def _one(script: Script, steps: int, *, trace: bool, keep: Path | None) -> int:
    verdict = Run(script, keep_trace=trace).play(steps)
    for line in verdict.trace:
        print(line)
    print(f"seed {script.seed}: {verdict.steps} steps, {verdict.tickets} tickets, hash {verdict.hash}")
    if not verdict.promise:
        return 0
    print(f"step {verdict.steps}: {verdict.words}")
    _smallest(script, steps, keep)
    return 1


def _hunt(name: str | None) -> int:
    wanted = [mutant for mutant in MUTANTS if name in (None, mutant.name)]
    if not wanted:
        print(f"没有叫 {name} 的破坏；有的是：{'、'.join(mutant.name for mutant in MUTANTS)}", file=sys.stderr)
        return 2
    with workers() as crew:
        caught = dict(zip([mutant.name for mutant in wanted], crew.map(hunt, wanted), strict=True))
    for each, (seed, words) in caught.items():
        print(f"{each:24} " + (f"seed {seed}: {words}" if seed >= 0 else "NOT CAUGHT"))
    return 1 if any(seed < 0 for seed, _ in caught.values()) else 0


def _inversions() -> int:
    print("kiosks  cut off  tickets  inversions")
    for kiosks in range(1, 9):
        for cut_off in (False, True):
            day = inversions(kiosks, 150 * kiosks, cut_off=cut_off)
            print(f"{kiosks:6}  {'1 h' if cut_off else '-':>7}  {day.tickets:7}  {day.inversions:10}", flush=True)
    return 0


def _day() -> int:
    run, verdict = play_day(whole_day(8, 20, 3000))
    finished = sum(visit.state == "finished" for visit in run.world.oracle.visits.visits.values())
    print(f"{verdict.tickets} tickets, {finished} finished, {verdict.steps} steps, hash {verdict.hash}")
    print(verdict.words or "violations: 0")
    return 1 if verdict.promise else 0


def _half_days(wanted: int) -> int:
    played = [HalfDay(seed).play() for seed in range(wanted)]
    tickets, calls, pairs = (sum(getattr(day, what) for day in played) for what in ("tickets", "calls", "overtaken"))
    print(f"{wanted} half-days, {tickets} tickets, {calls} calls, {pairs} times somebody went before an earlier one")
    broken = [(seed, words) for seed, day in enumerate(played) for words in day.violations]
    for seed, words in broken[:20]:
        print(f"half-day {seed}: {words}")
    print(f"violations: {len(broken)}")
    return 1 if broken else 0


def _progress(total: Total) -> None:
    """A long run says now and then how far it is; standard output stays for the result."""
    if total.seeds % SEEDS_PER_LINE == 0:
        broken = [violation["seed"] for violation in total.violations]
        print(f"{total.seeds} seeds, broken by {broken or 'none'}", file=sys.stderr, flush=True)


def _smallest(script: Script, steps: int, keep: Path | None) -> None:
    """Print the smallest script that fails the same way; keep it as a file when there is a folder for it."""
    verdict = Run(script).play(steps)
    short = shrink(script, steps, verdict.promise)
    words = Run(short).play(steps).words
    print(f"seed {script.seed}: {words}\n  smallest script: {len(short.events)} events", file=sys.stderr)
    for event in short.events:
        print(f"  {event.at_us / 1e6:10.3f} s  {event.kind} {event.who}", file=sys.stderr)
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        target = keep / f"{verdict.promise}-{script.seed}.json"
        target.write_text(json.dumps(short.as_json(), ensure_ascii=False) + "\n", "utf-8")


def _words(total: Total) -> str:
    lines = [f"{total.seeds} seeds, {total.steps} steps, {total.tickets} tickets, hash {total.hash}"]
    lines += [f"{times:8d}  {kind}" for kind, times in sorted(total.faults.items())]
    lines += [f"{len(total.coverage)} pairs of fault and state"]
    lines += [f"seed {each['seed']} step {each['step']}: {each['words']}" for each in total.violations]
    lines += [f"seed {seed}: not the same the second time" for seed in total.unsteady]
    return "\n".join([*lines, f"violations: {len(total.violations)}"])


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("应是正整数")
    return number


if __name__ == "__main__":
    sys.exit(main())
