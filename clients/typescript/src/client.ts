/// <reference lib="esnext.disposable" preserve="true" />

import type { DescService } from "@bufbuild/protobuf";
import { type CallOptions, type Client, createClient, type Transport } from "@connectrpc/connect";
import { Messages } from "./call.js";
import { type ChatInit, ChatStream } from "./chat.js";
import { type Embedded, type EmbedInit, embedded, requestOf as embedRequest } from "./embedding.js";
import { type Extracted, type ExtractInit, extracted, requestOf as extractRequest, Items, Partials } from "./extraction.js";
import type { ChatCompletion } from "./gen/tandem/v1/chat_completion_pb.js";
import { ChatService } from "./gen/tandem/v1/chat_pb.js";
import { EmbeddingService } from "./gen/tandem/v1/embedding_pb.js";
import { ExtractionService } from "./gen/tandem/v1/extraction_pb.js";
import { type Model, ModelService } from "./gen/tandem/v1/models_pb.js";
import type { FromSchema } from "./schema.js";

/** A client of one server. It keeps its connection; make one and use it for all calls. Calls fail with TandemError only. */
export class TandemClient {
  readonly #transport: Transport;
  readonly #close: () => void;

  /** Use `connect`. */
  constructor(transport: Transport, close: () => void) {
    this.#transport = transport;
    this.#close = close;
  }

  /** A whole answer, when it is complete; `textOf` has its text. */
  complete(request: ChatInit, options?: CallOptions): Promise<ChatCompletion> {
    return this.service(ChatService).complete(request, options);
  }

  /** An answer token by token. */
  stream(request: ChatInit, options?: CallOptions): ChatStream {
    return new ChatStream((each) => this.service(ChatService).stream(request, each), options);
  }

  /** One object out of a text, typed by its schema. */
  async extract<const S>(request: ExtractInit<S>, options?: CallOptions): Promise<Extracted<FromSchema<S>>> {
    return extracted<S>(await this.service(ExtractionService).extract(extractRequest(request), options));
  }

  /** A list out of a text, item by item; the schema is that of one item. */
  extractItems<const S>(request: ExtractInit<S>, options?: CallOptions): Items<FromSchema<S>> {
    return new Items((each) => this.service(ExtractionService).extractItems(extractRequest(request), each), options);
  }

  /** One object out of a text while it grows. */
  extractPartial<const S>(request: ExtractInit<S>, options?: CallOptions): Partials<FromSchema<S>> {
    return new Partials((each) => this.service(ExtractionService).extractPartial(extractRequest(request), each), options);
  }

  /** Texts as vectors. */
  async embed(request: EmbedInit, options?: CallOptions): Promise<Embedded> {
    return embedded(await this.service(EmbeddingService).embed(embedRequest(request), options));
  }

  /** The models that the caller may use. */
  async models(options?: CallOptions): Promise<Model[]> {
    return (await this.service(ModelService).listModels({}, options)).data;
  }

  /** One model; `default` is the server's default one. */
  model(model: string, options?: CallOptions): Promise<Model> {
    return this.service(ModelService).getModel({ model }, options);
  }

  /**
   * Any other service of the server: `client.service(TokenService).tokenize({ … })`, with this client's key, retries and errors. Leaving the
   * loop over a stream that the server sends cancels it.
   */
  service<S extends DescService>(service: S): Client<S> {
    const calls = createClient(service, this.#transport) as Record<string, unknown>;
    for (const { methodKind, localName } of service.methods) {
      if (methodKind === "server_streaming") {
        const call = calls[localName] as (request: unknown, options: CallOptions) => AsyncIterable<unknown>;
        calls[localName] = (request: unknown, options?: CallOptions) => new Messages((each) => call(request, each), options);
      }
    }
    return calls as Client<S>;
  }

  /** Ends the connection, and the calls that still run. They and later ones fail with the code CANCELLED. */
  close(): void {
    this.#close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
