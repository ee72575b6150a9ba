import { numbers } from "./options.mjs";

/**
 * The request for the last turn's answer. Turns without a word of an answer are left out, but the last: what failed once would
 * fail again.
 *
 * @param {{system: string, options: object}} settings
 */
export function requestOf(model, settings, turns) {
  const messages = settings.system.trim() === "" ? [] : [{ role: "system", content: settings.system }];
  for (const { question, answer } of turns.slice(0, -1)) {
    if (answer.text !== "") {
      messages.push({ role: "user", content: question }, { role: "assistant", content: answer.text });
    }
  }
  messages.push({ role: "user", content: turns.at(-1).question });
  return { model, messages, ...numbers(settings.options), stream: true, stream_options: { include_usage: true } };
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The request as a command for a shell. The key is not in it.
 *
 * @param {boolean} keyed does the server ask for a key?
 */
export function curlOf(address, request, keyed) {
  const lines = [`curl -N ${quoted(address)}`, "-H 'content-type: application/json'"];
  if (keyed) {
    lines.push('-H "authorization: Bearer $TANDEM_API_KEY"');
  }
  lines.push(`-d ${quoted(JSON.stringify(request, null, 1))}`);
  return lines.join(" \\\n  ");
}
