"use strict";
/* In French, over the forge: each signs in there. A new text is dated today, which a file of settings cannot know. */
(() => {
  const kept = JSON.parse(localStorage.getItem("sveltia-cms.prefs") || "{}");
  localStorage.setItem("sveltia-cms.prefs", JSON.stringify({ ...kept, locale: "fr" }));
  window.CMS_MANUAL_INIT = true;
  addEventListener("DOMContentLoaded", async () => {
    const config = await (await fetch("/admin/config.json")).json();
    const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });
    for (const collection of config.collections) {
      for (const field of collection.fields) {
        if (field.name === "date") field.default = today;
      }
    }
    window.CMS.init({ config: { ...config, load_config_file: false } });
  });
})();
