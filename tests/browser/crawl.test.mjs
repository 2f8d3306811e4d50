// Every link, anchor and file that a page names is there, and no page asks anything of another machine: opened from disk and
// served below a sub-path.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { launch, open, share } from "./lib/browser.mjs";
import { none } from "./lib/findings.mjs";
import { serve } from "./lib/server.mjs";
import { all } from "./lib/sites.mjs";

const isRedirect = (site, path) => site.html(path).includes('http-equiv="refresh"');

/** What a page names, read by the browser: `href` and `src` as it resolves them, and the ids that can be linked to. */
function read() {
  const url = (element, name) => element[name].baseVal ?? element[name];
  const all = (selector, name) => [...document.querySelectorAll(selector)].map((element) => ({ tag: element.localName, rel: element.rel, url: url(element, name) }));
  return {
    links: [...all("[href]:not(base)", "href"), ...all("[src]", "src")].filter((link) => typeof link.url === "string"),
    ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
  };
}

/** Opens every page below `base` and follows, on paper, everything that it names. Aliases have tests of their own. */
async function crawl(browser, site, base) {
  // Where the settings name an address, the page for what is not there works at that address alone.
  const publish = site.base && site;
  const pages = site.pages.filter((path) => !isRedirect(site, path));
  const workers = await Promise.all([1, 2].map(() => open(browser, { publish })));
  const ids = new Map();
  const wanted = [];
  const findings = await share(pages, workers, async (page, path) => {
    await page.goto(new URL(path.split("/").map(encodeURIComponent).join("/"), base).href);
    const seen = await page.evaluate(read);
    ids.set(path, new Set(seen.ids));
    const found = page.sins.splice(0).map((sin) => `${path}: ${sin}`);
    for (const { tag, rel, url } of seen.links) {
      if (url.startsWith(base) || (site.base && url.startsWith(site.base))) {
        const target = new URL(url);
        const folder = new URL(url.startsWith(base) ? base : site.base).pathname;
        wanted.push({ path, file: decodeURIComponent(target.pathname.slice(folder.length)), id: decodeURIComponent(target.hash.slice(1)) });
      } else if (tag !== "a" || !/^(https?|mailto|tel):/.test(url) || (url.startsWith("http") && new URL(url).origin === new URL(base).origin)) {
        found.push(`${path}: <${tag}${rel ? ` rel=${rel}` : ""}> leads to ${url}`);
      }
    }
    return found;
  });
  for (const { path, file, id } of wanted) {
    if (!existsSync(join(site.out, file)) || file === "" || file.endsWith("/")) findings.push(`${path}: no file ${file}`);
    else if (id && !ids.get(file)?.has(id)) findings.push(`${path}: no anchor ${file}#${id}`);
  }
  await Promise.all(workers.map((page) => page.context().close()));
  assert.ok(wanted.length > 10 * pages.length, `only ${wanted.length} links on ${pages.length} pages: the crawl does not see them`);
  none([...new Set(findings)]);
}

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const site of all()) {
  test(`${site.name}: everything resolves from disk`, () => crawl(browser, site, `${pathToFileURL(site.out).href}/`));

  test(`${site.name}: everything resolves below a sub-path`, async () => {
    const server = await serve(site.out);
    try {
      await crawl(browser, site, server.url);
    } finally {
      await server.close();
    }
  });

  for (const path of site.pages.filter((path) => isRedirect(site, path))) {
    test(`${site.name}: the alias ${path} leads to its page`, async () => {
      const page = await open(browser);
      await page.goto(new URL(path, `${pathToFileURL(site.out).href}/`).href, { waitUntil: "commit" });
      await page.waitForSelector("main");
      assert.ok(site.pages.some((it) => page.url() === pathToFileURL(join(site.out, it)).href && !isRedirect(site, it)), page.url());
      none(page.sins);
      await page.context().close();
    });
  }

  if (site.base) {
    test(`${site.name}: the page for what is not there works at any depth`, async () => {
      const page = await open(browser, { publish: site });
      const response = await page.goto(`${site.base}no/such/page`);
      assert.equal(response.status(), 404);
      assert.match(await page.evaluate(() => getComputedStyle(document.querySelector(".button")).backgroundColor), /^rgb\(\d/);
      await page.click(".button");
      assert.equal(page.url(), `${site.base}index.html`);
      none(page.sins.filter((sin) => !sin.includes("404")));
      await page.context().close();
    });

    test(`${site.name}: the sitemap names pages that are there`, () => {
      const text = readFileSync(join(site.out, "sitemap.xml"), "utf8");
      const addresses = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map((match) => match[1].replaceAll("&#39;", "'").replaceAll("&amp;", "&"));
      const isPage = (address) => address.startsWith(site.base) && site.pages.includes(decodeURIComponent(address.slice(site.base.length)));
      none(addresses.filter((address) => !isPage(address)).map((address) => `no page ${address}`));
      assert.ok(addresses.includes(`${site.base}index.html`));
    });
  }
}
