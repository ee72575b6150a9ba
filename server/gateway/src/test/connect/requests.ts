// What every client asks.

import type { MessageInitShape } from "@bufbuild/protobuf";
import { Role } from "./gen/tandem/v1/chat_message_pb";
import type { ChatChunk } from "./gen/tandem/v1/chat_completion_pb";
import type { ChatRequestSchema } from "./gen/tandem/v1/chat_pb";

export type ChatInit = MessageInitShape<typeof ChatRequestSchema>;

export const HI: ChatInit = {
  model: "tiny",
  messages: [{ role: Role.USER, content: [{ part: { case: "text", value: "hi" } }] }],
};

/** Breaks two rules. */
export const WRONG: ChatInit = { model: "tiny", messages: [], temperature: 3 };

/** What a chunk says; nothing where it has the role, the finish reason or the usage. */
export function said(chunk: ChatChunk): string[] {
  return chunk.choices.map((choice) => choice.delta?.content ?? "").filter((text) => text !== "");
}
