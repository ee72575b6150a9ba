import type { MessageInitShape } from "@bufbuild/protobuf";
import { Messages } from "./call.js";
import type { ChatChunk, ChatCompletion } from "./gen/tandem/v1/chat_completion_pb.js";
import { type ChatMessageSchema, Role } from "./gen/tandem/v1/chat_message_pb.js";
import type { ChatRequestSchema } from "./gen/tandem/v1/chat_pb.js";
import type { Usage } from "./gen/tandem/v1/usage_pb.js";

/** A conversation and how to go on with it. */
export type ChatInit = MessageInitShape<typeof ChatRequestSchema>;

type MessageInit = MessageInitShape<typeof ChatMessageSchema>;

/** What the person says who asks. */
export function user(text: string): MessageInit {
  return said(Role.USER, text);
}

/** Instructions by whoever runs the application. */
export function system(text: string): MessageInit {
  return said(Role.SYSTEM, text);
}

/** What the model said earlier. */
export function assistant(text: string): MessageInit {
  return said(Role.ASSISTANT, text);
}

function said(role: Role, value: string): MessageInit {
  return { role, content: [{ part: { case: "text", value } }] };
}

/** The text of a whole answer's first choice. */
export function textOf(answer: ChatCompletion): string {
  return answer.choices[0]?.message?.content ?? "";
}

/**
 * An answer while the model writes it: a loop over this gives the text of the first choice piece by piece, one over `messages()` all that comes.
 * It can be read once. The loop fails with TandemError; leaving it cancels the call.
 */
export class ChatStream extends Messages<ChatChunk, string> {
  #finishReason: string | undefined;
  #usage: Usage | undefined;

  /** Why the first choice ended (`stop`, `length`, `tool_calls`), once it has. */
  get finishReason(): string | undefined {
    return this.#finishReason;
  }

  /** What the answer took: at the end, where `streamOptions: { includeUsage: true }` asked for it. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  override async *messages(): AsyncGenerator<ChatChunk> {
    for await (const chunk of super.messages()) {
      this.#finishReason = first(chunk)?.finishReason ?? this.#finishReason;
      this.#usage = chunk.usage ?? this.#usage;
      yield chunk;
    }
  }

  protected override *given(chunk: ChatChunk): Iterable<string> {
    const text = first(chunk)?.delta?.content;
    if (text) {
      yield text;
    }
  }

  /** The whole text, once it is there. */
  async text(): Promise<string> {
    let text = "";
    for await (const token of this) {
      text += token;
    }
    return text;
  }
}

function first(chunk: ChatChunk) {
  return chunk.choices.find((choice) => choice.index === 0);
}
