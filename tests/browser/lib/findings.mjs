// One way for a test over many pages to fail: all findings at once, one a line.

import assert from "node:assert/strict";

/** Fails with the findings, if there are any. */
export function none(findings) {
  const shown = findings.slice(0, 40).map((finding) => `  ${finding}`);
  if (findings.length > shown.length) shown.push(`  and ${findings.length - shown.length} more`);
  assert.equal(findings.length, 0, `${findings.length} findings\n${shown.join("\n")}`);
}
