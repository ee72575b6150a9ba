// What clients/conformance calls in a page of a browser.

import { connect, TandemError, user, type WebOptions } from "tandem-client/web";

type Protocol = NonNullable<WebOptions["protocol"]>;

const QUESTION = { model: "default", temperature: 0, messages: [user("Name the capital of France.")] };
const ASK = { ...QUESTION, maxTokens: 12 };

function client(protocol: Protocol) {
  return connect({ baseUrl: location.origin, protocol });
}

async function said(protocol: Protocol): Promise<string[]> {
  const tokens: string[] = [];
  for await (const token of client(protocol).stream(ASK)) {
    tokens.push(token);
  }
  return tokens;
}

/** Leaves streams that would never end, more of them than the server has slots, then asks. */
async function left(protocol: Protocol): Promise<string> {
  for (let i = 0; i < 4; i++) {
    for await (const _ of client(protocol).stream({ ...QUESTION, logitBias: { 2: -100 } })) {
      break;
    }
  }
  return client(protocol).stream(ASK, { timeoutMs: 30_000 }).text();
}

async function refused(protocol: Protocol): Promise<string[]> {
  try {
    await client(protocol).complete({ ...ASK, messages: [], temperature: 3 });
    return [];
  } catch (e) {
    return e instanceof TandemError ? [e.code, e.reason, ...e.violations.map((each) => each.field)] : [String(e)];
  }
}

Object.assign(globalThis, { tandem: { said, left, refused } });
