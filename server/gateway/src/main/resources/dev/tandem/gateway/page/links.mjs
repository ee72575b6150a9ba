/** What ends a sentence rather than an address. */
const CLOSING = ".,;:!?'\")]}*_";

/** How much of an address is one: not the end of the sentence that it stands in. */
function lengthOf(address) {
  const closing = address.includes("(") ? CLOSING.replace(")", "") : CLOSING;
  let end = address.length;
  while (end > 0 && closing.includes(address[end - 1])) {
    end--;
  }
  return end;
}

/** A text cut into addresses of the web and what stands between: `{text, address}`. */
export function pieces(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"]+/gi)) {
    const end = match.index + lengthOf(match[0]);
    if (end <= match.index + match[0].indexOf("//") + 2) {
      continue; // no host
    }
    found.push({ text: text.slice(from, match.index), address: false }, { text: text.slice(match.index, end), address: true });
    from = end;
  }
  found.push({ text: text.slice(from), address: false });
  return found.filter((piece) => piece.text !== "");
}
