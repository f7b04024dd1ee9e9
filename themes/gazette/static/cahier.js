// Two comforts; every page works without them. Nothing is kept on the machine, nothing is sent.
(function () {
  "use strict";

  // « Copier » beside an address.
  document.querySelectorAll("button[data-copie]").forEach(function (button) {
    var address = document.getElementById(button.dataset.copie);
    var label = button.querySelector("[data-mot]");
    if (!address || !label) { return; }
    var word = label.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      var range = document.createRange();
      range.selectNodeContents(address);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      var text = address.textContent.trim();
      var copied = navigator.clipboard
        ? navigator.clipboard.writeText(text)
        : document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("copie"));
      function say(text) { label.textContent = text; button.nextElementSibling.textContent = text; }
      copied.then(function () { say("Copié"); }, function () { say("Sélectionné : Ctrl + C"); });
      setTimeout(function () { label.textContent = word; button.nextElementSibling.textContent = ""; }, 4000);
    });
  });

  // « ?depuis=2026-11-10 » marks what appeared since that day: the address is the only memory.
  var line = document.querySelector(".memoire");
  if (!line) { return; }
  var asked = /[?&]depuis=(\d{4}-\d{2}-\d{2})(?:&|$)/.exec(location.search);
  var now = new Date();
  var today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (n) { return ("0" + n).slice(-2); });
  today[0] = String(now.getFullYear());
  var link = document.createElement("a");
  link.href = location.pathname + "?depuis=" + today.join("-");
  if (asked) {
    var count = 0;
    document.querySelectorAll(".feuillets .carte, .outils .carte").forEach(function (card) {
      if (card.querySelector("time").getAttribute("datetime").slice(0, 10) < asked[1]) { return; }
      var mark = document.createElement("mark");
      mark.className = "nouveau";
      mark.textContent = "nouveau";
      card.querySelector(".faits").prepend(mark);
      count += 1;
    });
    var day = new Date(asked[1] + "T12:00:00").toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
    var found = count === 0 ? "rien de nouveau" : count === 1 ? "un article, marqué « nouveau »" : count + " articles, marqués « nouveau »";
    line.textContent = "Depuis le " + day + ", sur cette page : " + found + ". Gardez cette adresse dans vos favoris : elle seule retient le jour. ";
    document.querySelectorAll(".pagination a").forEach(function (a) { a.search = asked[0].replace(/^&/, "?").replace(/&$/, ""); });
    link.textContent = "Repartir d’aujourd’hui";
  } else {
    link.textContent = "Retenir le jour de cette visite, pour voir la prochaine fois ce qui est nouveau";
  }
  line.append(link);
  line.hidden = false;
})();
