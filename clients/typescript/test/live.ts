import { connect, type NodeOptions, TandemError } from "tandem-client";

/** The server that the tests call: its host and port stand in TANDEM_ADDRESS. */
export function baseUrl(): string {
  const address = process.env["TANDEM_ADDRESS"];
  if (!address) {
    throw new Error("TANDEM_ADDRESS must be the host and port of a running server.");
  }
  return `http://${address}`;
}

/** A client of it. */
export function live(options: Partial<NodeOptions> = {}) {
  return connect({ baseUrl: baseUrl(), ...options });
}

/** Waits for the failure. */
export async function failure(call: Promise<unknown>): Promise<TandemError> {
  try {
    await call;
  } catch (e) {
    if (e instanceof TandemError) {
      return e;
    }
    throw e;
  }
  throw new Error("The call did not fail.");
}
