"""What nginx is told: each edition at its address, who may read it, and how long a browser keeps what it got."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gazette.errors import ConfigurationError
from gazette.model.detour import Detours
from gazette.model.token import token_audience
from gazette.publish.releases import CURRENT, WITNESSES
from gazette.publish.server import Gateway, Network, Passwords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.model.newsroom import Audience, Newsroom
    from gazette.publish.server import Access, Server

HEAD = """\
# Écrit par « ./gazette serveur » : ne le changez pas, relancez la commande. À inclure dans le bloc « http » de nginx.
# Ce qui est retiré répond 410, une ancienne adresse 301 : cela suit le contenu, donc relancez-la à chaque publication.

# Ce qui porte une empreinte dans son nom ne change jamais ; le reste se redemande, et répond 304 s’il n’a pas changé.
map $uri $gazette_garde {
  default no-cache;
  "~/media/[0-9a-f]{24}[-.][^/]+$" "max-age=31536000, immutable";
  "~/theme/[a-z-]+\\.[0-9a-f]{8}\\.[a-z0-9]+$" "max-age=31536000, immutable";
}
"""
POLICY = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",  # the search engine is WebAssembly, which evaluates no text
    *(f"{kind}-src 'self'" for kind in ("style", "img", "media", "font", "connect", "worker")),
    "form-action 'self'",
    "base-uri 'none'",
)
"""Of pages: nothing from elsewhere, nothing written in a page itself (Content Security Policy 3)."""
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
SEALED = "location ~ /\\.(?!well-known/gazette\\.json$) { return 404; }"
"""Dot files are not the edition's, but for one."""


ENTRANCE = "error_page 401 = @entree;"
"""Who is not logged in is led to where one logs in."""


@dataclass(frozen=True, slots=True)
class Site:
    """One folder at one address."""

    audience: Audience
    """An edition's, or that of its token feeds."""
    detours: Detours
    access: Access | None
    is_tokens: bool

    @property
    def host(self) -> str:
        """Return the name, without a port."""
        return urlsplit(self.audience.address).hostname or ""

    @property
    def prefix(self) -> str:
        """Return the path of the edition's root, with a slash at each end."""
        return urlsplit(self.audience.address).path or "/"


def configuration(server: Server, newsroom: Newsroom, detours: Mapping[str, Detours], feeds: str) -> str:
    """Return what nginx includes in its ``http`` block; ``feeds`` tells how feeds are answered."""
    sites = tuple(_sites(server, newsroom, detours))
    hosts = dict.fromkeys(site.host for site in sites)
    known = {(site.host, site.prefix) for site in sites}
    if len(known) != len(sites):
        raise ConfigurationError("circonscription.yml : deux éditions auraient la même adresse")
    blocks = (_host(host, [s for s in sites if s.host == host], server, newsroom, feeds) for host in hosts)
    return "\n".join([HEAD, *("\n".join(block) for block in blocks)])


def _sites(server: Server, newsroom: Newsroom, detours: Mapping[str, Detours]) -> Iterator[Site]:
    for audience in newsroom.audiences:
        yield Site(audience, detours[audience.name], server.access.get(audience.name), is_tokens=False)
        if audience.token_feeds:
            yield Site(token_audience(audience), Detours((), ()), None, is_tokens=True)


def _host(host: str, sites: list[Site], server: Server, newsroom: Newsroom, feeds: str) -> Iterator[str]:
    """Yield the server of one name."""
    if server.certificates and server.listen.rpartition(":")[2] == "443":
        yield from _unsealed(host, server, is_logged=not any(site.is_tokens for site in sites))
    yield "server {"
    yield from (f"  listen {place}{' ssl' if server.certificates else ''};" for place in _places(server.listen))
    yield f"  server_name {host};"
    if server.certificates:
        folder = server.certificates.replace("{hote}", host)
        yield f"  ssl_certificate {folder}/fullchain.pem;\n  ssl_certificate_key {folder}/privkey.pem;"
        yield "  ssl_protocols TLSv1.2 TLSv1.3;"
    yield from (f"  set_real_ip_from {relay};" for relay in server.relays)
    if server.relays:
        yield "  real_ip_header X-Forwarded-For;\n  real_ip_recursive on;"
    yield "  server_tokens off;\n  absolute_redirect off;"
    if not any(site.prefix == "/" for site in sites):
        yield "  location / { return 404; }"
    yield from _witnessed(sites, server)
    yield from _gateways(sites, "https" if server.relays else "$scheme")
    for site in sites:
        yield ""
        yield from (f"  {line}".rstrip() for line in _site(site, server, newsroom, feeds))
    yield "}\n"


def _unsealed(host: str, server: Server, *, is_logged: bool) -> Iterator[str]:
    """Yield what answers without encryption: where to read, and who renews the certificate of this name."""
    yield "server {"
    yield from (f"  listen {place};" for place in _places(server.listen.removesuffix("443") + "80"))
    yield f"  server_name {host};"
    if not is_logged:
        yield "  access_log off;"
    if server.challenges:
        yield f"  location ^~ /.well-known/acme-challenge/ {{ root {server.challenges}; }}"
    yield "  location / { return 301 https://$host$request_uri; }\n}\n"


def _places(listen: str) -> tuple[str, ...]:
    """Return where nginx listens: at a port alone, by IPv4 and by IPv6."""
    return (listen, f"[::]:{listen}") if listen.isdigit() else (listen,)


def _site(site: Site, server: Server, newsroom: Newsroom, feeds: str) -> Iterator[str]:
    """Yield the place of an edition, or of its token feeds."""
    audience, prefix = site.audience, site.prefix
    yield f"# {audience.title}{' : fils à jeton' if site.is_tokens else ''}"
    if prefix != "/":
        yield f"location = {prefix.rstrip('/')} {{ return 301 {prefix}; }}"
    yield f"location ^~ {prefix} {{"
    yield f"  alias {server.folder}/$gazette_publie/{audience.name}/;"
    yield "  disable_symlinks on from=$document_root;"
    yield "  autoindex off;"
    yield from (f"  {line}" for line in _admission(site))
    yield from (f"  {line}" for line in _headers(site, server, newsroom))
    if site.is_tokens:  # whoever reads a log reads addresses: none is kept of them
        yield "  access_log off;\n  log_not_found off;\n  charset utf-8;\n  charset_types application/xml;"
        yield "  location ~ \\.xml$ { types { } default_type application/xml; }"
    else:
        yield "  index index.html;"
        yield f"  error_page 404 {prefix}404.html;"
        yield from (f"  {line}" for line in feeds.splitlines() if line and not line.startswith("#"))
        yield from (f"  {line}" for line in _detours(site))
    yield f"  {SEALED}"
    yield "}"


def _witnessed(sites: Iterable[Site], server: Server) -> Iterator[str]:
    """Yield how a file is known to be published: by its witness, which a file put down by hand does not have.

    The answer is a part of the path that is served: 404 comes after admission, as for what never was.
    """
    yield "  # Rien n’est servi qui n’ait été publié : un fichier posé à la main dans le dossier n’a pas de témoin."
    if any(isinstance(site.access, Gateway) for site in sites):
        yield "  if ($uri ~ ^/_acces/) { break; }"  # asked within a request, whose variables these are
    yield "  set $gazette_temoin .absent;"
    for site in sorted(sites, key=lambda site: len(site.prefix)):
        yield f'  if ($uri ~ "(?s)^{re.escape(site.prefix)}(.*)\\z") {{ set $gazette_temoin {site.audience.name}/$1; }}'
    yield "  set $gazette_publie .absent;"
    yield f"  if (-e {server.folder}/{CURRENT}/{WITNESSES}/$gazette_temoin) {{ set $gazette_publie .; }}"


def _admission(site: Site) -> Iterator[str]:
    """Yield who may read; a password and a network are asked for at every address, those that answer 410 too."""
    access = site.access
    if isinstance(access, Passwords):
        yield f'auth_basic "{site.audience.name}";'
        yield f"auth_basic_user_file {access.file};"
    elif isinstance(access, Network):
        yield from (f"allow {network};" for network in access.ranges)
        yield "deny all;"
    elif isinstance(access, Gateway):
        yield f"auth_request /_acces/{site.audience.name};"
        yield ENTRANCE


def _gateways(sites: Iterable[Site], scheme: str) -> Iterator[str]:
    """Yield how the gateway is asked, and where one logs in (oauth2-proxy's addresses)."""
    address = ""
    for site in sites:
        if isinstance(site.access, Gateway):
            if address not in {"", site.access.address}:
                raise ConfigurationError("SERVEUR : deux passerelles sous un même nom ; n'en donnez qu'une")
            address = site.access.address
            yield f"  location = /_acces/{site.audience.name} {{"
            yield f"    internal;\n    proxy_pass {address}/oauth2/auth?allowed_groups={','.join(site.access.groups)};"
            yield '    proxy_pass_request_body off;\n    proxy_set_header Content-Length "";'
            yield "    proxy_set_header Host $host;\n    proxy_set_header X-Original-URI $request_uri;\n  }"
    if address:
        yield f"  location ^~ /oauth2/ {{\n    proxy_pass {address};\n    proxy_set_header Host $host;"
        yield f"    proxy_set_header X-Forwarded-Proto {scheme};\n    proxy_set_header X-Real-IP $remote_addr;\n  }}"
        yield "  location @entree { return 302 /oauth2/sign_in?rd=$request_uri; }"


def _headers(site: Site, server: Server, newsroom: Newsroom) -> Iterator[str]:
    """Yield the headers of every answer; errors are not kept, so ``Cache-Control`` is not theirs."""
    scheme_hosts = " ".join(f"https://{host}" for host in newsroom.ent_hosts)
    policy = "; ".join((*POLICY, f"frame-ancestors 'self' {scheme_hosts}".rstrip()))
    is_open = site.access is None and not site.is_tokens
    facts = {
        "Content-Security-Policy": policy,
        "Permissions-Policy": PERMISSIONS,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if not is_open:
        facts["X-Robots-Tag"] = "noindex, noarchive"
    if server.certificates:
        facts["Strict-Transport-Security"] = "max-age=31536000"
    yield f'add_header Cache-Control "{"" if is_open else "private, "}$gazette_garde";'
    yield from (f'add_header {name} "{value}" always;' for name, value in facts.items())


def _detours(site: Site) -> Iterator[str]:
    """Yield former addresses; the answer comes after admission, which a bare ``return`` would precede."""
    entrance = f"{ENTRANCE} " if isinstance(site.access, Gateway) else ""  # an error_page hides those around it
    for path, address in site.detours.moved:
        for end in ("", "/"):
            answer = f"error_page 404 =301 {address}; try_files /.absent =404;"
            yield f"location = {site.prefix}{path}{end} {{ {entrance}{answer} }}"
    for path in site.detours.gone:
        for end in ("", "/", "/index.html"):
            answer = f"error_page 410 {site.prefix}404.html; try_files /.absent =410;"
            yield f"location = {site.prefix}{path}{end} {{ {entrance}{answer} }}"
