// Theme: "system" follows the browser; "light" and "dark" are kept in a cookie that the server reads for the first paint.
(() => {
  const cookie = () => document.cookie.split("; ").find((c) => c.startsWith("ops-theme="))?.slice(10);
  const get = () => (["light", "dark"].includes(cookie()) ? cookie() : "system");
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
    for (const link of document.querySelectorAll("link[data-theme-of]")) {
      const own = link.dataset.themeOf;
      link.media = theme === "system" ? `(prefers-color-scheme: ${own})` : theme === own ? "all" : "not all";
    }
  };
  window.opsTheme = {
    get,
    set(theme) {
      document.cookie = `ops-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
      apply(theme);
    },
  };
})();
