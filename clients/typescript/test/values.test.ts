import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { connect, ExtractionService, type FromSchema, schemaOf, TokenService } from "tandem-client";
import { fake } from "./fake.js";
import { failure, live } from "./live.js";

const PERSON = {
  type: "object",
  properties: { name: { type: "string" }, born: { type: "integer" } },
  required: ["name", "born"],
  additionalProperties: false,
} as const;
const ADA = { model: "default", text: "Ada Lovelace was born in London in 1815." };

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where the two types are the same. */
function same<A, B>(_: Same<A, B>) {}

describe("values", () => {
  const client = live();
  after(() => client.close());

  it("are read out of a text, typed by the schema", async () => {
    const { value, answer } = await client.extract({ ...ADA, schema: PERSON, maxTokens: 64 });
    same<typeof value, { name: string; born: number }>(true);
    assert.equal(typeof value.name, "string");
    assert.ok(Number.isInteger(value.born));
    assert.equal(answer.value.includes(value.name), true);
    assert.ok(answer.tries >= 1);
  });

  it("are typed by whoever knows better", async () => {
    interface Person {
      name: string;
    }
    const { value } = await client.extract({ ...ADA, schema: schemaOf<Person>(PERSON), maxTokens: 64 });
    same<typeof value, Person>(true);
    assert.notEqual(value.name, "");
  });

  it("come item by item", async () => {
    const items = client.extractItems({ ...ADA, text: "Ada was born in 1815, Charles in 1791.", schema: PERSON });
    let found = 0;
    for await (const { name, born } of items) {
      assert.equal(typeof name, "string");
      assert.equal(typeof born, "number");
      if (++found === 2) {
        break; // so small a model finds more and more
      }
    }
    assert.equal(found, 2);
  });

  it("come with those that stayed invalid", async () => {
    const rejected = [{ text: "{}", problems: [": required"] }];
    await using server = await fake((router) =>
      router.service(ExtractionService, {
        async *extractItems({ wanted }) {
          assert.deepEqual(JSON.parse(wanted.value ?? ""), { type: "string" });
          yield { event: { case: "item", value: { index: 0, value: '"Ada"' } } };
          yield { event: { case: "end", value: { items: 1, rejected } } };
        },
      }),
    );
    const items = connect({ baseUrl: server.baseUrl }).extractItems({ ...ADA, schema: { type: "string" } });
    assert.deepEqual(await items.all(), ["Ada"]);
    assert.equal(items.end?.rejected[0]?.text, "{}");
  });

  it("are seen to grow", async () => {
    let last: unknown;
    let turns = 0;
    for await (const { value, complete } of client.extractPartial({ ...ADA, schema: PERSON, maxTokens: 64 })) {
      last = complete;
      turns++;
      assert.equal(typeof value, "object");
    }
    assert.equal(last, true);
    assert.ok(turns > 1);
  });

  it("are refused where the schema is none", async () => {
    const error = await failure(client.extract({ ...ADA, schema: { type: "obj" } }));
    assert.equal(error.code, "INVALID_ARGUMENT");
    assert.equal(error.reason, "validation_failed");
    assert.match(error.violations[0]?.field ?? "", /^schema#/);
  });

  it("may be vectors", async () => {
    const texts = ["A cat sleeps.", "A cat sleeps.", "Stocks fell."];
    const { vectors, answer } = await client.embed({ model: "all-MiniLM-L6-v2", input: texts });
    assert.equal(vectors.length, 3);
    assert.equal(vectors[0]?.length, 384);
    assert.deepEqual(vectors[0], vectors[1]);
    assert.notDeepEqual(vectors[0], vectors[2]);
    assert.equal(answer.model, "all-MiniLM-L6-v2");
    const packed = await client.embed({ model: "all-MiniLM-L6-v2", input: texts, encodingFormat: 2 });
    assert.deepEqual(packed.vectors, vectors);
  });

  it("tell of the models", async () => {
    const ids = (await client.models()).map((model) => model.id);
    assert.ok(ids.includes((await client.model("default")).id));
  });

  it("come from every service of the server", async () => {
    const { count } = await client.service(TokenService).tokenize({ model: "default", prompt: "A cat sleeps." });
    assert.ok(count > 2);
  });
});

describe("the type of a schema's values", () => {
  it("is that of its keywords", () => {
    same<FromSchema<{ type: "array"; items: { type: "number" } }>, number[]>(true);
    same<FromSchema<{ enum: ["a", "b"] }>, "a" | "b">(true);
    same<FromSchema<{ const: 3 }>, 3>(true);
    same<FromSchema<{ type: ["string", "null"] }>, string | null>(true);
    same<FromSchema<{ anyOf: [{ type: "string" }, { type: "boolean" }] }>, string | boolean>(true);
    same<FromSchema<{ type: "object"; properties: { a: { type: "string" } } }>, { a?: string }>(true);
    same<FromSchema<{ type: "object" }>, { [name: string]: unknown }>(true);
    same<FromSchema<{ $ref: "#/$defs/a" }>, unknown>(true);
  });
});
