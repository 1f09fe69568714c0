"""The column at the left of every page: whose hall, which pages there are, who is signed in."""

from nicegui import ui

from queue_server.web.manage.elements import box, sign, text

PAGES = (
    ("/manage/", "screen", "现场"),
    ("/manage/statistics", "chart", "统计"),
    ("/manage/replay", "back", "回看"),
    ("/manage/appointments", "ticket", "预约"),
    ("/manage/rule", "order", "叫号规则"),
    ("/manage/settings", "settings", "设置"),
)
_ON_A_PHONE = 4
"""So many stand in the bar of a phone; the others under 更多."""
_TURN = """(event) => {
  const open = event.currentTarget.closest(".nav").classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", open);
}"""
_ONLY_LOOKS = "这个登录是审计员：看得到全部，不能改，所以没有改动的按钮"
_ASK_OTHERS = "要改，请用管理人员的工号登录"


def side(hall: str, staff: str, here: str, *, only_looks: bool = False) -> None:
    """Draw it; `here` is the address of the page that is open, `only_looks` that an auditor has it open."""
    with box("aside", "side"):
        with box("div", "brand"):
            ui.element("img").props('src="/look/mark.svg" alt=""')
            with box("div", "brand-words"):
                text("一窗通", "brand-name", "b")
                text(hall, "muted")
        with box("nav", "nav"):
            for page in PAGES[:_ON_A_PHONE]:
                _link(*page, here)
            if further := PAGES[_ON_A_PHONE:]:
                _further(further, here)
        with box("form", "leave") as form:
            form.props('method="post" action="/manage/sign-out"')
            sign("person")
            text(f"审计员 {staff}" if only_looks else f"工号 {staff}", "")
            text("退出", "link", tag="button").props('type="submit"')


def only_looks_note(words: str = _ONLY_LOOKS, *, only_looks: bool) -> None:
    """At the head of a page on which a manager could change something, why an auditor cannot."""
    if only_looks:
        with box("p", "only-looks"):
            text("仅查看", "tag")
            text(f"{words}。{_ASK_OTHERS}", "")


def _further(pages: tuple[tuple[str, str, str], ...], here: str) -> None:
    with box("div", "nav-rest"):
        for page in pages:
            _link(*page, here)
    inside = any(address == here for address, _, _ in pages)
    with box("button", "nav-item nav-more here" if inside else "nav-item nav-more") as more:
        more.props('type="button" aria-expanded="false"').on("click", js_handler=_TURN)
        sign("more")
        text("更多", "")


def _link(address: str, picture: str, words: str, here: str) -> None:
    with box("a", "nav-item here" if address == here else "nav-item") as link:
        link.props(f'href="{address}"' + (' aria-current="page"' if address == here else ""))
        sign(picture)
        text(words, "")
