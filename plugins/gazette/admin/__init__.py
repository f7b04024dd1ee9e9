"""Writing in a browser: Sveltia CMS, made silent, configured from the model, over the working copy or a forge."""
