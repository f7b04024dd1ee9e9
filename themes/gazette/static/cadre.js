// In the ENT's frame: links of the page stay in it, the others leave it (base target); « ?cadre=1 » leaves the masthead out.
// A question in the address, or a day, keeps room for its answers. All of it before anything is shown, so that nothing moves.
if (/[?&]cadre=1(&|$)/.test(location.search)) { document.documentElement.classList.add("cadre"); }
if (/[?&]q=[^&]/.test(location.search)) { document.documentElement.classList.add("cherche"); }
if (/[?&]depuis=\d/.test(location.search)) { document.documentElement.classList.add("depuis"); }
if (window.self !== window.top) {
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll('a[href^="#"]').forEach(function (a) { a.target = "_self"; });
  });
}
