"""What templates are given: small frozen values, already sorted, dated and linked.

An ``href`` is relative to the edition's root (``actualites/defi-maths/``) or absolute (another edition, the web);
the ``lien`` filter makes it relative to the page. "" means « no page ».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.model.duration import last_day

if TYPE_CHECKING:
    from datetime import date

    from gazette.model.body import Body
    from gazette.model.entry import Ecole, Entry
    from gazette.model.media import Video
    from gazette.model.moment import Moment
    from gazette.model.newsroom import Fil, LegalNotice
    from gazette.model.picture import Audio, Document, Picture


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link."""

    title: str
    href: str
    detail: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What every page of an edition shares."""

    title: str
    motto: str
    address: str
    edition: str
    edition_title: str
    editions: tuple[Link, ...]
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    accessibility: str
    """« Accessibilité : non conforme »."""
    feeds: tuple[Link, ...]
    """Feeds told in ``<head>``; ``detail`` is the media type."""
    logo: Picture | None = None
    inks: str = ""
    """Address of the style sheet of the circonscription's own colours, or ""."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself."""

    title: str
    """Without the site's name."""
    description: str
    address: str
    """Edition-root-relative, e.g. ``actualites/defi-maths/``; "" for the home."""
    section: str = ""
    """First segment of the address, to mark the menu."""
    breadcrumb: tuple[Link, ...] = ()
    """From the home (excluded) to the parent."""
    feeds: tuple[Link, ...] = ()
    """Feeds of this page, told in ``<head>`` too."""
    is_indexed: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in a list."""

    title: str
    href: str
    summary: str
    date: Moment
    fil: Fil
    author: str
    levels: tuple[str, ...]
    marks: tuple[str, ...]
    """Short words shown as tags: « NS n° 3 », « échéance », « n° 8 »."""
    audience: str
    """Title of its audience when it is more restricted than the most open one, or ""."""
    is_pinned: bool
    notice: str
    """In the preview, why readers do not see it yet, or ""."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in a list."""

    label: str
    title: str
    """Of the entry it comes from."""
    author: str
    """Who signs that entry."""
    href: str
    due: Moment
    fil: Fil | None
    schools: tuple[str, ...]
    """Names of the schools concerned; none: all."""
    codes: tuple[str, ...]
    """Their UAIs."""
    link: str
    """An https address where the thing is done, or ""."""
    days_left: int | None
    """Negative: late. None where it is not told: an entry's page does not change every day."""
    notice: str
    calendar: str
    """Of the file that puts it in an agenda."""


@dataclass(frozen=True, slots=True)
class OriginLine:
    """A school that published a dépêche."""

    school: Link
    """Its page in the directory; without ``href`` when this edition has none."""
    original: str
    """Web address of what it published, or ""."""
    seen: date


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, a window or a deadline on the frise."""

    id: str
    """Anchor on the frise page."""
    title: str
    href: str
    """Of the entry it comes from; "": it has none."""
    start: Moment
    end: Moment | None
    place: str
    schools: tuple[str, ...]
    """Names."""
    fils: tuple[Fil, ...]
    nature: str
    """``evenement``, ``fenetre``, ``echeance``, ``outil``."""
    state: str
    """``prevu``, ``deplace``, ``annule``."""
    summary: str
    audience: str
    notice: str
    body: Body
    """Text of an event that has no page of its own; it may be empty (``body.words`` is 0)."""
    hrefs: tuple[str, ...]
    """Of the body's references."""
    uais: tuple[str, ...] = ()
    """Of the schools it names, or else its entry does; none: all."""
    cycles: tuple[int, ...] = ()
    """That its entry names; none: all."""
    calendar: str = ""
    """Of the file that puts it in an agenda, with its other dates."""
    origins: tuple[OriginLine, ...] = ()
    """Schools whose dépêches announce it; none: the circonscription does."""

    @property
    def last_day(self) -> date:
        """Return the day on which it is over."""
        return last_day(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SchoolTime:
    """Today in the school's time."""

    day: date
    label: str
    """« lundi 23 novembre 2026 · semaine 48 · période 2 »."""
    ahead: str
    """« vacances de Noël dans 26 jours · zone A », or ""."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A fil on the home page."""

    fil: Fil
    href: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """What lists tell of a tool; named as in ``Outil``, without its text."""

    tool: str
    publisher: str
    cycles: tuple[int, ...]
    price: str
    has_pupil_account: bool
    data: str
    checked: date


@dataclass(frozen=True, slots=True)
class ToolCard:
    """The weekly tool on the home page and in lists."""

    card: Card
    entry: ToolFacts


@dataclass(frozen=True, slots=True)
class HomeView:
    """``accueil.html``."""

    head: PageHead
    template: str
    time: SchoolTime
    due: tuple[Due, ...]
    lanes: tuple[Lane, ...]
    tool: ToolCard | None
    next: tuple[Happening, ...]
    week: Link | None
    """The current week's page, or the last one's; None before the first."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page stands in a list of pages."""

    number: int
    total: int
    links: tuple[Link, ...]
    """All pages; the current one is marked."""

    @property
    def previous(self) -> Link | None:
        """Return the page before, if any."""
        return self.links[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Link | None:
        """Return the page after, if any."""
        return self.links[self.number] if self.number < self.total else None


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to choose among the entries of a list: « Par cycle »."""

    title: str
    links: tuple[Link, ...]
    """``detail`` is how many entries each holds."""


@dataclass(frozen=True, slots=True)
class ListView:
    """``fil.html``: one page of a fil's list, or of a selection of it."""

    head: PageHead
    template: str
    fil: Fil
    approvers: tuple[str, ...]
    """Who may approve, as functions: « L’IEN »."""
    selection: str
    """« cycle 2 », or "" for the whole fil."""
    count: int
    """Entries of all its pages."""
    cards: tuple[Card, ...]
    pages: Pages
    choices: tuple[Choice, ...]
    """On the first page only: the others lead to it."""


@dataclass(frozen=True, slots=True)
class ToolListView:
    """``outils.html``: the tools, all or what was chosen among them."""

    head: PageHead
    template: str
    fil: Fil
    approvers: tuple[str, ...]
    tools: tuple[ToolCard, ...]
    filters: tuple[Link, ...]
    """Cycles, « sans compte élève »; ``detail`` is how many sheets each holds."""
    choices: tuple[Choice, ...]
    """What else may be chosen."""
    is_whole: bool
    """All the sheets; a reader may keep the day of a visit in its address."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """``actualite.html``, ``projet.html``, ``info_direction.html``, ``outil.html``, ``page.html``, ``ecole.html``."""

    head: PageHead
    template: str
    entry: Entry
    fil: Fil | None
    author: str
    audience: str
    notice: str
    body: Body
    hrefs: tuple[str, ...]
    """By rank of the body's references; "" where there is nothing to link to."""
    pictures: tuple[Picture | None, ...]
    """By rank of the body's references; None where the reference is no picture."""
    gallery: tuple[Picture, ...]
    """Pictures the text does not place itself."""
    sounds: tuple[Audio, ...]
    documents: tuple[Document, ...]
    videos: tuple[Video, ...]
    due: tuple[Due, ...]
    happenings: tuple[Happening, ...]
    schools: tuple[Link, ...]
    tools: tuple[Link, ...]
    also_in: tuple[Link, ...]
    related: tuple[Card, ...]
    """Cards to read on: for an outil « ils l'ont utilisé »."""
    origins: tuple[OriginLine, ...]
    """Of a dépêche: the school it comes from, then those that published it too; none: the circonscription wrote it."""
    previous: Card | None
    next: Card | None
    school: SchoolDesk | None = None
    """For an école."""
    tool: ToolDesk | None = None
    """For an outil."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the frise."""

    day: date
    is_today: bool
    is_past: bool
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a period."""

    title: str
    """« novembre 2026 »."""
    anchor: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the school year, or the holidays after it."""

    title: str
    """« Période 2 »."""
    anchor: str
    start: date
    end: date
    is_past: bool
    is_current: bool
    months: tuple[Month, ...]
    days_off: tuple[Band, ...]
    """Public holidays and bridges within it."""
    rest: tuple[Band, ...]
    """The holidays that follow it, then their public holidays; () when they are a period of their own."""


@dataclass(frozen=True, slots=True)
class Track:
    """A fil in the overview of a year."""

    fil: Fil | None
    """None: what no fil announces."""
    row: int
    """Its first row, counted from the top of the overview."""
    rows: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A happening in the overview."""

    id: str
    """Anchor of the happening."""
    title: str
    start: date
    end: date
    """Where it ends in the drawing."""
    nature: str
    state: str
    track: int
    """Rank of its track."""
    row: int
    """Counted from the top of the overview."""
    first: date
    """Its own first day, which may be of the year before."""
    last: date
    """Its own last day, which may be of the year after."""


@dataclass(frozen=True, slots=True)
class Band:
    """Holidays in the overview."""

    title: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Overview:
    """A school year drawn: the happenings of its list, in the same order."""

    start: date
    end: date
    months: tuple[date, ...]
    """Their first days."""
    bands: tuple[Band, ...]
    tracks: tuple[Track, ...]
    marks: tuple[Mark, ...]

    @property
    def days(self) -> int:
        """Return how many days it is wide."""
        return (self.end - self.start).days + 1

    @property
    def rows(self) -> int:
        """Return how many rows it is high."""
        return sum(track.rows for track in self.tracks)


@dataclass(frozen=True, slots=True)
class FriseView:
    """``frise.html``: a school year, all lanes or one, or what names a cycle or a school."""

    head: PageHead
    template: str
    time: SchoolTime | None
    """None on every page but the whole current year's: the others are not printed again each day."""
    known: date | None
    """Day of the last change of what is shown; None: nothing is."""
    label: str
    """« 2026-2027 »."""
    selection: str
    """« cycle 2 », or "" for everything or one lane."""
    periods: tuple[Period, ...]
    count: int
    lanes: tuple[Link, ...]
    years: tuple[Link, ...]
    choices: tuple[Choice, ...]
    overview: Overview
    cycles: tuple[int, ...]
    """Named by what is shown."""
    schools: tuple[tuple[str, str], ...]
    """Named by what is shown: name and UAI."""
    poster: str
    """Address of the year's poster."""


@dataclass(frozen=True, slots=True)
class PosterView:
    """``affiche.html``: a school year on a sheet of A3."""

    head: PageHead
    template: str
    time: SchoolTime | None
    """None when the year is not the current one."""
    known: date | None
    """Day of the last change of what is shown; None: nothing is."""
    label: str
    months: tuple[Month, ...]
    """Of the calendar: a period may begin within one."""
    count: int
    overview: Overview


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Deadlines under one heading: « Cette semaine »."""

    title: str
    items: tuple[Due, ...]
    older: tuple[Due, ...] = ()
    """Late for long: told folded."""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class DueView:
    """``echeances.html``."""

    head: PageHead
    template: str
    time: SchoolTime
    groups: tuple[DueGroup, ...]
    school: str
    """Whose page it is, or "": everybody's."""
    schools: tuple[Link, ...]
    """Pages of the schools that something names."""
    calendar: str
    """Absolute address of the same as a calendar."""


@dataclass(frozen=True, slots=True)
class FicheView:
    """``fiche.html``: a school year to copy into the ENT's own frise, one thing a line."""

    head: PageHead
    template: str
    label: str
    """« 2026-2027 »."""
    happenings: tuple[Happening, ...]
    ent_name: str
    years: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WeekView:
    """``semaine.html``: a week of class; nothing in it depends on the day once the week is over."""

    head: PageHead
    template: str
    label: str
    """« Semaine 47 »."""
    is_current: bool
    """It goes on: more may come."""
    has_holidays: bool
    """Some of it was published in the holidays before."""
    lanes: tuple[Lane, ...]
    """What was published, by fil; the week's tool apart."""
    tool: ToolCard | None
    due_title: str
    """« À faire la semaine suivante »."""
    due: tuple[Due, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """A school in the directory."""

    entry: Ecole
    href: str
    number: int = 0
    """Its rank in the list, which the map shows; 0 for a service."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A school on the map; units of the drawing."""

    number: int
    title: str
    town: str
    href: str
    x: float
    """Of its marker."""
    y: float
    point_x: float
    """Of the place itself, where the marker had to stand aside."""
    point_y: float

    @property
    def is_aside(self) -> bool:
        """Tell whether the marker stands away from the place."""
        return (self.x, self.y) != (self.point_x, self.point_y)


@dataclass(frozen=True, slots=True)
class MapTown:
    """A town's name on the map."""

    name: str
    anchor: str
    """``start``, ``middle`` or ``end``."""
    x: float
    y: float
    """Of its middle line."""


@dataclass(frozen=True, slots=True)
class SchoolMap:
    """The schools of the list, where they stand."""

    width: int
    height: int
    kilometres: float
    """A side of a square of its paper."""
    square: float
    """The same in units."""
    places: tuple[MapPlace, ...]
    towns: tuple[MapTown, ...]


@dataclass(frozen=True, slots=True)
class SchoolsView:
    """``ecoles.html``: the directory, by town; services (RASED, team) apart."""

    head: PageHead
    template: str
    towns: tuple[tuple[str, tuple[SchoolCard, ...]], ...]
    services: tuple[SchoolCard, ...]
    map: SchoolMap | None
    """None where too few schools say where they stand."""
    unplaced: int
    """Schools that the map cannot show."""
    links: tuple[Link, ...]
    """The deployment of the ENT among them, where it is told."""


@dataclass(frozen=True, slots=True)
class ToolStep:
    """A step of a sheet, with its picture."""

    text: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class ToolDesk:
    """What the page of a tool says besides its entry."""

    steps: tuple[ToolStep, ...]
    skills: tuple[tuple[str, str], ...]
    """Number and name of each competence."""
    contact: str
    """Function address of whom to ask for help, or ""."""


@dataclass(frozen=True, slots=True)
class SchoolDesk:
    """What a school's page gathers of the rest of the edition."""

    projects: tuple[Card, ...]
    entries: tuple[Card, ...]
    """Other entries that name it or that it signed."""
    next: tuple[Happening, ...]
    """What it takes part in from today on."""
    links: tuple[Link, ...]
    """Its dates and deadlines, its feed, its calendar."""


@dataclass(frozen=True, slots=True)
class SubscribeFil:
    """One feed in its formats; every address is absolute."""

    name: str
    """For anchors."""
    fil: Fil | None
    """None: everything, the frise, a cycle, a school."""
    title: str
    description: str
    approvers: tuple[str, ...]
    rss: str
    """The ENT-profile feed; "" where the ENT could not fetch it."""
    atom: str
    json: str
    calendar: str
    """"" when it has none."""
    ent_calendar: str
    """The same in the ENT's profile; "" where the ENT could not fetch it."""


@dataclass(frozen=True, slots=True)
class SubscribeGroup:
    """Feeds under one heading: « Par cycle »."""

    title: str
    feeds: tuple[SubscribeFil, ...]


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """``fils.html``: how to subscribe."""

    head: PageHead
    template: str
    groups: tuple[SubscribeGroup, ...]
    """The first follows the whole circonscription and its fils."""
    calendars: tuple[Link, ...]
    """Of the whole edition; none while they are not printed."""
    fiche: str
    """Address of this year's dates, to copy."""
    podcast: str
    """Address of the recordings, or ""."""
    opml: str
    ent_name: str
    is_restricted: bool
    """The ENT cannot fetch the feeds of this edition."""
    token_edition: str
    """Name of this edition when it has feeds for the ENT, whose addresses stand on no page; or ""."""
    contact: str
    """Whom to ask for what no page tells, or ""."""


@dataclass(frozen=True, slots=True)
class LegalView:
    """``mentions-legales.html``, ``donnees-personnelles.html``, ``accessibilite.html``."""

    head: PageHead
    template: str
    title: str
    legal: LegalNotice
    pages: tuple[Link, ...]
    """Pages of each kind, for the accessibility sample."""


@dataclass(frozen=True, slots=True)
class MapView:
    """``plan-du-site.html``."""

    head: PageHead
    template: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """``recherche.html``."""

    head: PageHead
    template: str
    has_engine: bool
    """False: titles only (``--sans-recherche``)."""
    years: tuple[Link, ...]
    """Pages of titles; ``detail`` is how many they hold, and the engine's index has the same last segment."""
    fils: tuple[Link, ...]
    """What to narrow to; ``href`` is the name that records bear."""
    cycles: tuple[int, ...]
    schools: tuple[tuple[str, str], ...]
    """Name and UAI."""
    stop_words: str
    """Words that are not looked for."""


@dataclass(frozen=True, slots=True)
class TitlesView:
    """``titres.html``: every title of a school year, by its first letter."""

    head: PageHead
    template: str
    title: str
    count: int
    letters: tuple[tuple[str, tuple[Link, ...]], ...]
    """``detail`` is the day, ISO 8601, or ""."""


@dataclass(frozen=True, slots=True)
class PlainView:
    """``404.html``: a page with nothing of its own."""

    head: PageHead
    template: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MovedView:
    """``deplacee.html``: what stands at a former address of an entry."""

    head: PageHead
    template: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart; the table beside it says the same."""

    label: str
    """Shortened where it would not fit."""
    value: str
    """« 66,7 % »."""
    width: float
    """Of the full bar, from 0 to 100."""


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """How many of how many, as a table shows it."""

    label: str
    href: str
    """Of the école, or ""."""
    part: str
    """« 4 écoles »."""
    whole: str
    """« 6 écoles »."""
    rate: str
    day: date
    cost: str
    """« 1,62 € par élève », or ""."""
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """What is counted alike: « Par commune »."""

    title: str
    anchor: str
    first: str
    """Title of the first column."""
    lines: tuple[CoverageLine, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DeploymentView:
    """``deploiement.html``: how far the ENT reaches."""

    head: PageHead
    template: str
    latest: CoverageLine | None
    """Of the circonscription."""
    tables: tuple[CoverageTable, ...]
    audience: str
    """Title of who may read it when not everybody may, or ""."""
    ent_name: str
    links: tuple[Link, ...]
    """The survey and the adhesion, where they are."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer of the survey."""

    label: str
    schools: int | None
    rate: str


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A question of the survey with what may be told of its answers."""

    title: str
    is_multiple: bool
    lines: tuple[AnswerLine, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class SurveyView:
    """``enquete.html``: the survey of the comités locaux du numérique, in aggregates."""

    head: PageHead
    template: str
    day: date
    scope: str
    asked: int
    answered: int
    rate: str
    questions: tuple[QuestionBlock, ...]
    audience: str


@dataclass(frozen=True, slots=True)
class AdhesionView:
    """``adhesion.html``: how a commune joins the ENT; a date is None where holidays are not known yet."""

    head: PageHead
    template: str
    label: str
    """School year it is for: « 2027-2028 »."""
    talk_by: date | None
    """Last day of class before the campaign."""
    opens: date | None
    due: date | None
    """Two months after the campaign opens, on a day of class."""
    year: int
    """In which the school year it is for begins."""
    link: str
    cost: str
    checked: date | None
    ent_name: str
    contact: str
    """Function address of whom to ask, or ""."""


@dataclass(frozen=True, slots=True)
class HelpView:
    """``aide.html``: whom to ask, with the subject already written."""

    head: PageHead
    template: str
    referent: str
    """A function: « L’ERUN »."""
    contact: str
    subjects: tuple[tuple[str, str], ...]
    """What one may ask, and the subject of the message."""
    tools: tuple[Link, ...]
    """``detail`` is the tool's name."""
