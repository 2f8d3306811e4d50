(function () {
  "use strict";
  var root = document.documentElement;
  var words = document.currentScript.dataset;
  var announcer = document.getElementById("rb:announce");

  function all(selector, from) {
    return Array.from((from || document).querySelectorAll(selector));
  }

  function announce(text) {
    if (!announcer) return;
    announcer.textContent = "";
    setTimeout(function () { announcer.textContent = text; }, 50);
  }

  function store(where, key, value) {
    try {
      if (value === null) where.removeItem(key);
      else where.setItem(key, value);
    } catch (e) { /* Storage may be forbidden; the choice then lasts for this page. */ }
  }

  function themes() {
    var button = document.querySelector(".theme-button");
    if (!button) return;
    var order = ["auto", "light", "dark"];
    function show() {
      var label = words[root.dataset.theme || "auto"];
      button.setAttribute("aria-label", label);
      button.title = label;
      return label;
    }
    show();
    button.addEventListener("click", function () {
      var next = order[(order.indexOf(root.dataset.theme || "auto") + 1) % order.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      store(localStorage, "rollbook-theme", next === "auto" ? null : next);
      announce(show());
    });
  }

  function drawer() {
    var button = document.querySelector(".menu-button");
    var nav = document.getElementById("rb:site-nav");
    if (!button || !nav) return;
    var wide = matchMedia("(min-width:64rem)");
    function set(open) {
      document.body.classList.toggle("drawer-open", open);
      button.setAttribute("aria-expanded", open);
      button.setAttribute("aria-label", open ? words.close : words.menu);
      all("[data-behind]").forEach(function (e) { e.inert = open; });
    }
    function close() {
      if (!document.body.classList.contains("drawer-open")) return;
      set(false);
      button.focus();
    }
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-expanded") === "true") return close();
      set(true);
      var link = nav.querySelector("[aria-current]") || nav.querySelector("a");
      if (link) link.focus();
    });
    document.addEventListener("keydown", function (e) { if (e.key === "Escape") close(); });
    document.addEventListener("click", function (e) {
      if (!nav.contains(e.target) && !button.contains(e.target)) close();
    });
    wide.addEventListener("change", function () { set(false); });
    addEventListener("pagehide", function () { store(sessionStorage, "rollbook-nav", nav.scrollTop); });
  }

  function contents() {
    var box = document.querySelector(".toc");
    if (!box) return;
    var wide = matchMedia("(min-width:80rem)");
    var details = box.querySelector("details");
    var pairs = all("a", box).map(function (a) {
      return [a, document.getElementById(decodeURIComponent(a.hash.slice(1)))];
    }).filter(function (p) { return p[1]; });
    var waiting = false;
    var current = null;
    function mark() {
      waiting = false;
      var line = parseFloat(getComputedStyle(root).scrollPaddingTop) + 24 || 92;
      var found = null;
      pairs.forEach(function (p) { if (p[1].getBoundingClientRect().top <= line) found = p[0]; });
      if (pairs.length && scrollY > 0 && scrollY + innerHeight >= root.scrollHeight - 2) found = pairs[pairs.length - 1][0];
      if (found === current) return;
      if (current) current.removeAttribute("aria-current");
      if (found) {
        found.setAttribute("aria-current", "location");
        if (wide.matches) box.scrollTop += Math.min(0, found.offsetTop - box.scrollTop - 40) || Math.max(0, found.offsetTop + 60 - box.scrollTop - box.clientHeight);
      }
      current = found;
    }
    function later() {
      if (!waiting) { waiting = true; requestAnimationFrame(mark); }
    }
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    mark();
    wide.addEventListener("change", function () { details.open = wide.matches; });
    box.addEventListener("click", function (e) {
      if (!wide.matches && e.target.closest("a")) details.open = false;
    });
  }

  var home = new URL("..", document.currentScript.src);

  function script(name) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script");
      element.src = new URL("theme/" + name, home).href;
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  // Most readers never search: what it takes is loaded for those who do.
  var engine = null;
  function searchEngine() {
    engine = engine || script("search.js");
    return engine;
  }

  function search() {
    var button = document.querySelector("[data-search]");
    if (!button) return;
    var dialog = null;
    if (/Mac|iP/.test(navigator.platform)) all("kbd", button).forEach(function (kbd) { kbd.textContent = "⌘ K"; });
    function open() {
      dialog = dialog || searchEngine().then(function () { return script("search-dialog.js"); });
      dialog.then(function () { return window.rollbookSearchDialog(); }).catch(function () {
        dialog = engine = null;
        announce(button.dataset.search);
      });
    }
    button.addEventListener("click", open);
    document.addEventListener("keydown", function (e) {
      var isCommand = (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "k";
      var isSlash = e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest("input,textarea,select,[contenteditable]");
      if (!isCommand && !isSlash) return;
      e.preventDefault();
      open();
    });
  }

  // The page for what is not there looks for the words of the address.
  function likely() {
    var box = document.querySelector("[data-likely]");
    if (!box || !location.href.startsWith(home.href)) return;
    var path = location.pathname.slice(home.pathname.length);
    try { path = decodeURIComponent(path); } catch (e) { /* Whoever types an address may write a lone `%`. */ }
    var query = path.replace(/\.\w+$/, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    if (!query || query === "404") return;
    searchEngine().then(function () {
      return window.rollbookSearch.find(query).then(function (found) { return window.rollbookSearch.show(found, 0, 5); });
    }).then(function (pages) {
      pages.forEach(function (page) {
        var item = document.createElement("li");
        var link = document.createElement("a");
        link.href = page.href;
        link.textContent = page.crumbs.concat(page.title).join(" › ");
        item.append(link);
        box.querySelector("ul").append(item);
      });
      box.hidden = !pages.length;
    }).catch(function () { /* Without an index the page says what it said. */ });
  }

  function copyButtons() {
    all(".code").forEach(function (box) {
      if (box.querySelector(".copy")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words.copy;
      box.append(button);
    });
  }

  function plainCode(code) {
    var text = code.textContent.replace(/\n$/, "");
    if (!/language-(console|shell-?session|bash|sh|zsh)\b/.test(code.className) || !/^\$ /m.test(text)) return text;
    if (/language-(console|shell-?session)\b/.test(code.className)) {
      text = text.split("\n").filter(function (line) { return /^\$ /.test(line); }).join("\n");
    }
    return text.replace(/^\$ /gm, "");
  }

  function write(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  document.addEventListener("click", function (e) {
    var button = e.target.closest(".copy");
    if (!button) return;
    function say(text) {
      button.textContent = text;
      announce(text);
      button.focus();
      setTimeout(function () { button.textContent = words.copy; }, 2000);
    }
    write(plainCode(button.parentNode.querySelector("code"))).then(
      function () { say(words.copied); },
      function () { say(words.failed); }
    );
  });

  function regionName(box) {
    var caption = box.querySelector("caption");
    if (caption) return caption.textContent.trim();
    for (var e = box; e && e.matches && !e.matches("main"); e = e.parentNode) {
      for (var s = e; s; s = s.previousElementSibling) {
        var h = s.matches("h2,h3,h4,.heading") ? s : null;
        if (h) return words.region + ": " + (h.querySelector("h2,h3,h4") || h).textContent.trim();
      }
    }
    return words.region;
  }

  function overflows(box) {
    var over = box.scrollWidth > box.clientWidth + 1;
    if (over === box.hasAttribute("tabindex")) return;
    if (over) {
      box.tabIndex = 0;
      if (box.matches(".table-scroll")) {
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", regionName(box));
      }
    } else {
      ["tabindex", "role", "aria-label"].forEach(function (n) { box.removeAttribute(n); });
    }
  }

  var watcher = "ResizeObserver" in window && new ResizeObserver(function (entries) {
    entries.forEach(function (e) { overflows(e.target); });
  });

  var severity = ["failed", "blocked", "unknown", "at_risk", "pending", "in_progress", "done", "not_applicable"];

  function sortKey(cell) {
    if (!cell) return "";
    var chip = cell.querySelector("[data-status]");
    if (chip) return severity.indexOf(chip.dataset.status);
    return cell.dataset.sort || cell.textContent.trim();
  }

  function sortable(table) {
    var body = table.tBodies[0];
    if (!body || body.rows.length < 2 || table.querySelector(".sort")) return;
    all("thead th", table).forEach(function (th) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append.apply(button, Array.from(th.childNodes));
      th.append(button);
    });
  }

  document.addEventListener("click", function (e) {
    var button = e.target.closest(".sort");
    if (!button) return;
    var th = button.closest("th");
    var table = th.closest("table");
    var body = table.tBodies[0];
    var down = th.getAttribute("aria-sort") === "ascending";
    all("th[aria-sort]", table).forEach(function (h) { h.removeAttribute("aria-sort"); });
    th.setAttribute("aria-sort", down ? "descending" : "ascending");
    var collator = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" });
    Array.from(body.rows).map(function (row) {
      return [sortKey(row.cells[th.cellIndex]), row];
    }).sort(function (a, b) {
      var order = typeof a[0] === "number" && typeof b[0] === "number" ? a[0] - b[0] : collator.compare(a[0], b[0]);
      return down ? -order : order;
    }).forEach(function (p) { body.append(p[1]); });
  });

  function filters() {
    var box = document.querySelector(".filters");
    if (!box) return;
    var owner = box.querySelector("[data-filter=owner]");
    var status = box.querySelector("[data-filter=status]");
    var output = box.querySelector("output");
    function apply() {
      var rows = all("table.checklist tr[data-status]");
      var shown = 0;
      rows.forEach(function (row) {
        var s = row.dataset.status;
        var fits = (owner.value === "*" || owner.value === (row.dataset.owner || "")) &&
          (status.value === "*" || status.value === s || (status.value === "open" && s !== "done" && s !== "not_applicable"));
        row.hidden = !fits;
        if (fits) shown++;
      });
      output.textContent = words.shown.replace("{shown}", shown).replace("{total}", rows.length);
    }
    box.addEventListener("change", apply);
    // A link to an item must reach its row even when a filter hides it.
    addEventListener("hashchange", function () {
      var row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (row && row.hidden) {
        owner.value = status.value = "*";
        apply();
        row.scrollIntoView();
      }
    });
    if (owner.value !== "*" || status.value !== "*") apply();
  }

  function enhance() {
    copyButtons();
    all("table.entity").forEach(sortable);
    all(".table-scroll, pre").forEach(function (box) {
      overflows(box);
      if (watcher) watcher.observe(box);
    });
  }

  var skip = document.querySelector(".skip");
  if (skip) skip.addEventListener("click", function (e) {
    e.preventDefault();
    var main = document.getElementById("rb:main");
    main.focus();
    main.scrollIntoView();
  });

  themes();
  search();
  likely();
  drawer();
  contents();
  filters();
  enhance();
  // Whoever replaces part of the page (the preview does) says so with this event.
  document.addEventListener("rollbook:update", enhance);
})();
