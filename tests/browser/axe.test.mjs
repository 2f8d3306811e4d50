// No page has an accessibility problem that axe can see, in either theme, from a phone to a desk; and no page scrolls sideways.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileUrl, launch, open, share } from "./lib/browser.mjs";
import { none } from "./lib/findings.mjs";
import { all } from "./lib/sites.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Rules whose answer depends on colours; the others would say the same again in the second theme. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** An empty corner of a table is its author's to fill; everything else counts. */
async function violations(page, rules) {
  return page.evaluate(async (rules) => {
    const options = { resultTypes: ["violations"], ...(rules ? { runOnly: { type: "rule", values: rules } } : { rules: { "empty-table-header": { enabled: false } } }) };
    const { violations } = await window.axe.run(document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`));
  }, rules);
}

/** Changes the window, and waits until the page has seen it: what overflows gets its focus stop a frame later. */
async function resize(page, width) {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Whether the page scrolls sideways, and which element reaches out farthest. */
function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const right = (element) => element.getBoundingClientRect().right;
  const widest = [...document.querySelectorAll("main *, header *, footer *")].reduce((a, b) => (right(b) > right(a) ? b : a));
  return [`scrolls sideways: ${scrollWidth} > ${clientWidth} by <${widest.localName} class="${widest.className}"> ${widest.textContent.slice(0, 40)}`];
}

async function look(page, site, path) {
  const findings = [];
  const at = (what, found) => findings.push(...found.map((finding) => `${path} (${what}): ${finding}`));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(fileUrl(site, path));
  await page.evaluate(axe);
  for (const width of [1280, 768, 320]) {
    await page.emulateMedia({ colorScheme: "light" });
    await resize(page, width);
    at(`${width} light`, await page.evaluate(overflow));
    at(`${width} light`, await violations(page));
    await page.emulateMedia({ colorScheme: "dark" });
    at(`${width} dark`, await violations(page, COLOUR_RULES));
  }
  for (const width of [320, 1280]) {
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    await resize(page, width);
    at(`${width}, text at 200 %`, await page.evaluate(overflow));
  }
  return findings;
}

/** Pages of which no two differ in numbers alone: axe would say the same of both. Aliases show nothing. */
function kinds(site) {
  const shapes = new Map();
  for (const path of site.pages) {
    const html = site.html(path);
    if (html.includes('http-equiv="refresh"')) continue;
    const shape = html.replace(/\d+/g, "").replaceAll(' aria-current="page"', "");
    if (!shapes.has(shape)) shapes.set(shape, path);
  }
  return [...shapes.values()];
}

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const site of all()) {
  test(`${site.name}: axe finds nothing and nothing scrolls sideways`, async () => {
    const workers = await Promise.all([1, 2].map(() => open(browser, { publish: site.base && site })));
    none(await share(kinds(site), workers, (page, path) => look(page, site, path)));
    await Promise.all(workers.map((page) => page.context().close()));
  });
}
