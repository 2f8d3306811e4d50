// The search's dialog: a field, and below it the results as a list that the arrow keys walk through. It is loaded when somebody
// searches for the first time.
(function () {
  "use strict";

  const search = window.rollbookSearch;
  const KEPT = "rollbook-search";
  /** Pages that are shown at once; the next ones come when the list is near its end. */
  const AT_ONCE = 5;
  /** Milliseconds after the last key. */
  const PATIENCE = 120;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
    drawn.setAttribute("d", path);
    svg.append(drawn);
    return svg;
  }

  function kept(query) {
    try {
      if (query === undefined) return sessionStorage.getItem(KEPT) || "";
      sessionStorage.setItem(KEPT, query);
    } catch (e) { /* Storage may be forbidden; the query is then kept as long as the page. */ }
    return "";
  }

  function make(words) {
    const field = element("input", {
      type: "text", role: "combobox", "aria-label": words.label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "rb:search-list",
      placeholder: words.placeholder, autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "go", maxlength: "200",
    });
    const close = element("button", { type: "button", class: "search-close", "aria-label": words.close }, icon("m5 5 10 10M15 5 5 15"));
    const status = element("p", { class: "search-status", role: "status" });
    const list = element("div", { id: "rb:search-list", class: "search-list", role: "listbox", "aria-label": words.results_label, hidden: "" });
    const key = (sign, what) => element("span", {}, element("kbd", {}, sign), " " + what);
    const keys = element("p", { class: "search-keys", "aria-hidden": "true" }, key("↑ ↓", words.choose), key("↵", words.follow), key("Esc", words.leave));
    const bar = element("div", { class: "search-bar" }, icon("M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3M13.5 13.5 18 18"), field, close);
    const dialog = element("dialog", { class: "search", "aria-label": words.label }, bar, status, list, keys);
    close.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    return { dialog, field, status, list };
  }

  /** Pieces as nodes. A key may break behind an underscore, as on its page. */
  function marked(pieces) {
    const breakable = (text) => text.split(/(?<=_)/).flatMap((part, at) => (at ? [element("wbr", {}), part] : [part]));
    return pieces.flatMap(([text, isMarked]) => (isMarked ? [element("mark", {}, ...breakable(text))] : breakable(text)));
  }

  function start({ words: allWords }) {
    const words = allWords[document.documentElement.lang] || allWords.en;
    const { dialog, field, status, list } = make(words);
    let asked = "";
    let turn = 0;
    let found = null;
    let shown = 0;
    let options = [];
    let active = -1;

    function say(text) {
      status.textContent = text;
    }

    function choose(index) {
      if (options[active]) options[active].removeAttribute("aria-selected");
      active = index;
      const option = options[active];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function optionOf(hit) {
      const option = element("a", { role: "option", id: "rb:search-" + options.length, href: hit.href, tabindex: "-1", class: "hit", "data-kind": ["page", "section", "item"][hit.kind] });
      option.append(element("span", { class: "hit-name" }, ...marked(hit.name)));
      if (hit.text.length) option.append(" ", element("span", { class: "hit-text" }, ...marked(hit.text)));
      const index = options.push(option) - 1;
      option.addEventListener("pointermove", () => { if (active !== index) choose(index); });
      option.addEventListener("click", (e) => { if (!(e.ctrlKey || e.metaKey || e.shiftKey)) dialog.close(); });
      return option;
    }

    function add({ title, crumbs, hits }) {
      const path = hits[0].kind === 0 ? crumbs : crumbs.concat(title);
      const group = element("div", { role: "group", "aria-label": crumbs.concat(title).join(" › ") });
      if (path.length) group.append(element("div", { class: "hit-path", "aria-hidden": "true" }, path.join(" › ")));
      group.append(...hits.map(optionOf));
      list.append(group);
    }

    async function more() {
      const from = shown;
      const now = turn;
      if (!found || from >= found.pages.length) return;
      shown = Math.min(from + AT_ONCE, found.pages.length);
      const pages = await search.show(found, from, shown);
      if (now !== turn) return;
      if (from === 0) {
        list.replaceChildren();
        options = [];
        list.scrollTop = 0;
      }
      pages.forEach(add);
      if (from === 0) choose(0);
    }

    async function ask(query) {
      const now = ++turn;
      kept(query);
      asked = query;
      const result = query.trim() ? await search.find(query) : null;
      if (now !== turn) return;
      found = result;
      shown = 0;
      const some = Boolean(found && found.pages.length);
      if (some) await more();
      if (now !== turn) return;
      list.hidden = !some;
      field.setAttribute("aria-expanded", some);
      dialog.classList.toggle("found", some);
      if (!some) {
        options = [];
        choose(-1);
      }
      const count = some ? found.pages.length : 0;
      say(!query.trim() ? "" : !some ? words.none.replace("{query}", query.trim()) : (count === 1 ? words.found.one : words.found.other).replace("{n}", count));
    }

    async function answer(query) {
      list.setAttribute("aria-busy", "true");
      try {
        await ask(query);
      } catch (error) {
        say(words.failed);
        console.warn(error);
      }
      if (asked === field.value) list.removeAttribute("aria-busy");
    }

    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      list.setAttribute("aria-busy", "true");
      waiting = setTimeout(() => answer(field.value), PATIENCE);
    });

    field.addEventListener("keydown", async (e) => {
      if (e.isComposing) return;
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
      if (e.key === "Enter") {
        e.preventDefault();
        clearTimeout(waiting);
        // Who types and presses Enter at once means the first result of what was typed, not of what was there before.
        if (field.value !== asked) await answer(field.value);
        const option = options[Math.max(active, 0)];
        if (option) option.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: e.ctrlKey, metaKey: e.metaKey, shiftKey: e.shiftKey }));
      } else if (steps[e.key] && options.length) {
        e.preventDefault();
        const step = steps[e.key];
        if (active + step >= options.length - 1) await more();
        const last = options.length - 1;
        choose(Math.abs(step) === 1 ? (active + step + options.length) % options.length : Math.min(Math.max(active + step, 0), last));
      } else if ((e.key === "Home" || e.key === "End") && (e.ctrlKey || e.metaKey) && options.length) {
        e.preventDefault();
        choose(e.key === "Home" ? 0 : options.length - 1);
      }
    });

    list.addEventListener("scroll", () => {
      if (list.scrollTop + list.clientHeight > list.scrollHeight - 200) more();
    }, { passive: true });

    // A click on the dialog itself is one beside it: what it shows covers the rest.
    dialog.addEventListener("click", (e) => { if (e.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", (e) => {
      if (e.key === "Escape") { e.preventDefault(); dialog.close(); }
    });

    document.addEventListener("rollbook:update", () => {
      asked = "";
      if (dialog.open && field.value) answer(field.value);
    });

    return function open() {
      dialog.showModal();
      if (!field.value) field.value = kept();
      field.focus();
      field.select();
      if (field.value !== asked) answer(field.value);
    };
  }

  let ready = null;

  /** Opens the dialog, or closes it. */
  window.rollbookSearchDialog = async function () {
    const dialog = document.querySelector("dialog.search[open]");
    if (dialog) return dialog.close();
    ready = ready || search.index().then(start);
    ready.catch(() => { ready = null; });
    const open = await ready;
    if (!document.querySelector("dialog.search[open]")) open();
  };
})();
