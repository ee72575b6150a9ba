import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { installed } from "./installed.js";

const run = promisify(execFile);

const USES = `
import { ChatService, connect, DEFAULT_RETRY, TandemError, user } from "tandem-client";
import { Role } from "tandem-client/gen/tandem/v1/chat_message_pb";
import { RestClient } from "tandem-client/rest";

export async function uses(): Promise<number> {
  using client = connect({ baseUrl: "http://127.0.0.1:8080", retry: { ...DEFAULT_RETRY, attempts: 2 } });
  const messages = [user("Hi"), { role: Role.USER }];
  for await (const token of client.stream({ model: "default", messages })) {
    token satisfies string;
  }
  for await (const { id } of client.service(ChatService).stream({ model: "default", messages })) {
    id satisfies string;
  }
  const models = await new RestClient({ baseUrl: "http://127.0.0.1:8080" }).get("/v1/models");
  return models.data.length + (new Error() instanceof TandemError ? 1 : 0);
}
`;
const NODE = `
import { connect } from "tandem-client/node";

export const client = connect({ baseUrl: "https://localhost", tls: { ca: "PEM" }, keepalive: { intervalMs: 1 } });
`;

/** The package as it would be published, in the hands of others. */
describe("the package", () => {
  let folder: string;

  before(async () => {
    folder = await installed();
    await writeFile(join(folder, "package.json"), '{"type": "module"}');
  });

  after(() => rm(folder, { recursive: true }));

  for (const [module, moduleResolution, types, files] of [
    ["esnext", "bundler", [], { "uses.ts": USES }],
    ["esnext", "bundler", ["node"], { "uses.ts": USES, "node.ts": NODE }],
    ["node16", "node16", ["node"], { "uses.ts": USES, "node.ts": NODE }],
    ["nodenext", "nodenext", ["node"], { "uses.ts": USES, "node.ts": NODE }],
  ] as const) {
    it(`has types that hold under ${moduleResolution} with ${types.length === 0 ? "no" : types} types`, async () => {
      for (const [name, text] of Object.entries(files)) {
        await writeFile(join(folder, name), text);
      }
      const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false };
      const compilerOptions = { ...strict, noEmit: true, target: "es2022", lib: ["es2022", "dom"], module, moduleResolution, types };
      await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
      const told = await run("node", [resolve("node_modules/typescript/bin/tsc"), "-p", folder]).catch((e: { stdout: string }) => e);
      assert.equal(told.stdout, "");
    });
  }

  async function bundle(program: string): Promise<string> {
    const stdin = { contents: program, resolveDir: folder };
    const made = await build({
      stdin,
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      write: false,
      preserveSymlinks: true,
    });
    return made.outputFiles[0]?.text ?? "";
  }

  it("can be bundled for browsers, without anything of Node's", async () => {
    const whole = await bundle('import { connect, user } from "tandem-client"; console.log(connect, user)');
    assert.doesNotMatch(whole, /node:|http2/);
    assert.ok(whole.length < 250_000, `${whole.length}`);
  });

  it("leaves out of a bundle what nobody uses", async () => {
    const one = await bundle('import { user } from "tandem-client"; console.log(user("Hi"))');
    assert.ok(one.length < 2_000, `${one.length}`);
    const rest = await bundle('import { RestClient } from "tandem-client/rest"; console.log(RestClient)');
    assert.doesNotMatch(rest, /ExtractionService/);
  });
});
