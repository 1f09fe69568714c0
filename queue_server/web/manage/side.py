"""The column at the left of every page: whose hall, which pages there are, who is signed in."""

from nicegui import ui

from queue_server.web.manage.elements import box, sign, text

PAGES = (
    ("/manage/", "screen", "现场"),
    ("/manage/appointments", "ticket", "预约"),
    ("/manage/rule", "order", "叫号规则"),
    ("/manage/statistics", "chart", "统计"),
    ("/manage/settings", "settings", "设置"),
)


def side(hall: str, staff: str, here: str, *, only_looks: bool = False) -> None:
    """Draw it; `here` is the address of the page that is open, `only_looks` that an auditor has it open."""
    with box("aside", "side"):
        with box("div", "brand"):
            ui.element("img").props('src="/look/mark.svg" alt=""')
            with box("div", "brand-words"):
                text("一窗通", "brand-name", "b")
                text(hall, "muted")
        with box("nav", "nav"):
            for address, picture, words in PAGES:
                with box("a", "nav-item here" if address == here else "nav-item") as link:
                    link.props(f'href="{address}"' + (' aria-current="page"' if address == here else ""))
                    sign(picture)
                    text(words, "")
        with box("form", "leave") as form:
            form.props('method="post" action="/manage/sign-out"')
            sign("person")
            text(f"审计员 {staff}" if only_looks else f"工号 {staff}", "")
            text("退出", "link", tag="button").props('type="submit"')
