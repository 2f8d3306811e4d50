// The binary under test.

import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The repository that these tests stand in. */
export const repository = resolve(here, "../../..");

/** ROLLBOOK, else the newer one of the two builds below `target/`. */
export function binary() {
  if (process.env.ROLLBOOK) return resolve(process.env.ROLLBOOK);
  const built = ["debug", "release"]
    .map((profile) => resolve(repository, "target", profile, "rollbook"))
    .filter(existsSync)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!built.length) throw new Error("no binary to test: run `cargo build`, or name one in ROLLBOOK");
  return built[0];
}

/** Runs `rollbook` and returns what it printed; a failure carries its messages. Dates are fixed by SOURCE_DATE_EPOCH. */
export function rollbook(args, { cwd, date = "2025-10-20T09:00:00Z" } = {}) {
  const env = { ...process.env, NO_COLOR: "1", SOURCE_DATE_EPOCH: String(Date.parse(date) / 1000) };
  const program = binary();
  try {
    return execFileSync(program, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`rollbook ${args.join(" ")} failed\n${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
}
