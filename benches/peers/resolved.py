"""Reading a resolved scenario without ignoring anything: every key is either used, known not to matter, or an error."""

from distributions import Unsupported, choices, fixed, normal_of


class Node:
    """A table of the scenario and its place in it, for messages."""

    def __init__(self, values, place, tables):
        self.values = values
        self.place = place
        self.tables = tables

    def expect(self, used, without_effect=()):
        """Refuses keys that nobody has thought of."""
        unknown = set(self.values) - set(used) - set(without_effect) - {"source", "confidence", "note"}
        if unknown:
            keys = ", ".join(sorted(unknown))
            raise Unsupported(f"{self.place or 'the scenario'}: the Python models do not know {keys}")

    def must_be(self, **wanted):
        """Refuses a feature that is switched on here and that the Python models leave out."""
        for key, value in wanted.items():
            found = self.values.get(key)
            if isinstance(found, dict):
                found = self.fixed(key)
            if found != value:
                where = f"{self.place}.{key}".lstrip(".")
                raise Unsupported(f"{where} is {found}; the Python models only do {value}")

    def node(self, key):
        return Node(self.values[key], f"{self.place}.{key}".lstrip("."), self.tables)

    def nodes(self, key):
        """A list of tables."""
        listed = enumerate(self.values[key])
        return [Node(values, f"{self.place}.{key}[{i}]".lstrip("."), self.tables) for i, values in listed]

    def __getitem__(self, key):
        return self.values[key]

    def get(self, key, default):
        return self.values.get(key, default)

    def _read(self, how, key):
        return how(self.values[key], f"{self.place}.{key}")

    def fixed(self, key):
        return self._read(fixed, key)

    def table(self, key):
        """The row of the quantity's table."""
        return self._read(self.tables.add, key)

    def parts(self, key):
        return self._read(self.tables.add_parts, key)

    def choices(self, key):
        return self._read(choices, key)

    def normal(self, key):
        return self._read(normal_of, key)
