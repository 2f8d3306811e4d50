// What the preview does to a page that is open while its sources change.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { rmSync, writeFileSync } from "node:fs";
import { launch, open } from "./lib/browser.mjs";
import { none } from "./lib/findings.mjs";
import { preview } from "./lib/preview.mjs";

const LONG = Array.from({ length: 60 }, (_, index) => `Párrafo ${index} de una página larga.\n`).join("\n");
const DETAILS = "<details>\n<summary>Más</summary>\n\nLo que se abre.\n\n</details>\n";
const PAGE = (text) => `---\ntitle: Página\n---\n\n# Página\n\n${text}\n\n[Un enlace](otra.md)\n\n${DETAILS}\n${LONG}\n## Final\n\nFin.\n`;
const FILES = {
  "rollbook.yaml": "title: Prueba\nlang: es\n",
  "content/_index.md": "# Inicio\n\n[Página](pagina.md)\n",
  "content/pagina.md": PAGE("Texto de antes."),
  "content/otra.md": "# Otra\n\nOtra página.\n",
};

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A test with a site of its own under `serve` and a page that shows `path`. */
function withPreview(name, { path = "pagina.html", flags = [] } = {}, body) {
  test(name, async () => {
    const site = await preview(FILES, flags);
    const page = await open(browser);
    try {
      await page.goto(site.url + path);
      // Lost with the first reload.
      await page.evaluate(() => { window.marker = true; });
      await body(page, site);
    } finally {
      await page.context().close();
      await site.stop();
    }
  });
}

const stayed = (page) => page.evaluate(() => window.marker === true);
const shows = (page, text) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), text);

withPreview("an edit changes the text and nothing else: scroll, focus and open parts stay", {}, async (page, site) => {
  await page.locator("main details summary", { hasText: "Más" }).click();
  await page.locator("main a", { hasText: "Un enlace" }).focus();
  await page.evaluate(() => scrollTo(0, 400));
  const scroll = await page.evaluate(() => scrollY);
  assert.ok(scroll > 300, "the page is long enough to scroll");

  site.write("content/pagina.md", PAGE("Texto de *después*, y más.\n\nOtro párrafo."));
  await shows(page, "Texto de después");
  assert.ok(await stayed(page), "the page was not loaded anew");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Un enlace");
  assert.ok(await page.$eval("main details:has(p)", (details) => details.open), "what was open is open");
  const moved = await page.evaluate(() => scrollY);
  assert.ok(Math.abs(moved - scroll) < 120, `from ${scroll} to ${moved}: what was read is still in sight`);

  site.write("content/pagina.md", PAGE("Texto de antes.").replace("## Final", "## Otro final"));
  await shows(page, "Texto de antes.");
  assert.equal(await page.locator("h2", { hasText: "Otro final" }).count(), 1);
  assert.ok(await page.evaluate(() => !document.body.innerText.includes("Otro párrafo")));
  assert.ok(await stayed(page));
  none(page.sins);
});

withPreview("the choice of a filter and an order by hand stay", { path: "lista.html" }, async (page, site) => {
  const list = (last) => `---\nkind: checklist\ntitle: Lista\n---\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n| Uno | QA | ⏳ |\n| Dos | DevOps | ✅ |\n| Tres | QA | ${last} |\n`;
  site.write("content/lista.md", list("⏳"));
  await page.waitForFunction(() => document.querySelector(".filters"));
  await page.evaluate(() => { window.marker = true; });
  await page.selectOption("[data-filter=owner]", "QA");
  await page.locator("th button.sort", { hasText: "Ítem" }).click();
  const rows = () => page.$$eval("table.checklist tbody tr:not([hidden])", (all) => all.map((row) => row.innerText.split("\t")[0].trim()));
  assert.deepEqual(await rows(), ["Tres", "Uno"]);
  site.write("content/lista.md", list("✅"));
  await page.waitForFunction(() => document.querySelectorAll("table.checklist [data-status=done]").length >= 2);
  assert.deepEqual(await rows(), ["Tres", "Uno"]);
  assert.equal(await page.$eval("[data-filter=owner]", (select) => select.value), "QA");
  assert.ok(await stayed(page));
});

withPreview("a style sheet is exchanged in place", {}, async (page, site) => {
  site.write("static/theme/rollbook.css", "body { background: rgb(1, 2, 3) }");
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");
  site.write("static/theme/rollbook.css", "body { background: rgb(4, 5, 6) }");
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(4, 5, 6)");
  assert.ok(await stayed(page));
  assert.equal(await page.locator("head link[rel=stylesheet]").count(), 1, "one sheet is left");
  none(page.sins);
});

withPreview("a broken template lies over the page and goes when it is mended", {}, async (page, site) => {
  site.write("templates/page.html", "{% extends \"base.html\" %}{% block body %}{{ page.");
  await page.waitForSelector("#rollbook-problem");
  assert.match(await page.locator("#rollbook-problem").innerText(), /templates\/page\.html/);
  assert.ok(await page.evaluate(() => document.body.innerText.includes("Texto de antes.")), "the last good page is below");
  rmSync(`${site.root}/templates/page.html`);
  await page.waitForSelector("#rollbook-problem", { state: "detached" });
  assert.ok(await stayed(page));
});

withPreview("findings stand in the corner, open to be read, and go when they are mended", {}, async (page, site) => {
  await page.waitForFunction(() => document.querySelector("script[data-build]"));
  site.write("content/pagina.md", PAGE("[Roto](no-hay.md)"));
  const corner = page.locator("#rollbook-findings summary");
  await corner.waitFor();
  assert.match(await corner.innerText(), /1 error/);
  await corner.click();
  assert.match(await page.locator("#rollbook-findings pre").innerText(), /links\/broken-file[^]*content\/pagina\.md:7:8/);
  site.write("content/pagina.md", PAGE("[Roto](no-hay.md) y [otro](tampoco.md)"));
  await page.waitForFunction(() => document.querySelector("#rollbook-findings summary")?.textContent.includes("2 err"));
  assert.ok(await page.$eval("#rollbook-findings details", (details) => details.open), "it stays open");
  site.write("content/pagina.md", PAGE("Entero."));
  await page.waitForSelector("#rollbook-findings", { state: "detached" });
  assert.ok(await stayed(page));
  none(page.sins);
});

withPreview("who follows is led to the page that was edited", { flags: ["--follow"] }, async (page, site) => {
  site.write("content/otra.md", "# Otra\n\nRecién escrita.\n");
  await page.waitForURL(`${site.url}otra.html`);
  await shows(page, "Recién escrita.");
});

withPreview("a page that stays open over a restart catches up", {}, async (page, site) => {
  await site.stop();
  writeFileSync(`${site.root}/content/pagina.md`, PAGE("Escrito sin vista previa."));
  await site.start();
  await shows(page, "Escrito sin vista previa.");
  assert.ok(await stayed(page));
});

withPreview("a page that is deleted says so, and comes back", {}, async (page, site) => {
  rmSync(`${site.root}/content/pagina.md`);
  await page.waitForFunction(() => document.body.classList.contains("kind-404") || !document.body.innerText.includes("Texto de antes."));
  site.write("content/pagina.md", PAGE("De vuelta."));
  await shows(page, "De vuelta.");
});
