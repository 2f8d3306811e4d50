// Live reload of the preview: listens to the server, reloads when a newer build is there, shows what went wrong in between.
(() => {
  const shownBuild = document.currentScript.dataset.build;
  // The problem that this page has shown last, so that one that was dismissed does not come back by itself.
  let shownProblem = document.currentScript.dataset.problem;
  let focusBefore = null;
  let events = null;
  let again = 0;

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

  async function showProblem(id) {
    if (id === shownProblem) return;
    shownProblem = id;
    const response = await fetch("/_rollbook/problem", { cache: "no-store" }).catch(() => null);
    if (response?.status !== 200) return;
    const text = await response.text();
    overlay()?.remove();
    document.body.insertAdjacentHTML("beforeend", text);
    greet();
  }

  function compare(build) {
    if (build !== shownBuild) location.reload();
  }

  function connect() {
    clearTimeout(again);
    events = new EventSource("/_rollbook/events");
    events.addEventListener("hello", (event) => compare(event.data));
    events.addEventListener("reload", (event) => compare(event.data));
    events.addEventListener("problem", (event) => showProblem(event.data));
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
  function follow() {
    if (document.hidden) disconnect();
    else if (!events) connect();
  }

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", follow);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && overlay()) dismiss();
  });
  if (overlay()) greet();
  follow();
})();
