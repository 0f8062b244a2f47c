// What only the browser can do: remember a choice, know its zone, copy, and drag the edge of a pane.
(() => {
  const prefix = "opsconsole.";
  // Storage may be refused (private windows, policies): then nothing is remembered and nothing breaks.
  const recall = (key) => { try { return localStorage.getItem(prefix + key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(prefix + key, value); } catch { /* see above */ } };
  const zone = () => `${recall("zone") === "local" ? "local" : "utc"} ${Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""}`.trim();
  window.opsConsole = { recall, remember, zone };

  // Without a circuit nothing of .NET answers: the reconnect dialog's button is the browser's own.
  document.addEventListener("click", (e) => { if (e.target.closest("[data-reload]")) location.reload(); });

  // A console that was restarted does not know the page, and one that was away answers again some time: the page then loads itself anew, at the
  // same address. Not over something that was typed: whoever wrote it may want to copy it first.
  const typed = () => [...document.querySelectorAll("textarea, dialog[open] input:not([type=hidden])")].some((f) => f.value && f.value !== f.defaultValue);
  const reload = () => { if (!typed()) location.reload(); };
  let looking = 0;
  const look = async () => {
    try {
      if ((await fetch("/healthz", { cache: "no-store" })).ok) reload();
    } catch { /* it is still away */ }
  };
  const lost = document.getElementById("components-reconnect-modal");
  if (lost) {
    new MutationObserver(() => {
      if (lost.classList.contains("components-reconnect-rejected")) reload();
      clearInterval(looking);
      looking = lost.classList.contains("components-reconnect-failed") ? setInterval(look, 3000) : 0;
    }).observe(lost, { attributes: true, attributeFilter: ["class"] });
  }

  const say = (text) => {
    const region = document.getElementById("announcer");
    if (region) { region.textContent = ""; setTimeout(() => { region.textContent = text; }, 50); }
  };

  document.addEventListener("click", async (e) => {
    const button = e.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.dataset.copied = "yes";
      say("Copied");
    } catch {
      button.dataset.copied = "no";
      say("The browser did not allow copying");
    }
    setTimeout(() => { delete button.dataset.copied; }, 1500);
  });

  // One popover open at a time, closed by a click elsewhere or Esc.
  document.addEventListener("click", (e) => {
    for (const open of document.querySelectorAll("details.popover[open]")) {
      if (!open.contains(e.target)) open.open = false;
    }
  });

  // A dialog that appears opens as a modal one. Esc follows its close link, so that the address stays right; Ctrl+Enter presses what it applies.
  // The focus goes back to where it was opened from, and stays inside when what had it goes.
  let modal = null, opener = null, focused = null;
  document.addEventListener("focusin", (e) => { if (modal?.contains(e.target)) focused = e.target; });
  const lostFocus = () => !document.activeElement || document.activeElement === document.body || document.activeElement === modal;
  new MutationObserver(() => {
    for (const dialog of document.querySelectorAll("dialog[data-modal]:not([open])")) {
      if (!modal) opener = document.activeElement;
      modal = dialog;
      dialog.addEventListener("cancel", (e) => { e.preventDefault(); dialog.querySelector("[data-close-dialog]")?.click(); });
      dialog.showModal();
    }
    if (modal && !modal.isConnected) {
      modal = focused = null;
      if (lostFocus() && opener?.isConnected) opener.focus();
    } else if (modal && focused && !focused.isConnected && lostFocus()) {
      focused = null;
      modal.querySelector("[data-close-dialog]")?.focus();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
    // Of a page only while no dialog lies over it.
    const apply = (document.querySelector("dialog[open]") ?? document).querySelector("[data-apply]");
    if (apply) { e.preventDefault(); apply.click(); }
  });

  const least = 320;
  const widest = () => Math.max(least, Math.min(1200, window.innerWidth - 480));
  const setWidth = (handle, width) => {
    const pane = handle.closest("[data-pane]");
    const px = Math.round(Math.min(Math.max(width, least), widest()));
    pane.style.setProperty("--pane-width", `${px}px`);
    handle.setAttribute("aria-valuenow", px);
    remember(`pane.${pane.dataset.pane}`, px);
  };
  document.addEventListener("pointerdown", (e) => {
    const handle = e.target.closest?.(".pane-handle");
    if (!handle) return;
    e.preventDefault();
    handle.setPointerCapture(e.pointerId);
    const move = (m) => setWidth(handle, handle.closest("[data-pane]").getBoundingClientRect().right - m.clientX);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), { once: true });
  });
  document.addEventListener("keydown", (e) => {
    if (!e.target.matches?.(".pane-handle")) return;
    const step = { ArrowLeft: 40, ArrowRight: -40 }[e.key];
    if (!step) return;
    e.preventDefault();
    setWidth(e.target, e.target.closest("[data-pane]").getBoundingClientRect().width + step);
  });
  // A pane that appears takes the width it had.
  new MutationObserver(() => {
    for (const pane of document.querySelectorAll("[data-pane]:not([data-pane-sized])")) {
      pane.dataset.paneSized = "";
      const kept = Number(recall(`pane.${pane.dataset.pane}`));
      if (kept) setWidth(pane.querySelector(".pane-handle"), kept);
      // On narrow screens the pane stands under the table: bring it into sight.
      if (matchMedia("(max-width: 1000px)").matches) pane.scrollIntoView({ block: "start" });
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
