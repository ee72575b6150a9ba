import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, describe, it } from "node:test";
import { TandemError, user } from "tandem-client";
import { RestClient } from "tandem-client/rest";
import { baseUrl, failure, live } from "./live.js";

const WRONG = { model: "default", messages: [], temperature: 3 };
const VIOLATIONS = [
  { field: "messages", rule: "repeated.min_items", message: "Must have 1 to 2048 items." },
  { field: "temperature", rule: "double.gte_lte", message: "Must be from 0 to 2." },
];

for (const protocol of ["grpc", "connect", "grpc-web"] as const) {
  describe(`an error over ${protocol}`, () => {
    const client = live({ protocol });
    after(() => client.close());

    it("tells every broken rule, whole or as a stream", async () => {
      for (const call of [() => client.complete(WRONG), () => client.stream(WRONG).text()]) {
        const error = await failure(call());
        assert.equal(error.code, "INVALID_ARGUMENT");
        assert.equal(error.reason, "validation_failed");
        assert.equal(error.param, "messages");
        assert.deepEqual(error.violations, VIOLATIONS);
        assert.match(error.message, /^messages: Must have 1 to 2048 items\./);
        assert.match(error.requestId, /^req_/);
        assert.equal(error.retryAfterMs, undefined);
      }
    });

    it("has the caller's own id", async () => {
      const headers = { "x-request-id": "mine-1" };
      const error = await failure(client.complete({ model: "nobody", messages: [user("hi")] }, { headers }));
      assert.equal(error.code, "NOT_FOUND");
      assert.equal(error.reason, "model_not_found");
      assert.equal(error.requestId, "mine-1");
    });
  });
}

describe("an error over REST", () => {
  it("is the same", async () => {
    const client = new RestClient({ baseUrl: baseUrl() });
    const error = await failure(client.post("/v1/chat/completions", WRONG));
    assert.equal(error.code, "INVALID_ARGUMENT");
    assert.equal(error.reason, "validation_failed");
    assert.deepEqual(error.violations, VIOLATIONS);
    assert.match(error.requestId, /^req_/);
  });

  it("has the code that docs/errors.md has for its reason, also where only its type is told", async () => {
    const page = await readFile(process.env["TANDEM_DOCS_ERRORS"] ?? "../../docs/errors.md", "utf8");
    const rows = [...page.matchAll(/^\| (\d+) \| ([A-Z_]+) \| `(\w+)` \| `(\w+)` \|/gm)];
    assert.ok(rows.length > 40);
    for (const [, status, code, type, reason] of rows) {
      const error = { message: "", type: type as string, code: reason as string };
      assert.equal(TandemError.fromRest(error, Number(status)).code, code, reason);
      assert.equal(TandemError.fromRest(error).code, code, reason);
    }
  });

  it("of a proxy is known by its status", () => {
    assert.equal(TandemError.fromRest({}, 502).code, "UNAVAILABLE");
    assert.equal(TandemError.fromRest({}, 404).code, "NOT_FOUND");
  });
});
