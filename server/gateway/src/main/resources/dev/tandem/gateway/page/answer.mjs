import { chat } from "./api.mjs";
import { Failure } from "./failures.mjs";

/** Takes what a chunk says into an answer. */
function take(answer, chunk) {
  const choice = chunk.choices[0];
  if (choice) {
    const { delta, finish_reason: finish } = choice;
    answer.text += delta.content ?? delta.refusal ?? "";
    answer.thoughts += delta.reasoning_content ?? "";
    answer.finish = finish ?? answer.finish;
  }
  answer.usage = chunk.usage ?? answer.usage;
}

/**
 * Asks for an answer and fills it as it comes; its state tells how it ended.
 *
 * @param {() => void} changed called after each piece
 * @returns {Promise<Failure | null>} why it failed
 */
export async function fill(answer, request, key, signal, changed) {
  let first = 0;
  try {
    for await (const chunk of chat(request, key, signal)) {
      take(answer, chunk);
      if (answer.text !== "" || answer.thoughts !== "") {
        first ||= performance.now();
        answer.seconds = (performance.now() - first) / 1000;
      }
      changed();
    }
    answer.state = "done";
    return null;
  } catch (trouble) {
    answer.state = signal.aborted ? "stopped" : "failed";
    if (signal.aborted) {
      return null;
    }
    if (trouble instanceof Failure) {
      return trouble;
    }
    throw trouble;
  }
}
