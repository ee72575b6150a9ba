/** What a request may say about sampling: names and ranges of the API. Empty is the server's default. */
export const OPTIONS = [
  { name: "temperature", label: "Temperature", low: 0, high: 2, whole: false, hint: "0 to 2. 0 always takes the likeliest." },
  { name: "top_p", label: "Top p", low: 0, high: 1, whole: false, hint: "0 to 1. Less leaves out what is unlikely." },
  { name: "max_tokens", label: "Most tokens", low: 1, high: 2 ** 31 - 1, whole: true, hint: "At least 1. Where an answer is cut." },
  {
    name: "seed",
    label: "Seed",
    low: Number.MIN_SAFE_INTEGER,
    high: Number.MAX_SAFE_INTEGER,
    whole: true,
    hint: "A whole number. The same one, the same answer.",
  },
];

/** What is wrong with a text for this option; empty where nothing is. */
export function problem(option, text) {
  const typed = text.trim();
  if (typed === "") {
    return "";
  }
  const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(typed) ? Number(typed) : Number.NaN;
  if (Number.isNaN(number) || (option.whole && !Number.isInteger(number))) {
    return option.whole ? "Must be a whole number." : "Must be a number.";
  }
  if (number < option.low || number > option.high) {
    return option.name === "max_tokens" && number < 1 ? "Must be at least 1." : `Must be from ${option.low} to ${option.high}.`;
  }
  return "";
}

/** The options of a request, from texts by their names; what is empty or wrong is left out. */
export function numbers(texts) {
  const given = OPTIONS.filter((option) => (texts[option.name] ?? "").trim() !== "" && problem(option, texts[option.name]) === "");
  return Object.fromEntries(given.map((option) => [option.name, Number(texts[option.name])]));
}
