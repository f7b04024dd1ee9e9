// Page numbers of the contents: browsers cannot yet count pages for a link (target-counter), so the book is laid out once,
// unseen, in columns as large as the sheet, under the very rules that print it. Without it the contents still leads.
(function () {
  "use strict";
  var book = document.getElementById("livret");
  if (!book || !Element.prototype.attachShadow) { return; }

  // The rules that hold on paper, as text: a page break is a column break there.
  function printed(rules) {
    return Array.prototype.map.call(rules, function (rule) {
      if (rule.type === CSSRule.PAGE_RULE) { return ""; }
      if (rule.type !== CSSRule.MEDIA_RULE) { return rule.cssText.replace(/(break-(?:before|after):\s*)page/g, "$1column"); }
      return /print|max-width/.test(rule.conditionText) ? printed(rule.cssRules) : "";
    }).join("\n");
  }

  function number() {
    var host = document.createElement("div");
    var room = host.attachShadow({ mode: "open" });
    var copy = book.cloneNode(true);
    var style = document.createElement("style");
    try {
      style.textContent = Array.prototype.map.call(document.styleSheets, function (sheet) { return printed(sheet.cssRules); }).join("\n");
    } catch (error) { return; } // files opened from a disk do not show their rules
    var sheet = getComputedStyle(book);
    var wide = sheet.getPropertyValue("--feuillet-large"), high = sheet.getPropertyValue("--feuillet-haut");
    style.textContent += ".livret { width: " + wide + "; height: " + high + "; columns: " + wide + "; column-gap: 40px; column-fill: auto }";
    host.style.cssText = "position: absolute; left: -99999px; top: 0; visibility: hidden; font-size: 10pt; line-height: 1.45; --pas: 1rem; --titre: 1.4rem";
    host.setAttribute("aria-hidden", "true");
    copy.querySelectorAll("[data-page]").forEach(function (folio) { folio.textContent = "99"; });
    room.append(style, copy);
    document.body.append(host);
    var left = copy.getBoundingClientRect().left, width = parseFloat(getComputedStyle(copy).width) + 40;
    book.querySelectorAll("[data-page]").forEach(function (folio) {
      var place = room.getElementById(folio.dataset.page);
      if (place) { folio.textContent = String(1 + Math.round((place.getBoundingClientRect().left - left) / width)); }
    });
    host.remove();
  }

  var images = Array.prototype.slice.call(book.querySelectorAll("img"));
  images.forEach(function (image) { image.loading = "eager"; });
  Promise.all(images.map(function (image) { return image.decode().catch(function () {}); })).then(function () {
    number();
    book.dataset.pagine = "";
  });
})();
