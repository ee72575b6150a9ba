/**
 * Runs one model for many callers: one thread computes the next token of every running request in
 * one batch, and hands the text out through a bounded queue for each request.
 *
 * <p>One request's way: {@code LlamaModel.submit} → {@code WaitingLine} → {@code Scheduler} (slots,
 * prefill, decode) → {@code Sampler} → {@code TextStream} → {@code Outbox} → {@code
 * Generation.next}.
 */
@NullMarked
package dev.tandem.llamacpp.loop;

import org.jspecify.annotations.NullMarked;
