// Keyboard. No single key changes anything: keys move, open, close and explain.
(() => {
  const pages = { s: "/services", b: "/background", c: "/changes", a: "/audit" };
  let afterG = 0;
  const typing = (e) => e.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const dialogOpen = () => document.querySelector("dialog[open], .rz-dialog");
  const rows = () => [...document.querySelectorAll("tr[data-row]")].filter((r) => r.offsetParent !== null);
  // A row is reached through its own link (or, without one, the row itself).
  const handleOf = (row) => row.querySelector("[data-row-link]") ?? row;

  const move = (by) => {
    const all = rows();
    if (all.length === 0) return;
    const here = document.activeElement?.closest?.("tr[data-row]") ?? document.querySelector("tr[data-row][aria-selected=true]");
    const at = all.indexOf(here);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    handleOf(next).focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const escape = (e) => {
    const popover = document.querySelector("details.popover[open]");
    if (popover) {
      popover.open = false;
      popover.querySelector("summary").focus();
      return true;
    }
    if (typing(e)) {
      e.target.blur();
      return true;
    }
    const close = document.querySelector("[data-close-pane]");
    if (!close) return false;
    const row = document.querySelector("tr[data-row][aria-selected=true]");
    close.click();
    if (row) handleOf(row).focus();
    return true;
  };

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || dialogOpen()) return;
    if (e.key === "Escape") {
      if (escape(e)) e.preventDefault();
      return;
    }
    if (typing(e)) return;
    const goes = afterG && e.timeStamp - afterG < 1500 ? pages[e.key] : null;
    afterG = 0;
    if (goes) {
      e.preventDefault();
      Blazor.navigateTo(goes);
    } else if (e.key === "g") {
      afterG = e.timeStamp;
    } else if (e.key === "/") {
      const box = document.querySelector("[data-filter]");
      if (box) { e.preventDefault(); box.focus(); box.select?.(); }
    } else if (e.key === "j" || e.key === "k") {
      e.preventDefault();
      move(e.key === "j" ? 1 : -1);
    } else if (e.key === "t") {
      const told = document.querySelector(".toasts .toast a");
      if (told) { e.preventDefault(); told.focus(); }
    } else if (e.key === "?") {
      e.preventDefault();
      document.getElementById("keys-dialog")?.showModal();
    }
  });

  // Once a new page is shown the framework puts the focus on its heading, a round trip late: not out of a box that somebody types in by then.
  let pointed = -1000;
  document.addEventListener("pointerdown", (e) => { pointed = e.timeStamp; }, true);
  document.addEventListener("focusin", (e) => {
    const box = e.relatedTarget;
    if (e.target.matches?.("h1") && box?.isConnected && typing({ target: box }) && e.timeStamp - pointed > 500) box.focus();
  });

  document.addEventListener("click", (e) => {
    if (e.target.closest?.("[data-open-keys]")) document.getElementById("keys-dialog")?.showModal();
    // A click anywhere in a row opens it, except on what has a meaning of its own or while text is being selected.
    const row = e.target.closest?.("tr[data-row]");
    if (row && !e.target.closest("a, button, input, label, summary") && window.getSelection()?.isCollapsed !== false) {
      const link = row.querySelector("a[data-row-link]");
      if (link) { link.focus(); link.click(); }
    }
  });
})();
