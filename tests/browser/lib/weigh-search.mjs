// What a search costs a reader: the bytes of every file that it loads, as they lie on disk. Servers that compress send a third.

import { statSync } from "node:fs";
import { join } from "node:path";
import { fileUrl, open } from "./browser.mjs";

/** Opens the search on the home page and asks one query, all at once. Returns the files and their bytes. */
export async function weigh(browser, site, query) {
  const page = await open(browser);
  const paths = new Set();
  await page.goto(fileUrl(site, "index.html"));
  page.on("request", (request) => paths.add(decodeURIComponent(new URL(request.url()).pathname).slice(site.out.length + 1)));
  await page.keyboard.press("/");
  await page.waitForSelector(".search[open]");
  await page.fill(".search input", query);
  await page.waitForSelector(".search.found .search-list:not([aria-busy])");
  await page.context().close();
  const files = [...paths].map((path) => ({ path, bytes: statSync(join(site.out, path)).size }));
  return { files, bytes: files.reduce((total, file) => total + file.bytes, 0), sins: page.sins };
}
