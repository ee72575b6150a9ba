import assert from "node:assert/strict";
import { test } from "node:test";
import { module } from "./page.mjs";

const { pieces } = await module("links.mjs");

const addresses = (text) => pieces(text).filter((piece) => piece.address).map((piece) => piece.text);

test("addresses end before the end of their sentence", () => {
  assert.deepEqual(addresses("See https://a.example/x?y=z#w. Or http://b.example/q_(r), or (**https://c.example**!)"), [
    "https://a.example/x?y=z#w",
    "http://b.example/q_(r)",
    "https://c.example",
  ]);
});

test("nothing of the text is lost", () => {
  for (const text of ["", "none", "http:// and (https://)", "https://a.example", "a https://b.example, c", "xhttps://no.example javascript:alert(1) ftp://x"]) {
    assert.equal(pieces(text).map((piece) => piece.text).join(""), text);
  }
  assert.deepEqual(addresses("http:// and (https://)"), []);
  assert.deepEqual(addresses("xhttps://no.example javascript:alert(1) ftp://x"), []);
});

test("a long row of signs is soon read", () => {
  const begin = performance.now();
  assert.deepEqual(addresses(`https://a.example/${"*".repeat(100_000)}`), ["https://a.example/"]);
  assert.ok(performance.now() - begin < 500);
});
