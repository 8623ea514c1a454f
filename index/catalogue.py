"""The list of articles of one generation, and which of them are printings of one story."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.reprints import choose_origin
from index.stored import Version, families, retired_between, versions_born_after


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The live versions of one generation, by article id and by version number.

    `families` gives the family of each version that has relatives: printings of the same story.
    """

    generation: int
    articles: Mapping[str, Version]
    versions: Mapping[int, Version]
    families: Mapping[int, int]


def load_catalogue(view: sqlite3.Connection, generation: int, base: Catalogue | None) -> Catalogue:
    """The catalogue that `view` sees, from that of an earlier generation where there is one."""
    after = 0
    versions: dict[int, Version] = {}
    if base is not None and base.generation <= generation:
        after, versions = base.generation, dict(base.versions)
        for number, _, _ in retired_between(view, after, generation):
            versions.pop(number, None)
        for number in versions.keys() & base.families.keys():
            versions[number] = _with_origin(versions[number], None)
    for version in versions_born_after(view, after):
        versions[version.number] = version
    related = _name_origins(versions, families(view))
    return Catalogue(generation, {version.entry.id: version for version in versions.values()}, versions, related)


def _name_origins(versions: dict[int, Version], members: list[tuple[int, int]]) -> dict[int, int]:
    """Notes in `versions` which article each reprint goes back to; the family of each that has relatives."""
    together: dict[int, list[int]] = {}
    for number, family in members:
        # The founder of a family has its own number for it and is not among the members.
        together.setdefault(family, [family] if family in versions else []).append(number)
    related: dict[int, int] = {}
    for family, numbers in together.items():
        if len(numbers) < 2:
            continue
        origin = choose_origin([versions[number].entry for number in numbers])
        for number in numbers:
            related[number] = family
            if versions[number].entry.id != origin.id:
                versions[number] = _with_origin(versions[number], origin.id)
    return related


def _with_origin(version: Version, origin: str | None) -> Version:
    return replace(version, entry=replace(version.entry, origin=origin))


__all__ = ["Catalogue", "load_catalogue"]
