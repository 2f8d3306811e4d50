// The search finds first what people mean, in any way that a site is opened, by keyboard alone, and costs few bytes.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { fileUrl, launch, open } from "./lib/browser.mjs";
import { none } from "./lib/findings.mjs";
import { manyPages } from "./lib/many-pages.mjs";
import { MANUAL, RETAIL } from "./lib/queries.mjs";
import { pageTest } from "./lib/one-page.mjs";
import { preview } from "./lib/preview.mjs";
import { rollbook } from "./lib/rollbook.mjs";
import { serve } from "./lib/server.mjs";
import { hard, manual, of, retail } from "./lib/sites.mjs";
import { weigh } from "./lib/weigh-search.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const book = retail();
const docs = manual();
const odd = hard();

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = pageTest(() => browser);

async function openSearch(page) {
  await page.locator("[data-search]").click();
  await page.waitForSelector(".search[open]");
}

/** Writes a query and waits until it is answered. */
async function ask(page, query) {
  await page.fill(".search input", query);
  await page.waitForSelector(".search-list:not([aria-busy])", { state: "attached" });
}

/** The results as paths with anchors, below `base`. */
function results(page, base) {
  return page.$$eval(".search .hit", (hits, base) => hits.map((hit) => decodeURIComponent(hit.href.slice(base.length))), base);
}

const focused = (page) => page.evaluate(() => document.activeElement.className || document.activeElement.localName);
const isOpen = (page) => page.locator(".search").evaluate((dialog) => dialog.open);

/** Every query whose first result is another one. */
async function misses(page, queries, base) {
  const missed = [];
  for (const [query, expected] of queries) {
    await ask(page, query);
    const [first] = await results(page, base);
    if (first !== expected) missed.push(`${query}: ${first}, and not ${expected}`);
  }
  return missed;
}

for (const [site, queries] of [[book, RETAIL], [docs, MANUAL]]) {
  withPage(`${site.name}: each of ${queries.length} queries finds first what it means, from disk`, site, "index.html", {}, async (page) => {
    await openSearch(page);
    none(await misses(page, queries, fileUrl(site, "/")));
  });
}

test("it works below a sub-path, from a page in a folder", async () => {
  const server = await serve(book.out);
  const page = await open(browser);
  await page.goto(`${server.url}manuales/moda.html`);
  await openSearch(page);
  none(await misses(page, RETAIL.slice(0, 5), server.url));
  await page.keyboard.press("Enter");
  await page.waitForURL(`${server.url}comunicaciones.html`);
  none(page.sins);
  await page.context().close();
  await server.close();
});

test("it works in the preview, and finds what was written since", async () => {
  const page = (title) => `---\ntitle: ${title}\n---\nTexto.\n`;
  const site = await preview({ "rollbook.yaml": "lang: es\n", "content/_index.md": page("Inicio"), "content/una.md": page("Una palabra") });
  const view = await open(browser);
  try {
    await view.goto(`${site.url}index.html`);
    await openSearch(view);
    await ask(view, "palabra");
    assert.deepEqual(await results(view, site.url), ["una.html"]);
    site.write("content/dos.md", page("Palabra"));
    await view.waitForFunction(() => document.querySelectorAll(".search .hit").length === 2);
    assert.deepEqual(await results(view, site.url), ["dos.html", "una.html"], "results on show follow the edit");
    await view.keyboard.press("Escape");
    site.write("content/dos.md", page("Otra"));
    await view.waitForFunction(() => document.querySelector(".sidebar").textContent.includes("Otra"));
    await view.keyboard.press("/");
    await view.waitForFunction(() => document.querySelectorAll(".search .hit").length === 1);
    assert.deepEqual(await results(view, site.url), ["una.html"]);
    none(view.sins);
  } finally {
    await view.context().close();
    await site.stop();
  }
});

test("a page that was open while the site was built again finds what is there now", async () => {
  const files = { "rollbook.yaml": "lang: es\n", "content/_index.md": "---\ntitle: Inicio\n---\nTexto.\n", "content/una.md": "---\ntitle: Una palabra\n---\nVieja.\n" };
  const site = of("rebuilt", files);
  const page = await open(browser);
  await page.goto(fileUrl(site, "index.html"));
  await openSearch(page);
  writeFileSync(join(site.root, "content/aaa.md"), "---\ntitle: Palabra\n---\nNueva.\n");
  rollbook(["build", "--root", site.root, "--out", site.out]);
  await ask(page, "palabra");
  assert.deepEqual(await results(page, fileUrl(site, "/")), ["aaa.html", "una.html"]);
  none(page.sins);
  await page.context().close();
});

withPage("it is opened, walked through and left by keyboard alone", book, "index.html", {}, async (page) => {
  const button = page.locator("[data-search]");
  assert.match(await button.getAttribute("aria-keyshortcuts"), /Control\+K/);
  await button.focus();
  await page.keyboard.press("Control+k");
  await page.waitForSelector(".search[open]");
  assert.equal(await focused(page), "input");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).overflow), "hidden", "the page behind does not scroll");

  await page.keyboard.type("importar");
  await page.waitForSelector(".search.found");
  const active = () => page.$eval(".search input", (field) => {
    const option = document.getElementById(field.getAttribute("aria-activedescendant"));
    return [...document.querySelectorAll(".search .hit")].indexOf(option);
  });
  const marked = () => page.$$eval(".search .hit[aria-selected=true]", (hits) => hits.length);
  assert.equal(await active(), 0, "the first result is chosen");
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(), 1);
  const last = (await page.locator(".search .hit").count()) - 1;
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await active(), last, "above the first is the last");
  assert.equal(await marked(), 1);
  assert.match(await page.locator(".search-status").textContent(), /^\d+ páginas$/, "the number of pages is said");

  await page.keyboard.press("Escape");
  assert.equal(await isOpen(page), false);
  assert.equal(await focused(page), "search-button", "the focus is back where it was");
  await page.keyboard.press("/");
  await page.waitForSelector(".search[open]");
  assert.equal(await page.inputValue(".search input"), "importar", "the query is kept");
  await page.keyboard.press("Control+k");
  assert.equal(await isOpen(page), false, "the same keys close it");

  await page.keyboard.press("/");
  await page.keyboard.type("a/b");
  assert.equal(await page.inputValue(".search input"), "a/b", "the query was selected, and a slash in the field is a slash");
  await page.fill(".search input", "");
  await page.keyboard.type("curva de talla");
  await page.keyboard.press("Enter");
  await page.waitForURL(/moda\.html#reparta/);
  await page.keyboard.press("/");
  await page.waitForSelector(".search.found");
  assert.equal(await page.inputValue(".search input"), "curva de talla", "the query is kept on the next page");
  await page.keyboard.press("Enter");
  assert.equal(await isOpen(page), false, "a result on the same page shows the page");
});

withPage("results say where they stand, and mark the words", book, "index.html", {}, async (page) => {
  await openSearch(page);
  await ask(page, "numero serie");
  const group = page.locator(".search [role=group]").first();
  assert.equal(await group.getAttribute("aria-label"), "Manuales › Manual de tecnología");
  assert.equal(await group.locator(".hit-path").innerText(), "Manuales › Manual de tecnología");
  assert.deepEqual(await group.locator(".hit").first().locator(".hit-name mark").allInnerTexts(), ["número", "serie"]);
  await ask(page, "looker");
  assert.deepEqual(await page.locator(".search .hit-text mark").allInnerTexts(), ["Looker"]);
  await ask(page, "vertical profiles");
  assert.deepEqual(await page.locator(".search .hit").first().locator(".hit-name mark").allInnerTexts(), ["VERTICAL", "PROFILES"]);
  await ask(page, "zzzzzz");
  assert.equal(await page.locator(".search-status").innerText(), "Ninguna página responde a «zzzzzz».");
  assert.equal(await page.locator(".search-list").isVisible(), false);
  assert.equal(await page.getAttribute(".search input", "aria-expanded"), "false");
});

withPage("further results come when the list is scrolled", docs, "index.html", {}, async (page) => {
  await openSearch(page);
  await ask(page, "rule");
  const groups = () => page.locator(".search [role=group]").count();
  assert.equal(await groups(), 5);
  await page.evaluate(() => { const list = document.querySelector(".search-list"); list.scrollTop = list.scrollHeight; });
  await page.waitForFunction(() => document.querySelectorAll(".search [role=group]").length === 10);
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.querySelectorAll(".search [role=group]").length === 15);
});

test("pages in the reader's language come first", async () => {
  const page = (lang, title) => `---\ntitle: ${title}\nlang: ${lang}\n---\nRollback rollback.\n`;
  const site = of("languages", {
    "rollbook.yaml": "lang: es\n",
    "content/_index.md": "---\ntitle: Inicio\n---\nTexto.\n",
    "content/en.md": page("en", "Rollback"),
    "content/es.md": page("es", "Otra cosa"),
    "content/pt.md": page("pt", "Importações"),
  });
  for (const [path, expected] of [["es.html", ["es.html", "en.html", "pt.html"]], ["en.html", ["en.html", "es.html", "pt.html"]], ["pt.html", ["pt.html", "en.html", "es.html"]]]) {
    const page = await open(browser);
    await page.goto(fileUrl(site, path));
    await openSearch(page);
    await ask(page, "rollback");
    assert.deepEqual(await results(page, fileUrl(site, "/")), expected, path);
    await ask(page, "importação");
    assert.deepEqual(await results(page, fileUrl(site, "/")), ["pt.html"], "stems are those of the page found");
    await page.context().close();
  }
});

test("what is not published or not wanted is not found, and a site may do without", async () => {
  const files = {
    "content/_index.md": "---\ntitle: Start\n---\nText.\n",
    "content/draft.md": "---\ntitle: Hidden draft\ndraft: true\n---\nText.\n",
    "content/out.md": "---\ntitle: Hidden page\nsearch: false\naliases: [/old/]\n---\nText.\n",
    "content/part/_index.md": "---\ntitle: Part\ncascade: {search: false}\n---\nHidden is not this one.\n",
    "content/part/page.md": "---\ntitle: Hidden by its section\n---\nText.\n",
  };
  const site = of("hidden", files);
  const page = await open(browser);
  await page.goto(fileUrl(site, "index.html"));
  await openSearch(page);
  await ask(page, "hidden");
  assert.deepEqual(await results(page, fileUrl(site, "/")), ["part/index.html"]);
  const without = of("without", { ...files, "rollbook.yaml": "search: false\n" });
  await page.goto(fileUrl(without, "index.html"));
  assert.equal(await page.locator("[data-search]").count(), 0);
  await page.keyboard.press("/");
  none(page.sins);
  await page.context().close();
});

withPage("every word of a page finds it", odd, "rarezas.html", {}, async (page) => {
  await openSearch(page);
  const missed = await page.evaluate(async () => {
    const text = document.querySelector(".prose").innerText;
    const words = [...new Set(text.split(/[^\p{L}\p{N}_]+/u))].filter((word) => word.replace(/_/g, "").length > 1);
    const missed = [];
    for (const word of words) {
      const found = await window.rollbookSearch.find(word);
      const at = (await window.rollbookSearch.show(found, 0, 500)).filter((page) => page.href.endsWith("/rarezas.html"));
      if (!at.length && !"a al con de del e el en es la las lo los o para por que se su sus un una y".split(" ").includes(word.toLowerCase())) missed.push(word);
    }
    return words.length > 80 ? missed : [`only ${words.length} words`];
  });
  // The words of the frame around the text: titles of alerts, the line of the footnotes.
  const frame = ["Nota", "Consejo", "Importante", "Atención", "Precaución"];
  none(missed.filter((word) => !frame.includes(word)));
});

withPage("a hostile author and a hostile query harm nobody", odd, "index.html", {}, async (page) => {
  await openSearch(page);
  for (const query of ["hostil", "<img src=x onerror=alert(1)>", "script alert", "\"'><script>alert(1)</script>", "__proto__ constructor", "%F0%9F", "\\u0000 .* [", "a".repeat(200), "💥 ⏳", "_ _ _"]) {
    await ask(page, query);
    assert.equal(await page.locator(".search :is(img, script, iframe)").count(), 0, query);
  }
  await ask(page, "hostil");
  assert.match(await page.locator(".search .hit-name").first().innerText(), /<script>alert\('título'\)/);
});

for (const colorScheme of ["light", "dark"]) {
  withPage(`axe finds nothing in the dialog, ${colorScheme}`, book, "manuales/moda.html", { colorScheme }, async (page) => {
    const findings = [];
    const look = async (what) => {
      const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"], preload: false })).violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`)));
      const wide = await page.evaluate(() => [...document.querySelectorAll(".search, .search-list")].filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => `${it.className} scrolls sideways`));
      findings.push(...[...found, ...wide].map((finding) => `${what}: ${finding}`));
    };
    await page.evaluate(axe);
    for (const width of [1280, 768, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await openSearch(page);
      for (const query of ["", "ENABLE_VERTICAL_IMPORT_EXPORT", "qa pendiente", "zzzzzz"]) {
        if (query) await ask(page, query);
        await look(`${width} «${query}»`);
      }
      await page.fill(".search input", "");
      await page.keyboard.press("Escape");
    }
    none(findings);
  });
}

withPage("without JavaScript there is no button that does nothing", book, "index.html", { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("[data-search]").isVisible(), false);
});

test("the page for what is not there names what the address may have meant", async () => {
  const page = await open(browser, { publish: odd });
  await page.goto(`${odd.base}hermanas/hermana-17-vieja.html`);
  const links = page.locator("[data-likely] a");
  await links.first().waitFor();
  assert.equal(await links.first().getAttribute("href"), `${odd.base}hermanas/hermana-17.html`);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(`${odd.base}anchos-de-antes.html`);
  await links.first().waitFor();
  assert.match(await links.first().innerText(), /Donaudampfschiff/);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "a long word stays inside the page");
  await page.goto(`${odd.base}zzzz/qqqq`);
  assert.equal(await page.locator("[data-likely]").isVisible(), false);
  none(page.sins.filter((sin) => !sin.includes("404")));
  await page.context().close();
});

test("the scripts are light", () => {
  const gzipped = (name) => gzipSync(readFileSync(join(book.out, "theme", name))).length;
  const scripts = ["rollbook.js", "search.js", "search-dialog.js"].map(gzipped).reduce((a, b) => a + b);
  assert.ok(scripts < 15 * 1024, `all scripts weigh ${scripts} bytes gzipped`);
});

for (const [pages, limit] of [[1_000, 150_000], [10_000, 300_000]]) {
  test(`the first query among ${pages} pages loads less than ${limit} bytes`, async () => {
    const many = of(`many-${pages}`, manyPages(pages));
    const findings = [];
    // A frequent word and a less frequent one, three of them, and a rare one.
    for (const query of ["teca loca", "riteca mute pelo", "dopenisa"]) {
      const cost = await weigh(browser, many, query);
      if (cost.bytes >= limit) findings.push(`${query}: ${cost.bytes} bytes in ${cost.files.map((it) => it.path).join(" ")}`);
      findings.push(...cost.sins);
    }
    none(findings);
  });
}
