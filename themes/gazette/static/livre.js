// Comforts of a shared book: it reads without them. Nothing is kept on the machine, nothing is sent.
(function () {
  "use strict";

  // Turning pages: arrow keys, or a finger that slides sideways; on a projector, pages follow there, and Escape leaves.
  var page = document.querySelector("[data-tourner]");
  if (page) {
    var isProjected = function () { return location.hash === "#projection"; };
    var turn = function (rel) {
      var link = document.querySelector('.livre-commandes a[rel="' + rel + '"]');
      if (link) { location.assign(isProjected() ? link.href : link.href.split("#")[0]); }
      return Boolean(link);
    };
    var sheet = document.documentElement;
    var isAtEnd = function (key) {
      return key === "PageUp" ? sheet.scrollTop <= 0 : sheet.scrollTop + sheet.clientHeight >= sheet.scrollHeight - 2;
    };
    document.querySelectorAll(".livre-mode").forEach(function (told) { told.hidden = false; });
    document.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      if (/^(audio|input|textarea|select)$/i.test(event.target.tagName) || event.target.closest(".table")) { return; }
      if (event.key === "ArrowRight") { turn("next"); }
      if (event.key === "ArrowLeft") { turn("prev"); }
      if (!isProjected()) { return; }
      if (event.key === "Escape") { document.querySelector("[data-quitter]").click(); }
      if (/^Page(Up|Down)$/.test(event.key) && isAtEnd(event.key)) { // what a presenter's remote sends: to the end, then on
        if (turn(event.key === "PageUp" ? "prev" : "next")) { event.preventDefault(); }
      }
    });
    var start = null;
    page.addEventListener("touchstart", function (event) {
      var isEnlarged = window.visualViewport && visualViewport.scale > 1; // a finger then moves the page about
      var one = event.touches.length === 1 && !isEnlarged && !event.target.closest("audio, .table, a");
      start = one ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
    }, { passive: true });
    page.addEventListener("touchend", function (event) {
      if (!start) { return; }
      var x = event.changedTouches[0].clientX - start.x;
      var y = event.changedTouches[0].clientY - start.y;
      start = null;
      if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) { turn(x < 0 ? "next" : "prev"); }
    }, { passive: true });
  }

  // The wall as a slideshow: a dialog, arrow keys, Escape.
  var button = document.querySelector("[data-diaporama]");
  if (button && window.HTMLDialogElement) {
    var works = Array.prototype.slice.call(document.querySelectorAll(".mur figure"));
    var dialog = document.createElement("dialog");
    dialog.className = "diaporama";
    dialog.setAttribute("aria-label", "Diaporama");
    var picture = document.createElement("img");
    var words = document.createElement("p");
    words.setAttribute("aria-live", "polite");
    var keys = document.createElement("div");
    var rank = 0;
    var show = function (number) {
      rank = (number + works.length) % works.length;
      var image = works[rank].querySelector("img");
      picture.src = image.src;
      picture.alt = image.alt;
      words.textContent = (rank + 1) + " sur " + works.length + " · " + works[rank].querySelector("figcaption").textContent.trim();
    };
    var key = function (label, action) {
      var one = document.createElement("button");
      one.type = "button";
      one.textContent = label;
      one.addEventListener("click", action);
      keys.append(one);
      return one;
    };
    key("← Précédente", function () { show(rank - 1); });
    key("Suivante →", function () { show(rank + 1); }).autofocus = true; // a space or Enter goes on
    key("Fermer", function () { dialog.close(); });
    dialog.append(picture, words, keys);
    document.body.append(dialog);
    dialog.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
      if (step) { show(rank + step); }
      if (event.key === "Home") { show(0); }
      if (event.key === "End") { show(-1); }
    });
    button.hidden = false;
    button.addEventListener("click", function () { show(0); dialog.showModal(); });
    dialog.addEventListener("close", function () { button.focus(); });
  }
})();
