"""A target with an atomic switch: every edition of a publication goes on line by one rename, and five are kept.

``DIR/<edition>`` → ``.courante/<edition>``, and ``.courante`` → ``.gazette/editions/<number>``, which is switched.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import TargetError
from gazette.model.sheet import Manifest, Printed
from gazette.model.token import SUFFIX
from gazette.publish.disk import Parcel
from gazette.publish.lease import LOCK, OUSTED
from gazette.publish.plan import plan
from gazette.publish.release import NO_MORE, Part, Release, decoded, release, some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazette.model.sheet import Proofed
    from gazette.publish.disk import Disk, Progress, Stat
    from gazette.publish.plan import Plan
    from gazette.publish.release import Facts

STORE = ".gazette/editions"
CURRENT = ".courante"
PARTIAL = f"{STORE}/partielle"
WITNESSES = ".temoins"
"""Folder of a release that holds a second link to each of its files: what has none there was put down by hand."""
KEPT = 5
"""Releases on the target, the one on line among them."""
SECOND = 10**9
"""Nanoseconds; a file changed in the second of its record, or after, is read again, as git does with its index."""
LAST = 999_999_999
"""The highest number that a release may bear."""
_OURS = re.compile(r"(\d{6,9})(?:\.json)?")
_CURRENT_LEADS = re.compile(rf"{re.escape(STORE)}/(\d{{6,9}})/?")


@dataclass(frozen=True, slots=True)
class Damage:
    """How an edition on line differs from what was put there."""

    edition: str
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    strange: tuple[str, ...]
    """Files that nobody published."""
    astray: str = ""
    """What stands where the edition's address should lead to it; "": it does."""

    @property
    def is_none(self) -> bool:
        """Tell whether the edition is intact."""
        return not (self.missing or self.changed or self.strange or self.astray)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What ``switch`` puts on line."""

    number: int
    before: int
    """The release on line until then; 0: none."""
    names: tuple[str, ...]
    """Editions it holds."""
    plans: tuple[Plan, ...]


class Releases:
    """Releases side by side on a disk, and one link that says which is on line."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.name = disk.name

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Keep the disk at hand."""
        with self.disk.session():
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[str]:
        """Hold the target; give who died holding it before, or ""."""
        self._look()
        with self.disk.lock() as dead:
            for name in self.disk.names(".gazette"):  # of publishers that died as they came
                if name.startswith(f"{Path(LOCK).name}.") and not name.endswith(OUSTED):
                    self.disk.remove(f".gazette/{name}")
            yield dead

    # ---- what is there

    def number_on_line(self) -> int:
        """Return the number of the release on line; 0 when nothing is; ``TargetError`` when something else is."""
        if not self.disk.kind(CURRENT):
            return 0
        found = _CURRENT_LEADS.fullmatch(self.disk.target_of(CURRENT))
        if found is None or self.disk.kind(_folder(int(found[1]))) != "dossier":
            raise self._taken(CURRENT)
        return int(found[1])

    def _taken(self, path: str) -> TargetError:
        """Make the refusal of what stands in a place of ours."""
        kind = self.disk.kind(path)
        wrong = "ce lien ne mène pas à une édition de Gazette"
        if kind != "lien":
            wrong = f"un {kind} tient la place du lien"
        return TargetError(f"{self.name}/{path} : {wrong} ; retirez-le ou déplacez-le d'abord")

    def load(self, number: int) -> Release | None:
        """Return what is remembered of a release; None when its record is lost, cut or forged."""
        found = decoded(self.disk.read(f"{_folder(number)}.json")) if number else None
        return found if found and found.number == number else None

    def is_used(self) -> bool:
        """Tell whether anything was ever put on line there."""
        return bool(self.disk.kind(CURRENT))

    def on_line(self) -> Release | None:
        """Return what is remembered of what is on line."""
        return self.load(self.number_on_line())

    def kept(self) -> tuple[Release, ...]:
        """Return the releases that are whole, newest first."""
        folders = [n for n in reversed(self._numbers()) if self.disk.kind(_folder(n)) == "dossier"]
        return tuple(r for n in folders if (r := self.load(n)))

    def live(self, names: Sequence[str], *, is_read: bool = False) -> dict[str, Manifest]:
        """Return the files on line of each edition, as far as they stand as they were put there.

        ``is_read``: by their bytes, each read again, and not by their size and stamp, which a hand can put back.
        """
        number = self.number_on_line()
        known, standing = self.load(number), self._standing(number)
        found = {}
        for name in names:
            stats = standing.get(name, {})
            intact = self._intact(known, name, stats, is_read=is_read) if known else {}
            others = {p: Printed("", s.size, "") for p, s in stats.items() if p not in intact}
            found[name] = Manifest(name, {**intact, **others})
        return found

    def _standing(self, number: int) -> Mapping[str, Mapping[str, Stat]]:
        """Return the files of a release by edition; what no witness vouches for is not served, and has no size."""
        found: dict[str, dict[str, Stat]] = {}
        rows = self.disk.stats(_folder(number)) if number else {}
        for path, row in rows.items():
            name, _, rest = path.partition("/")
            if name != WITNESSES and rest:
                is_served = f"{WITNESSES}/{path}" in rows
                found.setdefault(name, {})[rest] = row if is_served else replace(row, size=-1)
        return found

    def _intact(self, known: Release, name: str, stats: Mapping[str, Stat], *, is_read: bool) -> dict[str, Printed]:
        """Return the files that stand as they were put there; read again where size and stamp do not settle it."""
        folder = _folder(known.number)
        recorded = int(self.disk.changed(f"{folder}.json"))
        files = {p: f for p, f in known.manifest(name).files.items() if p in stats and stats[p].size == f.size}
        likely = {p for p, f in files.items() if stats[p].stamp == f.stamp and f.stamp // SECOND < recorded}
        sure = set() if is_read else likely
        doubtful = sorted(set(files) - sure)
        digests = self.disk.digests(f"{folder}/{name}", doubtful) if doubtful else {}
        return {p: f for p, f in files.items() if p in sure or digests.get(p) == f.digest}

    def damages(self) -> tuple[Damage, ...]:
        """Read again, by digest, everything that is on line."""
        number = self.number_on_line()
        known = self.load(number)
        if known is None:
            return ()
        away = {name: self._astray(name) for name in known.parts}
        return tuple(replace(damage, astray=away[damage.edition]) for damage in self._damages(known))

    def _astray(self, name: str) -> str:
        """Return what stands where an edition's link should; "" when it is there."""
        if self.disk.target_of(name) == f"{CURRENT}/{name}":
            return ""
        return {"": "rien", "lien": "un autre lien"}.get(kind := self.disk.kind(name), f"un {kind}")

    def spoiled(self) -> tuple[int, ...]:
        """Return the kept releases that were damaged, each read again where that costs no journey."""
        if not self.disk.is_near():
            return ()
        return tuple(r.number for r in self.kept() if not all(damage.is_none for damage in self._damages(r)))

    def doubts(self) -> Iterator[str]:
        """Yield what is not known any more of what is on line, and what follows."""
        number = self.number_on_line()
        if number and self.load(number) is None:
            yield "le manifeste de ce qui est en ligne manque, ou n'est pas de Gazette ; publier renvoie tout"
        if not number and self.kept():
            reason = "ôté à la main, ou première publication interrompue"
            yield f"le lien {CURRENT} manque ({reason}) ; publier renvoie tout, et efface les éditions gardées"

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file of the disk, of every release, each read again, by path."""
        return self.disk.digests(".", sorted(p for p, stat in self.disk.stats(".").items() if stat.size >= 0))

    def _damages(self, known: Release) -> tuple[Damage, ...]:
        standing = self._standing(known.number)
        return tuple(self._damage(known, name, standing.get(name, {})) for name in known.parts)

    def _damage(self, known: Release, name: str, stats: Mapping[str, Stat]) -> Damage:
        folder, files = f"{_folder(known.number)}/{name}", known.parts[name].files
        there = sorted(p for p in files if p in stats and stats[p].size == files[p].size)
        digests = self.disk.digests(folder, there)
        return Damage(
            name,
            tuple(sorted(p for p in files if p not in stats)),
            tuple(sorted(p for p in files if p in stats and digests.get(p) != files[p].digest)),
            tuple(sorted(p for p in stats if p not in files)),
        )

    def since(self) -> float:
        """Return when the link was switched, in seconds since 1970."""
        return self.disk.changed(CURRENT)

    def _look(self) -> None:
        """Refuse a target where something else stands in our places."""
        for folder in (".gazette", STORE):
            if self.disk.kind(folder) not in {"", "dossier"}:
                raise TargetError(f"{self.name}/{folder} : ce n'est pas un dossier de Gazette ; retirez-le d'abord")
        if self.disk.kind(LOCK) not in {"", "fichier"}:
            raise TargetError(f"{self.name}/{LOCK} : ce n'est pas un verrou de Gazette ; retirez-le d'abord")
        self.number_on_line()

    def _look_at(self, names: Sequence[str]) -> None:
        for name in names:
            if self.disk.kind(name) and self.disk.target_of(name) != f"{CURRENT}/{name}":
                raise self._taken(name)

    # ---- plan and apply

    def plan(self, builds: Sequence[Manifest], *, is_read: bool = False) -> tuple[Plan, ...]:
        """Return what publishing would do, to the editions given and to those that are no more."""
        self._look()
        names = [build.audience for build in builds]
        self._look_at(names)
        former = [name for name in self._linked() if name not in names]
        live = self.live([*names, *former], is_read=is_read)
        return tuple(plan(b, live[b.audience]) for b in (*builds, *(Manifest(name, {}) for name in former)))

    def prepare(self, editions: Sequence[Proofed], facts: Facts, tell: Progress) -> Prepared:
        """Bring every edition whole beside what is on line, verified; nothing is on line yet."""
        plans = self.plan([e.manifest for e in editions], is_read=self.disk.is_near())
        names = tuple(e.manifest.audience for e in editions)
        current = self.number_on_line()
        known = self.load(current)
        told = {name: set(part.files) for name, part in known.parts.items()} if known else None
        wanted = {e.manifest.audience: set(e.manifest.files) for e in editions}
        is_told = known is not None and (told, known.withdrawn) == (wanted, facts.withdrawn)
        if is_told and all(p.is_empty for p in plans):
            return Prepared(current, current, names, plans)
        number = self._next(current)
        self._clean(names)
        new = release(number, editions, facts)
        for edition, planned in zip(editions, plans, strict=False):
            new = self._fill(new, edition, planned, current, tell)
        self.disk.write(f"{_folder(number)}.json", new.encoded())
        self.disk.settle()
        self.disk.rename(PARTIAL, _folder(number))
        return Prepared(number, current, names, plans)

    def _numbers(self) -> list[int]:
        """Return the numbers that a folder or a record bears."""
        return sorted({int(found[1]) for n in self.disk.names(STORE) if (found := _OURS.fullmatch(n))})

    def _next(self, current: int) -> int:
        """Return a number above those of our releases, that nothing bears."""
        taken, number = set(self._numbers()), 1 + max([current, *(r.number for r in self.kept())])
        while number in taken:
            number += 1
        if number > LAST:
            raise TargetError(f"{self.name}/{STORE} : une édition y porte un numéro impossible ; retirez-la d'abord")
        return number

    def _clean(self, names: Sequence[str]) -> None:
        """Make the place of a new release; what an interrupted run left there of these editions may serve."""
        if self.disk.kind(PARTIAL) not in {"", "dossier"}:
            self.disk.remove(PARTIAL)
        self.disk.make(PARTIAL)
        for name in self.disk.names(PARTIAL):
            if name not in names or self.disk.kind(f"{PARTIAL}/{name}") != "dossier":
                self.disk.remove(f"{PARTIAL}/{name}")

    def _fill(self, new: Release, edition: Proofed, planned: Plan, current: int, tell: Progress) -> Release:
        """Complete one edition of the partial release, from what an interrupted run left there; verify every file."""
        name = edition.manifest.audience
        folder, files = f"{PARTIAL}/{name}", edition.manifest.files
        there = self._left(folder, files)
        sent = [p for p in planned.uploads if p not in there]
        _prove(edition, sent)
        kept = [p for p in planned.keeps if p not in there]
        self.disk.make(folder)
        self.disk.fill(folder, Parcel(Path(edition.root), sent, f"{_folder(current)}/{name}", kept), tell)
        stats = self.disk.stats(folder)
        digests = self.disk.digests(folder, sent)
        wrong = [p for p, f in files.items() if p not in stats or stats[p].size != f.size]
        wrong += [p for p in sent if digests.get(p) != files[p].digest]
        if wrong or len(stats) != len(files):
            told = min(wrong) if wrong else min(set(stats) - set(files))
            raise TargetError(
                f"{self.name} : {name}/{told} n'est pas arrivé tel qu'il a été vérifié ; relancez la publication"
            )
        witness = Parcel(Path(edition.root), (), folder, sorted(files))
        self.disk.make(f"{PARTIAL}/{WITNESSES}/{name}")
        self.disk.fill(f"{PARTIAL}/{WITNESSES}/{name}", witness, lambda _: None)
        arrived = {p: replace(f, stamp=stats[p].stamp, key="", sources=()) for p, f in files.items()}
        return replace(new, parts={**new.parts, name: Part(arrived, new.parts[name].sources)})

    def _left(self, folder: str, files: Mapping[str, Printed]) -> set[str]:
        """Return the files that an interrupted run brought whole; the others it left are removed."""
        stats: Mapping[str, Stat] = self.disk.stats(folder)
        likely = sorted(p for p, s in stats.items() if p in files and s.size == files[p].size)
        digests = self.disk.digests(folder, likely) if likely else {}
        whole = {p for p in likely if digests.get(p) == files[p].digest}
        if len(whole) < len(stats):
            for path in sorted(set(stats) - whole):
                self.disk.remove(f"{folder}/{path}")
        return whole

    def switch(self, prepared: Prepared) -> None:
        """Put it on line: one rename for all editions."""
        if prepared.number != prepared.before:
            self.disk.point(CURRENT, _folder(prepared.number))
        self._link(prepared.names)

    def _link(self, names: Sequence[str]) -> None:
        linked = self._linked()
        for name in names:
            if name not in linked:
                self.disk.point(name, f"{CURRENT}/{name}")
        for name in linked:
            if name not in names:
                self.disk.remove(name)

    def _linked(self) -> list[str]:
        """Return the names of the editions that have a link."""
        return [name for name in self.disk.names("") if self.disk.target_of(name) == f"{CURRENT}/{name}"]

    def finish(self, prepared: Prepared, facts: Facts) -> tuple[Release, ...]:
        """Keep five releases, none that came after the one that was on line, and none that may not be kept.

        Return those that may not be kept: withdrawn is gone from them too.
        """
        self.disk.remove(PARTIAL)
        others = [n for n in self._numbers() if n != prepared.number]
        known = {r.number: r for r in self.kept()}
        barred = tuple(n for n in others if n in known and known[n].is_barred(facts))
        spare = [n for n in others if n in known and n <= prepared.before and n not in barred][-(KEPT - 1) :]
        for number in others:
            if number not in spare:
                self.disk.remove(_folder(number))
                self.disk.remove(f"{_folder(number)}.json")
        return tuple(known[n] for n in barred)

    def clear(self, _: str, facts: Facts) -> tuple[Plan, ...]:
        """Put on line a release without any edition, and keep none: no way back may bring it on line again."""
        if not self._linked():
            return ()
        prepared = self.prepare((), facts, lambda _: None)
        self.switch(prepared)
        self.finish(replace(prepared, before=0), facts)
        return prepared.plans

    # ---- the way back

    def back(self, number: int, facts: Facts) -> Release:
        """Put a kept release on line again, in one switch; 0 means the one before. ``TargetError`` when it may not."""
        kept = {r.number: r for r in self.kept()}
        current = self.number_on_line()
        number = number or max((n for n in kept if n < current), default=0)
        if number not in kept:
            told = ", ".join(str(n) for n in sorted(kept) if n != current)
            told = told or "aucune ; faites « git revert », puis publiez à nouveau"
            raise TargetError(f"{self.name} : pas d'édition gardée sous ce numéro ; éditions gardées : {told}")
        wanted = kept[number]
        refused = wanted.refusals(facts)
        if refused:
            raise TargetError(
                f"l'édition {number} montre ce qui ne doit plus l'être ({NO_MORE}) : {some(refused)} ; "
                "corrigez les textes (ou « git revert »), puis publiez à nouveau"
            )
        if not all(damage.is_none for damage in self._damages(wanted)):
            remedy = "choisissez-en une autre, ou faites « git revert », puis publiez"
            raise TargetError(f"l'édition {number} a été abîmée sur la cible : elle ne revient pas ; {remedy}")
        names = tuple(name for name in wanted.parts if not self._revives(name, wanted, current))
        self._look_at(names)
        for name in sorted(set(self._linked()) - set(names)):
            self.disk.remove(name)  # before the switch: a dead address is never on line, even for an instant
        self.switch(Prepared(number, current, names, ()))
        return wanted

    def _revives(self, name: str, wanted: Release, current: int) -> bool:
        """Tell whether an edition is token feeds with an address that is no longer on line: it stays dead."""
        known = self.load(current)
        there = known.manifest(name).files if known and name in self._linked() else {}
        return name.endswith(SUFFIX) and not set(wanted.parts[name].files) <= set(there)


def _folder(number: int) -> str:
    return f"{STORE}/{number:06}"


def _prove(edition: Proofed, paths: Sequence[str]) -> None:
    """Read what will be sent: it is what was proofed, or nothing is sent."""
    for path in paths:
        source = f"{edition.root}/{path}"
        try:
            digest = hashlib.sha256(Path(source).read_bytes()).hexdigest()
        except OSError as error:
            raise TargetError(f"{source} : fichier disparu depuis sa vérification ; relancez la publication") from error
        if digest != edition.manifest.files[path].digest:
            raise TargetError(f"{source} : fichier modifié depuis sa vérification ; relancez construire --frais")
