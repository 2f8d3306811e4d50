// The sites under test: sources in a temporary folder, built by the binary, gone when the process ends.

import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { hardSite } from "./hard-site.mjs";
import { repository, rollbook } from "./rollbook.mjs";

const temporary = mkdtempSync(join(tmpdir(), "rollbook-browser-"));
process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));

/** A built site: its name, the folder of the output, the paths of its pages, and the address that its settings name. */
function built(name, root, flags = []) {
  const out = join(temporary, name, "out");
  rollbook(["build", "--root", root, "--out", out, ...flags]);
  const pages = walk(out).filter((path) => path.endsWith(".html"));
  const settings = join(root, "rollbook.yaml");
  const base = existsSync(settings) ? readFileSync(settings, "utf8").match(/^base_url: (.*?)\/?$/m)?.[1] : undefined;
  return { name, out, pages, base: base && `${base}/`, html: (path) => readFileSync(join(out, path), "utf8") };
}

/** Every file below a folder, with `/` between the parts, sorted. */
export function walk(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

function sources(name) {
  const root = join(temporary, name, "in");
  mkdirSync(root, { recursive: true });
  return root;
}

/** Writes files, given as a map from path to text or bytes. */
function write(root, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** A copy of this repository's own rollout, as it is. */
export function asItIs() {
  const root = sources("as-it-is");
  for (const part of ["rollbook.yaml", "content", "static", "templates", "rollout-history"]) {
    const from = join(repository, part);
    if (existsSync(from)) cpSync(from, join(root, part), { recursive: true });
  }
  return built("as-it-is", root);
}

/** A copy of this repository's own rollout, with two revisions and a change between them. */
export function retail() {
  const root = sources("retail");
  for (const part of ["rollbook.yaml", "content", "static", "templates"]) {
    const from = join(repository, part);
    if (existsSync(from)) cpSync(from, join(root, part), { recursive: true });
  }
  rollbook(["snapshot", "--root", root, "-m", "Plan aprobado por el comité", "--author", "DevOps"], { date: "2025-10-06T09:00:00Z" });
  const checklist = join(root, "content/checklist.md");
  writeFileSync(checklist, readFileSync(checklist, "utf8").replace("⏳ |\n", "✅ |\n"));
  appendFileSync(join(root, "content/riesgos.md"), "\nSe revisan en cada cierre de fase.\n");
  rollbook(["snapshot", "--root", root, "-m", "Cierre del piloto controlado", "--author", "DevOps", "--phase", "Piloto"], { date: "2025-10-20T09:00:00Z" });
  return built("retail", root);
}

/** Rollbook's own manual. */
export function manual() {
  const root = sources("manual");
  for (const part of ["rollbook.yaml", "content"]) cpSync(join(repository, "docs", part), join(root, part), { recursive: true });
  return built("manual", root);
}

/** A site of these files, given as a map from path to text or bytes. */
export function of(name, files) {
  const root = sources(name);
  write(root, files);
  return Object.assign(built(name, root), { root });
}

/** One plan in one file, as its author wrote it. */
export function seed() {
  const root = sources("seed");
  cpSync(join(repository, "tests/fixtures/seed"), join(root, "content"), { recursive: true });
  return built("seed", root);
}

/** What `init` writes. */
export function starter(lang) {
  const root = join(temporary, `starter-${lang}`, "in");
  rollbook(["init", root, "--lang", lang]);
  return built(`starter-${lang}`, root);
}

/** Everything that is hard to lay out, to link and to keep harmless. */
export function hard() {
  const root = sources("hard");
  write(root, hardSite());
  return built("hard", root, ["--drafts"]);
}

/** A section with `count` equal pages. */
export function flat(count) {
  const root = sources(`flat-${count}`);
  const files = { "content/_index.md": "---\ntitle: Flat\n---\nText.\n", "content/flat/_index.md": "---\ntitle: Flat\n---\nText.\n" };
  for (let n = 1; n <= count; n++) files[`content/flat/page-${String(n).padStart(4, "0")}.md`] = `---\ntitle: Page ${String(n).padStart(4, "0")}\n---\nText.\n`;
  write(root, files);
  return built(`flat-${count}`, root);
}

/** All sites whose every page is tested. */
export function all() {
  return [retail(), seed(), starter("en"), starter("pt"), hard()];
}
