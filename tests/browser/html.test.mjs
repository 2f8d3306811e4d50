// The HTML of every page is valid.

import { test } from "node:test";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { none } from "./lib/findings.mjs";
import rules from "./lib/html-rules.mjs";
import { all } from "./lib/sites.mjs";

const validator = new HtmlValidate(new StaticConfigLoader(rules));

for (const site of all()) {
  test(`${site.name}: the HTML of ${site.pages.length} pages is valid`, async () => {
    const findings = [];
    for (const path of site.pages) {
      const report = await validator.validateString(site.html(path), path);
      for (const { messages } of report.results) {
        findings.push(...messages.map((m) => `${path}:${m.line}:${m.column} ${m.message} (${m.ruleId})`));
      }
    }
    none(findings);
  });
}
