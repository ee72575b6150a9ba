import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { connect } from "tandem-client";
import { failure } from "./live.js";

/** A server with TLS that asks for a key: TANDEM_SECURE_ADDRESS, TANDEM_CA (a file), TANDEM_SECURE_KEY. */
const address = process.env["TANDEM_SECURE_ADDRESS"];
const key = process.env["TANDEM_SECURE_KEY"] ?? "";

describe("a server with TLS and keys", { skip: address ? false : "TANDEM_SECURE_ADDRESS is not set" }, () => {
  const baseUrl = `https://${address}`;

  for (const protocol of ["grpc", "connect", "grpc-web"] as const) {
    it(`answers over ${protocol} who trusts it and has a key`, async () => {
      const ca = await readFile(process.env["TANDEM_CA"] ?? "");
      const client = connect({ baseUrl, protocol, apiKey: key, tls: { ca } });
      assert.ok((await client.models()).length > 0);
      client.close();
    });
  }

  it("is asked with a key that a function gives", async () => {
    const ca = await readFile(process.env["TANDEM_CA"] ?? "");
    const client = connect({ baseUrl, apiKey: async () => key, tls: { ca } });
    assert.ok((await client.models()).length > 0);
    client.close();
  });

  it("refuses who has none", async () => {
    const ca = await readFile(process.env["TANDEM_CA"] ?? "");
    const client = connect({ baseUrl, tls: { ca } });
    const error = await failure(client.models());
    assert.equal(error.code, "UNAUTHENTICATED");
    assert.equal(error.reason, "unauthenticated");
    client.close();
  });

  it("is not talked to by who does not trust it", async () => {
    const client = connect({ baseUrl, apiKey: key, retry: { attempts: 1 } });
    assert.notEqual((await failure(client.models())).code, "UNAUTHENTICATED");
    client.close();
  });
});
