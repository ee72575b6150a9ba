/**
 * Questions and their answers.
 *
 * A turn is `{question, answer}`, an answer `{model, text, thoughts, state, finish, usage, seconds}`: `state` is `running`, `done`,
 * `stopped` or `failed`, `finish` the finish reason, `seconds` the time from the first token to the last.
 */
export class Conversation {
  #room;
  turns;

  /** @param {import("./room.mjs").Room} room where it is kept */
  constructor(room) {
    this.#room = room;
    this.turns = room.read([]);
    for (const { answer } of this.turns) {
      if (answer.state === "running") {
        answer.state = "stopped"; // the page was left meanwhile
      }
    }
  }

  get last() {
    return this.turns.at(-1);
  }

  /** A question; its answer is to come. */
  ask(question, model) {
    this.turns.push({ question, answer: Conversation.#blank(model) });
    this.keep();
    return this.last;
  }

  /** The last question again. */
  askAgain(model) {
    this.last.answer = Conversation.#blank(model);
    this.keep();
    return this.last;
  }

  /** Takes the last turn away. */
  dropLast() {
    this.turns.pop();
    this.keep();
  }

  /** Begins anew, or goes back to turns that were there before. */
  replace(turns) {
    const before = this.turns;
    this.turns = turns;
    this.keep();
    return before;
  }

  keep() {
    this.#room.write(this.turns);
  }

  static #blank(model) {
    return { model, text: "", thoughts: "", state: "running", finish: "", usage: null, seconds: 0 };
  }
}
