"""The list of articles of one generation, and which of them are printings of one story."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.agencies import ENDS, credits_agency
from index.reprints import choose_origin
from index.stored import Version, ends_of, families, retired_between, versions_born_after


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The live versions of one generation, by article id and by version number.

    `families` gives the family of each version that has relatives: printings of the same story.
    """

    generation: int
    articles: Mapping[str, Version]
    versions: Mapping[int, Version]
    families: Mapping[int, int]
    credited: Mapping[int, bool]
    """Of each version that has relatives, whether it names an agency as where it is from."""


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
    members = families(view)
    related = {number for pair in members for number in pair if number in versions}
    known = base.credited if base is not None else {}
    credited = {number: known[number] for number in related if number in known}
    for number, beginning, end in ends_of(view, sorted(related - credited.keys()), ENDS):
        credited[number] = credits_agency(versions[number].entry.author, beginning, end)
    named = _name_origins(versions, members, credited)
    articles = {version.entry.id: version for version in versions.values()}
    return Catalogue(generation, articles, versions, named, credited)


def _name_origins(
    versions: dict[int, Version], members: list[tuple[int, int]], credited: Mapping[int, bool]
) -> dict[int, int]:
    """Notes in `versions` which article each reprint goes back to; the family of each that has relatives."""
    together: dict[int, list[int]] = {}
    for number, family in members:
        # The founder of a family has its own number for it and is not among the members.
        together.setdefault(family, [family] if family in versions else []).append(number)
    related: dict[int, int] = {}
    for family, numbers in together.items():
        if len(numbers) < 2:
            continue
        origin = choose_origin(
            [versions[number].entry for number in numbers], [credited.get(number, False) for number in numbers]
        )
        for number in numbers:
            related[number] = family
            if versions[number].entry.id != origin.id:
                versions[number] = _with_origin(versions[number], origin.id)
    return related


def _with_origin(version: Version, origin: str | None) -> Version:
    return replace(version, entry=replace(version.entry, origin=origin))


__all__ = ["Catalogue", "load_catalogue"]
