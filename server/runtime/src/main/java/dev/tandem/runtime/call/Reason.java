package dev.tandem.runtime.call;

/**
 * A failure by its name: what programs branch on. Declared once; errors are made of it and the
 * documentation is written from it.
 *
 * @param name snake_case: {@code code} in JSON, the reason of {@code google.rpc.ErrorInfo} on gRPC
 * @param code what kind of failure it is: its status on every wire
 * @param when in which case it is answered and what to do; a phrase in Markdown
 */
public record Reason(String name, Code code, String when) {}
