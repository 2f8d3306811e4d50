// A site under `rollbook serve`, in a folder of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { binary } from "./rollbook.mjs";

/** Starts `serve` on the files; `url` is where, `write` saves a file as an editor does, `stop` and `start` do what they say. */
export async function preview(files, flags = []) {
  const root = mkdtempSync(join(tmpdir(), "rollbook-preview-"));
  const site = { root, url: "" };
  let server;
  site.write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    // Whole at once, so that no rebuild reads half a file.
    writeFileSync(join(root, `.${path.replaceAll("/", "-")}`), text);
    renameSync(join(root, `.${path.replaceAll("/", "-")}`), join(root, path));
  };
  site.start = async () => {
    const port = site.url ? new URL(site.url).port : "0";
    server = spawn(binary(), ["serve", "--root", root, "--port", port, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
    site.url = await new Promise((resolve, reject) => {
      let said = "";
      const listen = (bytes) => {
        said += bytes;
        const url = said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
        if (url) resolve(url);
      };
      server.stdout.on("data", listen);
      server.stderr.on("data", listen);
      server.once("exit", () => reject(new Error(`serve ended: ${said}`)));
    });
  };
  site.stop = async () => {
    if (server.exitCode === null) {
      server.kill("SIGINT");
      await once(server, "exit");
    }
  };
  process.on("exit", () => { server?.kill("SIGKILL"); rmSync(root, { recursive: true, force: true }); });
  for (const [path, text] of Object.entries(files)) site.write(path, text);
  await site.start();
  return site;
}
