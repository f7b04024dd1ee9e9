"""Edition → files: html (through Pelican), feeds, pictures, sitemap; only what changed."""
