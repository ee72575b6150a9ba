// What docs/connect.md shows, on a page.

import { ask } from "./example";

Object.assign(window, {
  loaded: true,
  async answer(question: string) {
    const seen: string[] = [];
    await ask(question, (text) => seen.push(text), new AbortController().signal).catch((e) => seen.push(String(e)));
    return seen;
  },
  async firstWords(question: string) {
    const abort = new AbortController();
    const seen: string[] = [];
    await ask(question, (text) => (seen.push(text), abort.abort()), abort.signal);
    return seen.length;
  },
});
