"""叫号规则 in the history of changes; it is changed on a page of its own. Pure."""

from hall.arrangements import CallingRule
from hall.catalog import Catalog
from queue_server.web.manage.ruling import CLASSES
from queue_server.web.manage.settings.fields import Field, Kind


def fields(part: CallingRule, catalog: Catalog) -> tuple[Field, ...]:
    """A line for each row of the table and for each window that helps."""
    rule, names = part.rule, {group.id: group.name for group in catalog.groups}
    return (
        *(
            Field(f"row:{row.id}", row.name, f"提前 {row.minutes} 分钟（{CLASSES[row.ticket_class]}）")
            for row in rule.head_starts
        ),
        Field("cap", "最多提前", str(rule.head_start_cap), Kind.NUMBER, "分钟"),
        *(
            Field(
                f"help:{help_.window}:{help_.group}",
                f"{help_.window} 号窗口协办{names.get(help_.group, help_.group)}",
                f"{help_.minutes:g}",
                Kind.NUMBER,
                "分钟",
            )
            for help_ in rule.helps
        ),
    )
