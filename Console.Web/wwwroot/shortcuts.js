// Keyboard: "/" focuses the page's filter box; "g" then a letter goes to a page. No single key changes anything.
(() => {
  const pages = { s: "/services", b: "/background" };
  let afterG = 0;
  const typing = (e) => e.target.closest("input, textarea, select, [contenteditable], [role=dialog]");
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    if (e.key === "/") {
      const box = document.querySelector("[data-filter]");
      if (box) { e.preventDefault(); box.focus(); box.select?.(); }
    } else if (e.key === "g") {
      afterG = e.timeStamp;
      return;
    } else if (afterG && e.timeStamp - afterG < 1500 && pages[e.key]) {
      Blazor.navigateTo(pages[e.key]);
    }
    afterG = 0;
  });
})();
