// One browser a test file, and pages that note whatever a page of a built site must never do.

import { existsSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  // No name but those of this machine resolves, so that no page can reach another one.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
const LOCAL = /^(file:|data:|http:\/\/127\.0\.0\.1[:/])/;

export async function launch() {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: run tests/browser/setup.sh, or name one in CHROMIUM`);
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * A page in a context of its own. `sins` gathers requests that would leave the machine (none can), requests that fail, errors of
 * scripts, errors on the console, and dialogs. Requests to the address of the site `publish` are answered from its folder.
 */
export async function open(browser, { publish, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const sins = [];
  if (publish) {
    await context.route(`${publish.base}**`, (route) => {
      const path = join(publish.out, decodeURIComponent(new URL(route.request().url()).pathname.slice(new URL(publish.base).pathname.length)));
      const found = existsSync(path) && statSync(path).isFile();
      return route.fulfill(found ? { path } : { status: 404, path: join(publish.out, "404.html") });
    });
  }
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = request.url();
    if (!LOCAL.test(url) && !(publish && url.startsWith(publish.base))) sins.push(`request to ${url}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // What was still on its way when the test went to the next page.
    if (reason !== "net::ERR_ABORTED") sins.push(`failed request: ${request.url()} (${reason})`);
  });
  page.on("response", (response) => { if (response.status() >= 400) sins.push(`status ${response.status()}: ${response.url()}`); });
  page.on("pageerror", (error) => sins.push(`script error: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error") sins.push(`console: ${message.text()}`); });
  page.on("dialog", (dialog) => { sins.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.sins = sins;
  return page;
}

/** The address of a page of a site on disk. */
export function fileUrl(site, path) {
  return pathToFileURL(join(site.out, path)).href;
}

/** Gives each job to the next free one of `workers`; findings come back in the order of the jobs. */
export async function share(jobs, workers, work) {
  const findings = new Array(jobs.length);
  let next = 0;
  await Promise.all(workers.map(async (worker) => {
    while (next < jobs.length) {
      const at = next++;
      findings[at] = await work(worker, jobs[at]);
    }
  }));
  return findings.flat();
}
