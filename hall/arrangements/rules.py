"""The order of calling 叫号规则 as a part: changed on a page of its own after a preview, with the same record."""

from collections.abc import Iterator
from typing import Literal

from hall.arrangements.part import Part
from hall.catalog import Catalog
from hall.rule import Rule, rule_of, troubles, with_rule


class CallingRule(Part):
    """叫号规则, changed on a page of its own after a preview."""

    part: Literal["rule"] = "rule"
    rule: Rule

    def as_in(self, catalog: Catalog) -> "CallingRule":
        """As it stands."""
        return CallingRule(rule=rule_of(catalog))

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return with_rule(catalog, self.rule)

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """As the rule says itself."""
        return troubles(catalog, self.rule)
