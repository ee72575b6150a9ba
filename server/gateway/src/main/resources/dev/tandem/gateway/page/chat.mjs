import { alarm, announce } from "./announcer.mjs";
import { fill } from "./answer.mjs";
import { models as listed } from "./api.mjs";
import { Composer } from "./composer.mjs";
import { Conversation } from "./conversation.mjs";
import { byId, element } from "./dom.mjs";
import { Export } from "./export.mjs";
import { Failure } from "./failures.mjs";
import { Models } from "./models.mjs";
import { Painter } from "./painter.mjs";
import { requestOf } from "./request.mjs";
import { ofTab, theme } from "./room.mjs";
import { Scrolling } from "./scrolling.mjs";
import { Settings } from "./settings.mjs";
import { troubleView } from "./trouble.mjs";
import { TurnView } from "./turns.mjs";

/** The page: what the parts do together. */
class Chat {
  #conversation = new Conversation(ofTab("conversation"));
  #models = new Models(byId("model"), ofTab("model"));
  #settings = new Settings(ofTab("settings"), theme, () => this.#askForModels());
  #scrolling = new Scrolling(byId("newest"));
  #composer = new Composer({ send: (text) => this.#send(text), stop: () => this.#stop() });
  #list = byId("turns");
  #views = [];
  #running = null;

  start() {
    new Export(this.#conversation, this.#settings);
    byId("new").addEventListener("click", () => this.#beginAnew());
    byId("model").addEventListener("change", () => this.#welcome());
    addEventListener("pagehide", () => this.#conversation.keep());
    this.#showAll();
    return this.#askForModels();
  }

  /** Which models are there? Who may not list them talks with the first. */
  async #askForModels() {
    byId("notice").replaceChildren();
    try {
      this.#models.take(await listed(this.#settings.key));
    } catch (trouble) {
      if (!(trouble instanceof Failure)) {
        throw trouble;
      }
      if (trouble.status === 403) {
        this.#models.hide();
      } else {
        this.#tell(trouble, () => this.#askForModels());
      }
    }
    this.#welcome();
  }

  /** A failure above the message field. */
  #tell(failure, retry) {
    const again = () => {
      byId("question").focus(); // what has the focus goes
      retry();
    };
    const useKey = (key) => {
      this.#settings.key = key;
      again();
    };
    byId("notice").replaceChildren(troubleView(failure, { ...this.#ways(), again, useKey }));
    alarm(`${failure.title}. ${failure.message}`);
  }

  #welcome() {
    byId("welcome").hidden = this.#conversation.turns.length > 0;
    byId("about").textContent = this.#models.about();
  }

  #showAll() {
    this.#views = this.#conversation.turns.map((turn) => new TurnView(turn, this.#ways()));
    this.#list.replaceChildren(...this.#views.map((view) => view.element));
    this.#views.forEach((view, index) => view.settle(index === this.#views.length - 1, null));
    byId("welcome").hidden = this.#views.length > 0;
    this.#scrolling.toEnd();
  }

  #ways() {
    return {
      again: () => this.#again(),
      settings: (violations) => this.#settings.open(violations),
      edit: () => this.#composer.edit(this.#conversation.last.question),
      useKey: (key) => {
        this.#settings.key = key;
        this.#again();
        this.#askForModels();
      },
    };
  }

  #send(text) {
    if (this.#composer.editing) {
      this.#conversation.dropLast();
      this.#views.pop().element.remove();
    }
    this.#views.at(-1)?.settle(false, null);
    this.#composer.clear();
    this.#show(this.#conversation.ask(text, this.#models.chosen));
  }

  #again() {
    if (this.#running) {
      return;
    }
    const turn = this.#conversation.askAgain(this.#models.chosen);
    this.#views.pop().element.remove();
    byId("question").focus();
    this.#show(turn);
  }

  #show(turn) {
    const view = new TurnView(turn, this.#ways());
    this.#views.push(view);
    this.#list.append(view.element);
    byId("notice").replaceChildren();
    byId("welcome").hidden = true;
    this.#scrolling.toEnd();
    return this.#run(turn, view);
  }

  async #run(turn, view) {
    const request = requestOf(turn.answer.model, this.#settings, this.#conversation.turns);
    const painter = new Painter(() => {
      view.grow();
      this.#scrolling.follow();
    });
    const stop = new AbortController();
    this.#running = stop;
    this.#composer.runs(true);
    view.begin();
    let failure = null;
    try {
      failure = await fill(turn.answer, request, this.#settings.key, stop.signal, () => painter.changed());
    } finally {
      painter.end();
      this.#running = null;
      this.#composer.runs(false);
      this.#conversation.keep();
      view.settle(true, failure);
      this.#scrolling.follow();
    }
    if (this.#views.includes(view)) {
      Chat.#say(turn.answer, view, failure);
    }
  }

  static #say(answer, view, failure) {
    if (failure) {
      alarm(`${failure.title}. ${failure.message}`);
    } else {
      announce(answer.state === "stopped" ? "Stopped." : view.spoken());
    }
  }

  #stop() {
    this.#running?.abort();
  }

  /** Everything goes, and can come back until the next question. */
  #beginAnew() {
    this.#stop();
    const before = this.#conversation.replace([]);
    this.#showAll();
    this.#welcome();
    this.#composer.clear();
    if (before.length > 0) {
      const undo = () => {
        this.#conversation.replace(before);
        this.#showAll();
        byId("notice").replaceChildren();
        byId("question").focus();
      };
      byId("notice").replaceChildren(
        element("p", { class: "gone" }, "A new conversation. ", element("button", { type: "button", onclick: undo }, "Undo")),
      );
      announce("A new conversation.");
    }
  }
}

await new Chat().start();
