import type { MessageInitShape } from "@bufbuild/protobuf";
import { Messages } from "./call.js";
import type { Extraction, ExtractRequestSchema, ItemEvent, ItemsEnd, PartialExtraction } from "./gen/tandem/v1/extraction_pb.js";
import type { FromSchema } from "./schema.js";

type Init = MessageInitShape<typeof ExtractRequestSchema>;

/** A text, or a conversation, and what to read out of it. */
export type ExtractInit<S> = Omit<Init, "$typeName" | "$unknown" | "wanted"> & {
  /** The JSON Schema of the object, or of one item where a list is wanted. */
  readonly schema: S;
};

/** An object that was read out of a text. */
export interface Extracted<T> {
  /** Valid by the schema. Numbers are those of JavaScript; `answer.value` has all their digits. */
  readonly value: T;
  readonly answer: Extraction;
}

/** An object while it is read out of a text. */
export interface Growing<T> {
  /** What there is of it. Of the type once `complete` is true; until then anything may be missing. */
  readonly value: T | Unfinished<T>;
  readonly complete: boolean;
  readonly answer: PartialExtraction;
}

/** Anything of it may be missing. */
export type Unfinished<T> = T extends readonly (infer E)[] ? Unfinished<E>[] : T extends object ? { [K in keyof T]?: Unfinished<T[K]> } : T;

/** As the generated code takes it. */
export function requestOf<S>({ schema, ...rest }: ExtractInit<S>): Init {
  return { ...(rest as Init), wanted: { case: "schema", value: JSON.stringify(schema) } };
}

export function extracted<S>(answer: Extraction): Extracted<FromSchema<S>> {
  return { value: JSON.parse(answer.value) as FromSchema<S>, answer };
}

/** A list, item by item: a loop gives each as soon as it is complete and valid. It can be read once; leaving the loop cancels the call. */
export class Items<T> extends Messages<ItemEvent, T> {
  #end: ItemsEnd | undefined;

  /** Once the list is complete: how many items there were, what they took, and those that stayed invalid and are not in the list. */
  get end(): ItemsEnd | undefined {
    return this.#end;
  }

  protected override *given({ event }: ItemEvent): Iterable<T> {
    if (event.case === "item") {
      yield JSON.parse(event.value.value) as T;
    } else if (event.case === "end") {
      this.#end = event.value;
    }
  }

  /** All of them, once the list is complete. */
  async all(): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) {
      items.push(item);
    }
    return items;
  }
}

/** An object that grows: each turn of a loop has all of it so far, the last one is complete. It can be read once; leaving the loop cancels. */
export class Partials<T> extends Messages<PartialExtraction, Growing<T>> {
  protected override *given(answer: PartialExtraction): Iterable<Growing<T>> {
    yield { value: JSON.parse(answer.value) as T, complete: answer.complete, answer };
  }
}
