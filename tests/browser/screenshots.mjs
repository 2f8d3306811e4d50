// Pictures of the retail rollout's site, to look at: every view in both themes, on a phone and on a desk.
//
//   node screenshots.mjs --out DIR     all pictures
//   node screenshots.mjs --readme      docs/screenshot.png alone

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileUrl, launch, open, share } from "./lib/browser.mjs";
import { repository } from "./lib/rollbook.mjs";
import { asItIs, retail } from "./lib/sites.mjs";

const VIEWS = {
  home: "index.html",
  plan: "plan.html",
  section: "manuales/index.html",
  manual: "manuales/moda.html",
  checklist: "checklist.html",
  flags: "flags/index.html",
  flag: "rollout/flags/ENABLE_VERTICAL_PROFILES.html",
  "flag-history": "flags/historial.html",
  history: "rollout/history.html",
  revision: "rollout/history/0002.html",
  404: "404.html",
};

const { values: wanted } = parseArgs({ options: { out: { type: "string" }, readme: { type: "boolean" } } });
if (!wanted.out && !wanted.readme) {
  console.error("usage: node screenshots.mjs --out DIR | --readme");
  process.exit(2);
}

// The README shows the book as it is; the other pictures need revisions to show.
const site = wanted.readme ? asItIs() : retail();
const browser = await launch();

async function picture(page, path, file, options) {
  await page.goto(fileUrl(site, path));
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file, animations: "disabled", ...options });
}

if (wanted.readme) {
  const file = join(repository, "docs/screenshot.png");
  const page = await open(browser, { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, colorScheme: "light" });
  await picture(page, VIEWS.home, file);
  console.log(`${file} (${Math.round(statSync(file).size / 1024)} KB)`);
}

if (wanted.out) {
  mkdirSync(wanted.out, { recursive: true });
  const looks = [380, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));
  for (const { width, colorScheme } of looks) {
    const workers = await Promise.all([1, 2].map(() => open(browser, { viewport: { width, height: 800 }, colorScheme })));
    await share(Object.entries(VIEWS), workers, async (page, [name, path]) => {
      await picture(page, path, join(wanted.out, `${name}-${width}-${colorScheme}.png`), { fullPage: true });
      return [];
    });
    await Promise.all(workers.map((page) => page.context().close()));
  }
  console.log(`${looks.length * Object.keys(VIEWS).length} pictures in ${wanted.out}`);
}

await browser.close();
