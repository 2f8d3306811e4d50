// What a person does with a page, with and without JavaScript, on paper, and what a hostile page must not do.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { fileUrl, launch, open } from "./lib/browser.mjs";
import { none } from "./lib/findings.mjs";
import { pageTest } from "./lib/one-page.mjs";
import { flat, hard, retail, seed } from "./lib/sites.mjs";
import { serve } from "./lib/server.mjs";

const MANUAL = "manuales/moda.html";
const PHONE = { viewport: { width: 380, height: 700 } };

const book = retail();
const odd = hard();
const plan = seed();

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const withPage = pageTest(() => browser);

const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.localName);
const isInert = (page, selector) => page.$eval(selector, (element) => Boolean(element.closest("[inert]")));

test("the theme follows the system until one is chosen, and the choice lasts", async () => {
  const server = await serve(book.out);
  const page = await open(browser, { colorScheme: "light" });
  await page.goto(`${server.url}index.html`);
  const light = await background(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await background(page);
  assert.notEqual(dark, light, "the system's theme changes the page");

  const button = page.locator(".theme-button");
  const labels = [await button.getAttribute("aria-label")];
  await button.click();
  labels.push(await button.getAttribute("aria-label"));
  assert.equal(await background(page), light, "light is chosen, whatever the system says");
  await page.reload();
  assert.equal(await background(page), light, "the choice lasts over a reload");
  await page.goto(`${server.url}${MANUAL}`);
  assert.equal(await background(page), light, "the choice lasts on another page");
  await page.emulateMedia({ colorScheme: "light" });
  await button.click();
  labels.push(await button.getAttribute("aria-label"));
  assert.equal(await background(page), dark, "dark is chosen");
  await button.click();
  assert.equal(await background(page), light, "automatic again");
  assert.equal(new Set(labels).size, 3, `each state has a name: ${labels}`);
  none(page.sins);
  await page.context().close();
  await server.close();
});

withPage("on a phone the contents are a drawer that keeps the keyboard inside and gives it back", book, MANUAL, PHONE, async (page) => {
  const button = page.locator(".menu-button");
  const drawer = page.locator(".sidebar");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  assert.equal(await page.locator(`[id="${await button.getAttribute("aria-controls")}"]`).count(), 1);
  assert.equal(await drawer.isVisible(), false);
  await button.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.equal(await drawer.isVisible(), true);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-current")), "page", "the present page has the focus");
  for (const behind of ["main", ".skip", ".site-title", ".site-footer"]) assert.ok(await isInert(page, behind), `${behind} is inert`);
  assert.equal(await isInert(page, ".menu-button"), false);
  await page.keyboard.press("Escape");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  assert.match(await focused(page), /menu-button/);
  assert.equal(await isInert(page, "main"), false);

  await button.click();
  await page.mouse.click(370, 400);
  assert.equal(await button.getAttribute("aria-expanded"), "false", "a click beside it closes it");
  await button.click();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.waitForFunction(() => !document.querySelector("[inert]"));
  assert.equal(await drawer.isVisible(), true, "with room enough it is no drawer");
});

withPage("the contents of a page mark what is being read", book, MANUAL, {}, async (page) => {
  const marked = () => page.$$eval(".toc [aria-current]", (links) => links.map((link) => link.hash));
  assert.deepEqual(await marked(), [], "nothing is marked above the first section");
  const hashes = await page.$$eval(".toc a", (links) => links.map((link) => link.hash));
  await page.locator(".toc a").nth(2).click();
  await page.waitForFunction((hash) => document.querySelector(".toc [aria-current]")?.hash === hash, hashes[2]);
  await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
  await page.waitForFunction((hash) => document.querySelector(".toc [aria-current]")?.hash === hash, hashes.at(-1));
  assert.equal((await marked()).length, 1, "only one is marked");
});

test("copied code has no prompts, and of a session only what was typed", async () => {
  const server = await serve(odd.out);
  const page = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`${server.url}anchos.html`);
  const copied = async (selector) => {
    const button = page.locator(".code", { has: page.locator(selector) }).first().locator(".copy");
    const before = await button.textContent();
    await button.click();
    await page.waitForFunction((before) => ![...document.querySelectorAll(".copy")].every((it) => it.textContent === before), before);
    await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.equal(await copied(".language-console"), "echo uno\necho dos");
  assert.match(await copied(".language-bash"), /^rollbook build --out carpeta\/.*\nrollbook check$/);
  none(page.sins);
  await page.context().close();
  await server.close();
});

withPage("the checklist filters and sorts, and a link reaches a hidden row", odd, "rollout/checklist.html", {}, async (page) => {
  const rows = () => page.$$eval("table.checklist tbody tr", (rows) => rows.filter((row) => !row.hidden).map((row) => ({ id: row.id, owner: row.dataset.owner, status: row.dataset.status })));
  const output = page.locator(".filters output");
  const whole = await rows();
  assert.equal(whole.length, 300);
  await page.selectOption("[data-filter=status]", "blocked");
  const blocked = await rows();
  assert.deepEqual(blocked, whole.filter((row) => row.status === "blocked"));
  assert.ok(blocked.length > 0 && blocked.length < 300);
  assert.match(await output.textContent(), new RegExp(`^${blocked.length}\\D+300`));
  await page.selectOption("[data-filter=owner]", "");
  const orphans = await rows();
  assert.deepEqual(orphans, blocked.filter((row) => row.owner === ""));
  assert.ok(orphans.length > 0);
  await page.selectOption("[data-filter=status]", "open");
  assert.deepEqual(await rows(), whole.filter((row) => row.owner === "" && !["done", "not_applicable"].includes(row.status)));

  const hidden = whole.find((row) => row.status === "done" && row.owner !== "").id;
  await page.evaluate((id) => { location.hash = `#${encodeURIComponent(id)}`; }, hidden);
  await page.waitForFunction((id) => !document.getElementById(id).hidden, hidden);
  assert.equal((await rows()).length, 300);

  const status = page.locator("table.checklist thead th", { has: page.locator(".sort") }).nth(2);
  await status.locator(".sort").click();
  assert.equal(await status.getAttribute("aria-sort"), "ascending");
  const order = (await rows()).map((row) => row.status).filter((it, at, list) => it !== list[at - 1]);
  assert.deepEqual(order, ["failed", "blocked", "unknown", "at_risk", "pending", "in_progress", "done", "not_applicable"]);
  await status.locator(".sort").click();
  assert.equal(await status.getAttribute("aria-sort"), "descending");
  assert.equal((await rows())[0].status, "not_applicable");
});

for (const [site, path, width] of [[book, "index.html", 1280], [book, MANUAL, 1280], [book, "checklist.html", 1280], [book, MANUAL, 380], [odd, "anchos.html", 380], [plan, "plan-rollout-retail.html", 768]]) {
  withPage(`the keyboard reaches everything and leaves it again: ${site.name} ${path} at ${width}`, site, path, { viewport: { width, height: 800 }, reducedMotion: "reduce" }, async (page) => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const wanted = await page.evaluate(() => {
      const able = [...document.querySelectorAll("a[href], button, select, summary, input, [tabindex='0']")];
      const seen = able.filter((element) => !element.disabled && !element.closest("[inert]") && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }));
      seen.forEach((element, at) => { element.dataset.stop = at; });
      return seen.length;
    });
    const stops = [];
    for (let presses = 0; presses <= wanted + 2; presses++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        const { top, bottom, width, height } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        return { stop: element.dataset.stop, seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight, ring: element.matches(":focus-visible") && style.outlineStyle !== "none" && style.outlineWidth !== "0px", text: element.outerHTML.slice(0, 80) };
      });
      if (stop.stop === undefined) break;
      stops.push(stop);
    }
    assert.match(stops[0].text, /class="skip"/, "the skip link comes first");
    assert.equal(new Set(stops.map((stop) => stop.stop)).size, wanted, "every link and control is reached");
    assert.equal(stops.length, wanted, "and none keeps the focus");
    none(stops.filter((stop) => !stop.seen || !stop.ring).map((stop) => `not seen with the focus: ${stop.text}`));
  });
}

withPage("the skip link leads to the text", book, MANUAL, {}, async (page) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("main"))));
});

test("without JavaScript every view is complete and leads on", async () => {
  const page = await open(browser, { javaScriptEnabled: false, viewport: { width: 380, height: 700 } });
  const findings = [];
  for (const path of ["index.html", MANUAL, "checklist.html", "flags/index.html", "rollout/history.html", "rollout/history/0002.html", "404.html"]) {
    await page.goto(fileUrl(book, path));
    const found = (what, holds) => { if (!holds) findings.push(`${path}: ${what}`); };
    found("no heading", await page.locator("h1").isVisible());
    const links = page.locator(".sidebar a, .directory a");
    found("the contents are not shown", (await links.count()) > 5 && (await links.first().isVisible()) && (await links.last().isVisible()));
    for (const dead of [".menu-button", ".theme-button", ".filters", ".copy", ".sort"]) found(`${dead} does nothing and is shown`, !(await page.locator(dead).first().isVisible()));
    for (const row of await page.locator("table.checklist tr").all()) found("a row is hidden", await row.isVisible());
    const toc = page.locator(".toc a");
    if (await toc.count()) found("the contents of the page are folded", await toc.first().isVisible());
  }
  await page.goto(fileUrl(book, MANUAL));
  await page.click(".menu-link");
  await page.locator(".sidebar a", { hasText: "ferretería" }).click();
  findings.push(...(page.url() === fileUrl(book, "manuales/ferreteria.html") ? [] : [`the contents led to ${page.url()}`]));
  none([...findings, ...page.sins]);
  await page.context().close();
});

test("the system's theme holds without JavaScript", async () => {
  const page = await open(browser, { javaScriptEnabled: false, colorScheme: "dark" });
  await page.goto(fileUrl(book, "index.html"));
  const dark = await background(page);
  await page.emulateMedia({ colorScheme: "light" });
  assert.notEqual(await background(page), dark);
  await page.context().close();
});

/** What does not fit on a sheet of A4 with the theme's margins, at the 96 points an inch of CSS. */
const SHEET = Math.floor(((210 - 2 * 16) / 25.4) * 96);

for (const [site, path] of [[book, "index.html"], [book, MANUAL], [book, "checklist.html"], [book, "rollout/history/0002.html"], [odd, "anchos.html"], [odd, "flags.html"], [odd, "hostil.html"]]) {
  withPage(`on paper there is the text alone, and nothing is cut off: ${site.name} ${path}`, site, path, { viewport: { width: SHEET, height: 1000 }, colorScheme: "dark" }, async (page) => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const findings = await page.evaluate((sheet) => {
      const findings = [];
      const shown = (element) => element.checkVisibility({ visibilityProperty: true });
      for (const chrome of [".site-header", ".sidebar", ".toc", ".skip", ".breadcrumbs", ".pager", ".filters", ".anchor", ".copy"]) {
        if ([...document.querySelectorAll(chrome)].some(shown)) findings.push(`${chrome} is printed`);
      }
      for (const element of document.querySelectorAll("main *")) {
        if (!shown(element) || element.closest("svg, .visually-hidden")) continue;
        const { right, width } = element.getBoundingClientRect();
        if (width > 1 && right > sheet + 1) findings.push(`<${element.localName} class="${element.className}"> ends at ${Math.round(right)} of ${sheet}: ${element.textContent.trim().slice(0, 40)}`);
      }
      for (const details of document.querySelectorAll("main details:not(.toc *)")) {
        if (![...details.children].every(shown)) findings.push("a fold is printed folded");
      }
      const luminance = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).slice(0, 3).map(Number);
      if (Math.min(...luminance) < 240) findings.push(`the paper is printed in ${luminance}`);
      return findings;
    }, SHEET);
    none(findings);
    assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
  });
}

for (const path of ["hostil.html", "index.html", "flags.html", "cambios.html", "rollout/flags/corto.html"]) {
  withPage(`a hostile author harms nobody: ${path}`, odd, path, {}, async (page) => {
    const findings = await page.evaluate(() => {
      const own = new Set(["lang", "class"]);
      const findings = [];
      for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
          if (/^on/.test(name) || name === "srcdoc" || (name === "style" && element.closest("main"))) findings.push(`${name} on <${element.localName}>`);
          if (!own.has(name) && /^\s*(javascript|vbscript|data):/i.test(value.replace(/[\u0000-\u0020]/g, ""))) findings.push(`${name}="${value}"`);
        }
      }
      for (const element of document.querySelectorAll("iframe, object, embed, form, main style, main svg, main link, main meta, .prose input:not([disabled]), .prose script")) findings.push(`<${element.localName}>`);
      const scripts = [...document.scripts].filter((script) => !script.src && !/^\(function|^if\(!matchMedia/.test(script.textContent));
      findings.push(...scripts.map((script) => `script: ${script.textContent.slice(0, 60)}`));
      if (document.querySelectorAll("main").length !== 1 || !document.querySelector("main ~ footer")) findings.push("the page was torn open");
      return findings;
    });
    none(findings);
    assert.doesNotMatch(await page.title(), /^tomado/);
  });
}

withPage("what a hostile author wrote is there to be read", odd, "hostil.html", {}, async (page) => {
  const text = await page.locator("main").innerText();
  for (const written of ["</title><script>alert('título')</script>", '<script>alert("bloque")</script>', "{{ 7 * 7 }}", '{% include "base.html" %}', "Después del cierre."]) {
    assert.ok(text.includes(written), `missing: ${written}`);
  }
});

test("pages and theme stay light", () => {
  const gzipped = (path) => gzipSync(readFileSync(join(book.out, path))).length;
  const manuals = book.pages.filter((path) => path.startsWith("manuales/"));
  assert.ok(manuals.length >= 9);
  none(manuals.filter((path) => statSync(join(book.out, path)).size >= 40 * 1024).map((path) => `${path} weighs 40 KB or more`));
  assert.ok(gzipped("theme/rollbook.css") < 15 * 1024, `CSS weighs ${gzipped("theme/rollbook.css")} bytes gzipped`);
  assert.ok(gzipped("theme/rollbook.js") < 15 * 1024, `JavaScript weighs ${gzipped("theme/rollbook.js")} bytes gzipped`);
});

test("a page does not grow with the number of pages", () => {
  const [few, many] = [flat(100), flat(2000)];
  const sizes = [few, many].map((site) => statSync(join(site.out, "flat/page-0050.html")).size);
  assert.ok(Math.abs(sizes[0] - sizes[1]) <= 16, `${sizes[0]} bytes among 100 pages, ${sizes[1]} among 2,000`);
});
