"""Stock Pelican on the bench corpus: same pages and feeds as the Hugo site beside it."""

import pathlib

AUTHOR = "c"
SITENAME = "Circonscription"
SITEURL = "https://exemple.fr"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
PATH = "content"
THEME = str(pathlib.Path(__file__).parent / "theme")
DEFAULT_PAGINATION = 20
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
CATEGORY_FEED_RSS = "flux/{slug}.rss"
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_DOMAIN = SITEURL
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
CATEGORIES_SAVE_AS = ""
TAGS_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
DRAFT_SAVE_AS = ""
CATEGORY_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "{slug}/"
TAG_SAVE_AS = "tag/{slug}/index.html"
TAG_URL = "tag/{slug}/"
PLUGINS = []
PAGINATED_TEMPLATES = {"index": None, "category": None, "tag": None}
