"""``target()`` and ``publish()``: where editions go, and how all of them go on line together or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gazette.errors import AbsentError, ConfigurationError, TargetError
from gazette.model.sheet import Manifest, Proofed
from gazette.model.token import SUFFIX
from gazette.publish.places import KINDS
from gazette.publish.release import NO_MORE, some
from gazette.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazette.publish.disk import Progress
    from gazette.publish.plan import Plan
    from gazette.publish.release import Facts, Release
    from gazette.publish.releases import Damage


class Place(Protocol):
    """One folder, bucket or archive where editions go on line together."""

    name: str
    """How messages call it; without credentials."""

    def session(self) -> AbstractContextManager[object]:
        """Keep a connection open."""
        ...

    def alone(self) -> AbstractContextManager[str]:
        """Hold the place; give who died holding it before, or ""; ``BusyError`` while another publishes."""
        ...

    def plan(self, builds: Sequence[Manifest]) -> tuple[Plan, ...]:
        """Return what publishing would do."""
        ...

    def prepare(self, editions: Sequence[Proofed], facts: Facts, tell: Progress) -> Any:  # noqa: ANN401  # its own
        """Bring everything that can be brought without a reader seeing it; the result has ``plans``."""
        ...

    def switch(self, prepared: Any) -> None:  # noqa: ANN401
        """Put it on line."""
        ...

    def finish(self, prepared: Any, facts: Facts) -> tuple[Release, ...]:  # noqa: ANN401
        """Remove what is no more; return the kept releases that may not come back, and are gone."""
        ...

    def clear(self, edition: str, facts: Facts) -> tuple[Plan, ...]:
        """Take off line the edition that was alone there; nothing, where nothing is."""
        ...

    def is_used(self) -> bool:
        """Tell whether anything was ever put on line there; asking makes nothing."""
        ...

    def on_line(self) -> Release | None:
        """Return what the place remembers of what is on line."""
        ...

    def since(self) -> float:
        """Return when it went on line, in seconds since 1970; 0 when unknown."""
        ...

    def kept(self) -> tuple[Release, ...]:
        """Return the releases that may be put on line again, newest first."""
        ...

    def damages(self) -> tuple[Damage, ...]:
        """Read everything on line again, and tell what is not as it was put there."""
        ...

    def spoiled(self) -> tuple[int, ...]:
        """Return the numbers of kept releases that were damaged, as far as it can be told at once."""
        ...

    def doubts(self) -> Iterable[str]:
        """Yield what is not known any more of what is on line, and what follows, in French."""
        ...

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file that stands there, kept releases included, each read again, by path."""
        ...

    def back(self, number: int, facts: Facts) -> Release:
        """Put a kept release on line again; 0 means the one before."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """What a name in ``publishconf.py`` stands for."""

    name: str
    settings: Mapping[str, Any]
    is_remote: bool
    is_live: bool = True
    """Whether readers see what was published at once; no: someone else puts it on line."""

    def places(self, editions: Iterable[str]) -> dict[str, tuple[Place, list[str]]]:
        """Return each place and the editions that go there, in their order; ``ConfigurationError`` when two clash."""
        found: dict[str, tuple[Place, list[str]]] = {}
        for edition in editions:
            settings = self._settings_of(edition)
            if settings is None:
                continue
            place = KINDS[settings["type"]].place(self.name, settings, edition)
            known = found.setdefault(place.name, (place, []))
            if known[1] and KINDS[settings["type"]].is_for_one:
                clash = f"cible {self.name} : {known[1][0]} et {edition} iraient au même endroit ({place.name})"
                raise ConfigurationError(f"{clash} ; écrivez {{edition}} dans son adresse")
            known[1].append(edition)
        return found

    def _settings_of(self, edition: str) -> Mapping[str, Any] | None:
        """Return the settings of one edition; a token tree goes with its edition, unless it has settings of its own.

        But not where someone else puts it on line: an ENT that reads feeds cannot log in to get them.
        """
        own = self.settings.get("editions")
        if edition.endswith(SUFFIX) and not self.is_live and edition not in (own or ()):
            return None
        if own is None:
            return self.settings
        chosen = next((name for name in (edition, edition.removesuffix(SUFFIX)) if name in own), None)
        if chosen is None:
            return None
        return {**self.settings, **(own[chosen] if isinstance(own, dict) else {})}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication did."""

    plans: tuple[Plan, ...]
    notes: tuple[str, ...]
    """What else there is to tell, in French."""


def target(settings: Path, name: str, folder: str = "") -> Target:
    """Return the target of that name; ``ConfigurationError`` when there is none, or when it lacks something."""
    targets = settings_of(settings).get("TARGETS", {})
    if name not in targets:
        raise ConfigurationError(f"cible inconnue « {name} » ; publishconf.py déclare : {', '.join(targets)}")
    chosen = dict(targets[name])
    kind = chosen.get("type")
    if kind not in KINDS:
        raise ConfigurationError(f"cible {name} : type inconnu « {kind} » ; types : {', '.join(KINDS)}")
    if folder:
        chosen["dossier"] = str(Path(folder).resolve())
    KINDS[kind].check(name, chosen)
    return Target(name, chosen, KINDS[kind].is_remote, KINDS[kind].is_live)


def limits(
    target: Target, *, now: dt.datetime | None = None, day: dt.datetime | None = None, uncommitted: int | None = 0
) -> Iterator[str]:
    """Yield what only a folder of this machine accepts; ``ConfigurationError`` where readers are elsewhere."""
    told = []
    if now and day and day > now:
        told.append(f"jour à venir ({day:%d/%m/%Y})")
    if uncommitted != 0:
        told.append(
            f"{uncommitted} fichier(s) pas encore enregistré(s) dans git" if uncommitted else "contenu hors de git"
        )
    for what in told:
        if target.is_remote:
            raise ConfigurationError(f"{what} : la cible {target.name} ne l'accepte pas, seule une cible local le fait")
        yield f"{what[0].upper()}{what[1:]} : permis pour une cible local seulement."


def plans(
    target: Target, builds: Sequence[Manifest], gone: Iterable[str] = (), withdrawn: frozenset[str] = frozenset()
) -> tuple[Plan, ...]:
    """Return what publishing would do, and change nothing; ``withdrawn`` as in ``Facts``."""
    found: list[Plan] = []
    by_name = {build.audience: build for build in builds}
    for place, name in _left(target, by_name, gone):
        with contextlib.suppress(AbsentError), place.session():
            found += place.plan([Manifest(name, {})]) if place.is_used() else ()
    for place, names in target.places(by_name).values():
        with place.session():
            _check_withdrawals(place, withdrawn)
            found += place.plan([by_name[name] for name in names])
    return tuple(found)


def _check_withdrawals(place: Place, withdrawn: frozenset[str]) -> None:
    """Refuse a register that lacks what the place knows to be withdrawn: a clone left behind, an old backup (R19)."""
    known = place.on_line()
    lacking = len(known.withdrawn - withdrawn) if known else 0
    if lacking:
        raise TargetError(
            f"{place.name} : {lacking} retrait(s) déjà en ligne ne sont pas dans registres/retraits.yml d'ici : "
            "ce dépôt est en retard, ou revient d'une sauvegarde ; faites « git pull » (ou remettez le registre), puis "
            "relancez"
        )


def _left(target: Target, known: Iterable[str], gone: Iterable[str]) -> Iterator[tuple[Place, str]]:
    """Yield the places that hold nothing but what is gone; in the others, it goes with the next publication."""
    kept = target.places(known)
    for name in gone:
        for place, _ in target.places([name]).values():
            if place.name not in kept:
                yield place, name


def publish(
    target: Target, editions: Sequence[Proofed], facts: Facts, tell: Progress, gone: Iterable[str] = ()
) -> Outcome:
    """Prepare every edition everywhere, then switch place after place as fast as can be, then clean.

    ``gone``: what is not printed, or no longer, and must not stay where it was alone (token feeds that are off).
    """
    if any(not isinstance(edition, Proofed) for edition in editions):
        raise TypeError("publish() takes Proofed only")
    by_name = {edition.manifest.audience: edition for edition in editions}
    places = target.places(by_name)
    if not places:
        raise TargetError(f"cible {target.name} : aucune des éditions construites ne lui est destinée")
    left = sorted(set(by_name) - {name for _, names in places.values() for name in names})
    notes = [f"{name} : cette édition ne va pas sur la cible {target.name}" for name in left]
    with ExitStack() as stack:
        for place, _ in places.values():
            stack.enter_context(place.session())
            dead = stack.enter_context(place.alone())
            if dead:
                notes.append(
                    f"{place.name} : la publication précédente s'était interrompue ({dead}) ; elle est reprise"
                )
            _check_withdrawals(place, facts.withdrawn)
            notes += [f"{place.name} : {doubt}" for doubt in place.doubts()]
        ready = [(p, p.prepare([by_name[n] for n in names], facts, tell)) for p, names in places.values()]
        for place, prepared in ready:
            place.switch(prepared)
        for place, prepared in ready:
            notes += _barred(place, place.finish(prepared, facts), facts)
    done = [plan for _, prepared in ready for plan in prepared.plans]
    for place, name in _left(target, by_name, gone):
        with contextlib.suppress(AbsentError), place.session():
            done += _cleared(place, name, facts)
    return Outcome(tuple(done), tuple(notes))


def _barred(place: Place, gone: Sequence[Release], facts: Facts) -> Iterator[str]:
    """Yield which kept releases are gone, because of what, and what to do instead of a way back."""
    if gone:
        numbers = ", ".join(str(release.number) for release in gone)
        paths = some(sorted({path for release in gone for path in release.refusals(facts)}))
        told = f"éditions gardées effacées : {numbers} ; elles montraient ce qui ne doit plus l'être ({NO_MORE})"
        yield f"{place.name} : {told} : {paths} ; pour revenir à avant, « git revert », puis publiez"


def held(target: Target, editions: Iterable[str], digests: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the places of a target, all read again, and every file there that has one of these SHA-256."""
    searched, found = [], []
    for place, _ in target.places(editions).values():
        with place.session():
            searched.append(place.name)
            found += [f"{place.name}/{path}" for path, digest in sorted(place.digests().items()) if digest in digests]
    return searched, found


def _cleared(place: Place, name: str, facts: Facts) -> tuple[Plan, ...]:
    """Take off line what was alone there, where anything was."""
    if not place.is_used():
        return ()
    with place.alone():
        return place.clear(name, facts)


def go_back(target: Target, editions: Iterable[str], number: int, facts: Facts) -> list[tuple[str, Release]]:
    """Put a kept release on line again in every place of the target; 0 means the one before."""
    done = []
    for place, _ in target.places(editions).values():
        with place.session(), place.alone():
            _check_withdrawals(place, facts.withdrawn)
            done.append((place.name, place.back(number, facts)))
    return done
