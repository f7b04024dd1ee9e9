"""Gazette, the newsroom and timeline of a circonscription: content becomes publishable by passing through types.

The press, stage by stage (``build.py`` calls them in this order, the first two by ``check.py``; none knows another):

========== ============================== =====================================================================
read/      files → ``Reading``            front matter, schema, Markdown → safe HTML, git history; every fault told
rgpd/      ``Entry`` → ``Cleared``        the gate: one rule a file, closed by default, the one maker of ``Cleared``
compose/   ``Cleared`` → ``Edition``      what one audience sees on one day, as sheets; pure
press/     ``Edition`` → files            html (through Pelican), feeds, pictures, sitemap; only what changed
proof/     files → ``Proofed``            reads the printed files back; the one maker of ``Proofed``
publish/   ``Proofed`` → live             a pure plan, an atomic apply
========== ============================== =====================================================================

``newsdesk/`` gathers what schools publish elsewhere into dépêches that wait in the content folder: the press then reads
those that were accepted, and never the network.

``model/`` holds the nouns, ``errors.py`` what is raised, ``state.py`` what is remembered from build to build,
``pool.py`` the processes in which foreign libraries read foreign bytes,
``inquiry.py`` what is asked and answered without printing, ``rehearsal.py`` a text tried out, ``mailing.py`` a letter,
``removal.py`` a withdrawal, ``plugin.py`` Pelican's way in,
``preview/`` the author's preview, ``cli.py`` the command line,
``write/`` what commands write into ``content/`` for an author, ``papers/`` what the team reads, prints and signs,
``withdrawal/`` what makes withdrawn mean gone, ``messages/`` every message as a page,
``verbs/`` the commands, thin; ``terminal/`` what they read from a call and tell on a terminal.
"""
