// Tests of one page each.

import { test } from "node:test";
import { fileUrl, open } from "./browser.mjs";
import { none } from "./findings.mjs";

/** Makes tests with a page of their own, which must end without sins; `browser` is asked for once the test runs. */
export function pageTest(browser) {
  return (name, site, path, options, body) => {
    test(name, async () => {
      const page = await open(browser(), options);
      await page.goto(fileUrl(site, path));
      await body(page);
      none(page.sins);
      await page.context().close();
    });
  };
}
