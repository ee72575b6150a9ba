import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Embedding, EmbeddingInputSchema, EmbeddingRequestSchema, EmbeddingResponse } from "./gen/tandem/v1/embedding_pb.js";

type Init = MessageInitShape<typeof EmbeddingRequestSchema>;

/** Texts to be turned into vectors. */
export type EmbedInit = Omit<Init, "$typeName" | "$unknown" | "input"> & {
  /** Texts, or lists of tokens as the contract has them. */
  readonly input: readonly (string | MessageInitShape<typeof EmbeddingInputSchema>)[];
};

/** Vectors, in the order of the texts. */
export interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  readonly answer: EmbeddingResponse;
}

/** As the generated code takes it. */
export function requestOf({ input, ...rest }: EmbedInit): Init {
  const inputs = input.map((each) => (typeof each === "string" ? { input: { case: "text" as const, value: each } } : each));
  return { ...rest, input: inputs } as Init;
}

export function embedded(answer: EmbeddingResponse): Embedded {
  return { vectors: answer.data.map(vector), answer };
}

function vector({ embedding }: Embedding): number[] {
  const packed = embedding?.packed;
  if (packed === undefined) {
    return embedding?.floats ?? [];
  }
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  return Array.from({ length: packed.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
