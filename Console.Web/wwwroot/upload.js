// <ops-upload data-limit="2147483648"></ops-upload>: chooses log exports and sends them over plain HTTP, with progress and
// cancel. An element of its own, so that Blazor's rendering leaves what it draws inside alone.
(() => {
  "use strict";

  const units = [[1e9, "GB"], [1e6, "MB"], [1e3, "KB"], [1, "B"]];

  const bytes = (count) => {
    const [size, unit] = units.find(([u]) => count >= u) ?? units[3];
    return `${(count / size).toFixed(size === 1e9 ? 1 : 0)} ${unit}`;
  };

  const time = (seconds) => seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

  const element = (name, properties) => Object.assign(document.createElement(name), properties);

  class Upload extends HTMLElement {
    #request = null;

    connectedCallback() {
      if (this.firstChild) {
        return;
      }

      this.input = element("input", { type: "file", multiple: true, id: `upload-${crypto.getRandomValues(new Uint32Array(1))[0]}` });
      const label = element("label", { htmlFor: this.input.id, textContent: "Log exports (JSON, NDJSON or YAML; gzip too)", className: "upload-label" });
      this.start = element("button", { type: "button", textContent: "Upload and analyse", className: "upload-start", disabled: true });
      this.stop = element("button", { type: "button", textContent: "Cancel", className: "upload-cancel", hidden: true });
      this.progress = element("progress", { max: 1, value: 0, hidden: true, className: "upload-progress" });
      this.progress.setAttribute("aria-label", "Upload");
      this.status = element("p", { className: "upload-status" });
      this.status.setAttribute("role", "status");
      this.append(label, this.input, this.start, this.stop, this.progress, this.status);

      this.input.addEventListener("change", () => this.#chosen());
      this.start.addEventListener("click", () => this.#sendAll());
      this.stop.addEventListener("click", () => this.#request?.abort());
      this.addEventListener("dragover", (e) => e.preventDefault());
      this.addEventListener("drop", (e) => {
        e.preventDefault();
        if (!this.#request && e.dataTransfer?.files.length) {
          this.input.files = e.dataTransfer.files;
          this.#chosen();
        }
      });
    }

    disconnectedCallback() {
      // Whoever leaves the page cancels; the server deletes what it has.
      this.#request?.abort();
    }

    #chosen() {
      const files = [...this.input.files];
      const limit = Number(this.dataset.limit) || Infinity;
      const large = files.find((f) => f.size > limit);
      this.start.disabled = files.length === 0 || Boolean(large);
      this.status.textContent = large
        ? `${large.name} has ${bytes(large.size)}; at most ${bytes(limit)} can be uploaded. Pack it with gzip, or use the command line (correlate FILE), which has no limit.`
        : "";
    }

    async #sendAll() {
      const files = [...this.input.files];
      this.#working(true);
      let last = null;
      for (const [i, file] of files.entries()) {
        const result = await this.#send(file, files.length > 1 ? ` (file ${i + 1} of ${files.length})` : "");
        if (!result.url) {
          this.#working(false);
          this.status.textContent = result.message;
          return;
        }

        last = result.url;
      }

      this.#working(false);
      this.input.value = "";
      this.start.disabled = true;
      this.status.textContent = "Uploaded.";
      if (files.length === 1 && this.isConnected) {
        window.location.assign(last);
      }
    }

    #working(yes) {
      this.start.hidden = yes;
      this.input.disabled = yes;
      this.stop.hidden = !yes;
      this.progress.hidden = !yes;
      this.progress.value = 0;
      if (!yes) {
        this.#request = null;
      }
    }

    #send(file, which) {
      return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        this.#request = request;
        const begin = performance.now();
        let told = 0;
        request.upload.addEventListener("progress", (e) => {
          const total = e.lengthComputable ? e.total : file.size;
          this.progress.value = total > 0 ? e.loaded / total : 0;
          const now = performance.now();

          // Once a second is enough for eyes, and for those who have the status read to them.
          if (now - told >= 1000) {
            told = now;
            const left = e.loaded > 0 ? (total - e.loaded) * (now - begin) / e.loaded / 1000 : 0;
            this.status.textContent = `Sending ${file.name}${which}: ${bytes(e.loaded)} of ${bytes(total)}, about ${time(left)} left.`;
          }
        });
        request.addEventListener("load", () => resolve(this.#answer(request)));
        request.addEventListener("error", () => resolve({ message: `${file.name} could not be sent: the connection to the console broke. Try again.` }));
        request.addEventListener("abort", () => resolve({ message: `${file.name} was not uploaded: cancelled.` }));
        request.open("POST", `/background/uploads?name=${encodeURIComponent(file.name)}`);
        request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
        request.setRequestHeader("Content-Type", "application/octet-stream");
        request.send(file);
      });
    }

    #answer(request) {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // Not ours: a proxy's page.
      }

      if (request.status === 201 && body.url) {
        return body;
      }

      const known = { 401: "You are not signed in any more. Sign in and try again.", 403: "You may not upload log exports." };
      return { message: body.message ?? known[request.status] ?? `The console answered ${request.status}. Try again in a moment.` };
    }
  }

  customElements.define("ops-upload", Upload);
})();
