"""What a citizen is told beside the number, on paper, kiosk and phone: at which windows, and which papers to bring."""

from hall.catalog import Catalog, Guide, Material


def windows_of(catalog: Catalog, group_id: str, dash: str = "-", comma: str = "、") -> str:
    """The numbers of the windows whose own work the group is: `3-5、8`; empty if there is none.

    Windows elsewhere in the hall are left out while there are some at the group's own place: one place, one walk.
    """
    serving = [window for window in catalog.windows if group_id in window.groups]
    place = next((group.place for group in catalog.groups if group.id == group_id), "")
    near = [window for window in serving if window.place == place]
    numbers = sorted(window.number for window in near or serving)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return comma.join(f"{run[0]}" if len(run) == 1 else f"{run[0]}{dash}{run[-1]}" for run in runs)


def to_bring(guide: Guide) -> tuple[Material, ...]:
    """The papers a person must have along: necessary ones that are not handed out at the window."""
    return tuple(m for m in guide.materials if m.necessity == "必要" and not m.source.startswith("窗口"))


def paper_words(paper: Material) -> str:
    """`居民身份证（原件）`, `一寸照片2份`: the form only where it is not in the name, the count only past one."""
    shown = paper.name if paper.form in paper.name else f"{paper.name}（{paper.form}）"
    return f"{shown}{paper.copies}份" if paper.copies > 1 else shown
