// What tests call in the page.

import * as abroad from "./abroad";
import * as connect from "./connect";
import * as grpcweb from "./grpcweb";

/** The HTTP versions of the calls that were answered so far: http/1.1, h2. */
function protocols() {
  const calls = performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/tandem.v1."));
  const versions = calls.map((entry) => (entry as PerformanceResourceTiming).nextHopProtocol);
  return [...new Set(versions.filter((version) => version !== ""))];
}

Object.assign(window, { abroad, connect, grpcweb, protocols, loaded: true });
