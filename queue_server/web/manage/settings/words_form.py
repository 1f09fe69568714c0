"""公告 and the words on the slip as forms. Pure."""

from hall.arrangements import Notices, SlipText
from hall.catalog import Catalog
from queue_server.web.manage.settings.fields import Field, Kind, Reading

_WHOSE = (("", "和公告一样"), ("own", "自己写，空着就不印"))


def notices(part: Notices, _: Catalog) -> tuple[Field, ...]:
    """Both languages."""
    hint = "叫号屏、取号机上人人看得到。叫号屏一句一句轮着放，每句用句号结束"
    return (
        Field("notice", "公告", part.notice, Kind.LINES, hint=hint, longest=300),
        Field("notice_en", "英文公告", part.notice_en, Kind.LINES, longest=600),
    )


def notices_read(_: Notices, reading: Reading) -> Notices:
    """And back, on one line."""
    return Notices(notice=reading.line("notice"), notice_en=reading.line("notice_en"))


def slip(part: SlipText, _: Catalog) -> tuple[Field, ...]:
    """Whether the slip has words of its own, and which."""
    return (
        Field("whose", "末尾的话", "" if part.note is None else "own", Kind.CHOICE, choices=_WHOSE),
        Field(
            "note",
            "写上",
            part.note or "",
            Kind.LINES,
            hint="一行 24 个字，最多 120 个字",
            longest=120,
            only="whose=own",
        ),
    )


def slip_read(_: SlipText, reading: Reading) -> SlipText:
    """And back."""
    return SlipText(note=reading.line("note") if reading.text("whose") else None)
