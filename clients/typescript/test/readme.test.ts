import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { installed } from "./installed.js";
import { baseUrl } from "./live.js";

const run = promisify(execFile);

/** What README.md shows, in an empty folder in which the package is installed as it would be published. */
describe("README.md", () => {
  let folder: string;

  before(async () => {
    folder = await installed();
  });

  after(() => rm(folder, { recursive: true }));

  async function block(name: string): Promise<string> {
    const found = new RegExp(`<!-- tested: ${name} -->\n\`\`\`\\w+\n(.*?)\`\`\``, "s").exec(await readFile("README.md", "utf8"));
    assert.ok(found, name);
    return (found[1] ?? "").replaceAll("http://127.0.0.1:8080", baseUrl());
  }

  it("begins with an example that streams", async () => {
    await writeFile(join(folder, "chat.mjs"), await block("quick start"));
    assert.match((await run("node", ["chat.mjs"], { cwd: folder })).stdout, /Paris/);
  });

  it("shows code that compiles, and does what it says", async () => {
    await writeFile(join(folder, "package.json"), '{"type": "module"}');
    await writeFile(join(folder, "values.ts"), await block("values"));
    await writeFile(join(folder, "errors.ts"), await block("errors"));
    await writeFile(join(folder, "rest.ts"), await block("rest"));
    const tsc = resolve("node_modules/typescript/bin/tsc");
    const files = ["values.ts", "errors.ts", "rest.ts"];
    const flags = ["--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck"];
    await run("node", [tsc, ...flags, ...files], { cwd: folder });
    assert.match((await run("node", ["values.js"], { cwd: folder })).stdout, /\d{4}/);
    assert.match((await run("node", ["errors.js"], { cwd: folder })).stdout, /messages: Must have 1 to 2048 items\./);
    assert.match((await run("node", ["rest.js"], { cwd: folder })).stdout, /Paris/);
  });
});
