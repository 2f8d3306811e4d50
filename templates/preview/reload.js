// Live reload of the preview: listens to the server, brings the page up to date in place, shows what went wrong in between and what
// `rollbook check` says.
(() => {
  const { dataset } = document.currentScript;
  // So many files of a page are asked about; a page with more pictures shows new ones when it is loaded anew.
  const MOST_FILES = 60;
  let shownBuild = dataset.build;
  // The problem that this page has shown last, so that one that was dismissed does not come back by itself.
  let shownProblem = dataset.problem;
  let focusBefore = null;
  let events = null;
  let again = 0;
  let wanted = shownBuild;
  let updating = false;
  const tags = new Map();

  function overlay() {
    return document.getElementById("rollbook-problem");
  }

  function dismiss() {
    overlay()?.remove();
    focusBefore?.focus?.({ preventScroll: true });
    focusBefore = null;
  }

  function greet() {
    const button = overlay().querySelector("button");
    button.addEventListener("click", dismiss);
    focusBefore ??= document.activeElement;
    button.focus({ preventScroll: true });
  }

  /** A piece of the preview's own, as HTML; nothing where there is none. */
  async function piece(name) {
    const response = await fetch(`/_rollbook/${name}`, { cache: "no-store" }).catch(() => null);
    return response?.status === 200 ? response.text() : "";
  }

  async function showProblem(id) {
    if (id === shownProblem) return;
    shownProblem = id;
    const html = await piece("problem");
    if (!html) return;
    overlay()?.remove();
    document.body.insertAdjacentHTML("beforeend", html);
    greet();
  }

  async function showFindings() {
    const html = await piece("findings");
    const before = document.getElementById("rollbook-findings");
    const open = before?.querySelector("details").open;
    const hadFocus = before?.contains(document.activeElement);
    before?.remove();
    if (!html) return;
    document.body.insertAdjacentHTML("beforeend", html);
    const details = document.querySelector("#rollbook-findings details");
    details.open = Boolean(open);
    if (hadFocus) details.querySelector("summary").focus({ preventScroll: true });
  }

  /** The files that the page is made with, each by its address without what a swap has added. */
  function files() {
    const address = (element) => new URL(element.href || element.src);
    return [...document.querySelectorAll("link[rel=stylesheet], script[src], img[src]")]
      .filter((element) => !element.closest("[data-rollbook-preview]") && address(element).origin === location.origin)
      .slice(0, MOST_FILES)
      .map((element) => ({ element, path: address(element).pathname }));
  }

  async function tagOf(path) {
    const response = await fetch(path, { method: "HEAD", cache: "no-store" }).catch(() => null);
    return response?.headers.get("ETag") ?? "";
  }

  /** A new style sheet in the place of the old one, which counts until the new one is there. */
  function restyle(link, path) {
    const fresh = link.cloneNode();
    fresh.href = `${path}?rollbook=${shownBuild}`;
    fresh.addEventListener("load", () => {
      link.addEventListener("load", () => fresh.remove(), { once: true });
      link.href = fresh.href;
    });
    link.after(fresh);
  }

  /** Takes over style sheets and pictures with other bytes than before; false where a script has changed. */
  async function refresh() {
    const now = await Promise.all(files().map(async (file) => ({ ...file, tag: await tagOf(file.path) })));
    const changed = now.filter(({ path, tag }) => tags.has(path) && tags.get(path) !== tag);
    now.forEach(({ path, tag }) => tags.set(path, tag));
    if (changed.some(({ element }) => element.localName === "script")) return false;
    for (const { element, path } of changed) {
      if (element.localName === "link") restyle(element, path);
      else element.src = `${path}?rollbook=${shownBuild}`;
    }
    return true;
  }

  /** One step towards the newest build; whether it could be taken. What cannot be done in place is done by loading anew. */
  async function step() {
    const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    // Without an answer the server is gone; the next hello begins anew.
    if (!response) return false;
    const html = await response.text();
    const read = html.match(/data-build="([^"]*)"/)?.[1];
    if (!response.ok || !read) return location.reload();
    shownBuild = read;
    shownProblem = "";
    if (overlay()) dismiss();
    if (!rollbookMorph(html) || !(await refresh())) return location.reload();
    return true;
  }

  async function update(build) {
    wanted = build;
    if (updating) return;
    updating = true;
    for (let aim = ""; wanted !== shownBuild && aim !== wanted;) {
      aim = wanted;
      if (!(await step())) break;
    }
    updating = false;
  }

  function follow(path) {
    const here = decodeURIComponent(location.pathname).replace(/\/$/, "/index.html");
    if (here !== `/${path}`) location.assign(new URL(path.split("/").map(encodeURIComponent).join("/"), `${location.origin}/`));
  }

  function connect() {
    clearTimeout(again);
    events = new EventSource("/_rollbook/events");
    events.addEventListener("hello", (event) => update(event.data));
    events.addEventListener("reload", (event) => update(event.data));
    events.addEventListener("problem", (event) => showProblem(event.data));
    events.addEventListener("findings", showFindings);
    events.addEventListener("follow", (event) => follow(event.data));
    // Some browsers give up when the server is gone; it may come back.
    events.addEventListener("error", () => {
      if (events?.readyState === EventSource.CLOSED) again = setTimeout(connect, 1000);
    });
  }

  function disconnect() {
    clearTimeout(again);
    events?.close();
    events = null;
  }

  // A browser keeps few connections to one server: a tab that nobody sees gives its own back, and catches up when seen.
  function listen() {
    if (document.hidden) disconnect();
    else if (!events) connect();
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", listen);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && overlay()) dismiss();
  });
  addEventListener("load", refresh);
  if (overlay()) greet();
  listen();
})();
