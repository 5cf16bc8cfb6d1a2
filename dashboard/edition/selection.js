// What is chosen: from and to the address, which statements answer it, and the sentence that says so.
// The same rules as dashboard/selection.py, facets.py, describe.py, links.py and search.py;
// tests/browser/test_edition.py compares the two.

const DATA = JSON.parse(document.getElementById("data").textContent);
const { quotes: Q, actors: A, places: P, topics: T, kinds: K, events: E, positions: S } = DATA;
const MANY = ["actors", "about", "places", "kinds", "topics"];
const KEYS = { actor: "actors", about: "about", place: "places", kind: "kinds", topic: "topics" };
const ROLES = { actor_role: ["any", "by", "about"], place_role: ["any", "in", "about"] };
const ROLE_OF = { actors: "actor_role", places: "place_role" };
const MAX_VALUES = 50, MAX_TEXT = 200;
const SPACE = /[^\S\uFEFF]+/u;
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]+/gu;
const TABLES = { actors: A, about: A, places: P, kinds: K, topics: T };
const NUMBER = Object.fromEntries(MANY.map((facet) =>
  [facet, new Map(TABLES[facet].id.map((id, number) => [id, number]))]));
const QUOTE = new Map(Q.id.map((id, number) => [id, number]));
const WHOLE = Object.freeze({
  actors: [], actor_role: "any", about: [], places: [], place_role: "any", kinds: [], topics: [],
  text: "", quote: "", order: "article",
});

// --- the address --------------------------------------------------------------------------------

const single = (text) => text.split(SPACE).filter(Boolean).join(" ");
const neat = (selection) => ({
  ...WHOLE, ...selection, text: single(selection.text ?? ""),
  ...Object.fromEntries(MANY.map((facet) => [facet, [...new Set(selection[facet] ?? [])].sort()])),
});
const narrows = (s) => Boolean(s.text) || MANY.some((facet) => s[facet].length);
const short = (value) => [...value].length > 40 ? [...value].slice(0, 39).join("") + "…" : value;

function toHash(s) {
  const query = new URLSearchParams();
  for (const [key, facet] of Object.entries(KEYS)) s[facet].forEach((id) => query.append(key, id));
  for (const key of Object.keys(ROLES)) if (s[key] !== "any") query.append(key, s[key]);
  if (s.text) query.append("q", s.text);
  if (s.quote) query.append("quote", s.quote);
  if (s.order === "speaker") query.append("order", s.order);
  return String(query);
}

// Null for an address that is not ours, such as a link within the page.
function fromHash(hash) {
  const bare = hash.replace(/^[#?]/, "");
  if (QUOTE.has(bare)) return { selection: neat({ quote: bare }), unknown: [] };
  if (bare && !bare.includes("=")) return null;
  const query = new URLSearchParams(bare), unknown = [], chosen = {};
  const known = Object.fromEntries(Object.entries(KEYS).map(([key, facet]) => [key, NUMBER[facet]]));
  for (const [key, roles] of Object.entries(ROLES)) known[key] = new Set(roles);
  known.quote = QUOTE;
  known.order = new Set(["article", "speaker"]);
  for (const [key, values] of Object.entries(known)) {
    const asked = [...new Set(query.getAll(key))].filter(Boolean);
    chosen[key] = asked.filter((value) => values.has(value)).slice(0, MAX_VALUES);
    unknown.push(...asked.filter((value) => !values.has(value)).map((v) => `${key}=${short(v)}`));
  }
  const text = [...query.getAll("q").join(" ").replace(CONTROL, " ")].slice(0, MAX_TEXT).join("");
  const one = (key) => chosen[key][0] ?? WHOLE[key];
  const selection = neat({
    ...Object.fromEntries(Object.entries(KEYS).map(([key, facet]) => [facet, chosen[key]])),
    text, actor_role: one("actor_role"), place_role: one("place_role"),
    quote: one("quote"), order: one("order"),
  });
  return { selection, unknown };
}

// --- what answers it ----------------------------------------------------------------------------

// A letter whose combining class is not 0 changes places with U+0345, whose class is the highest.
const combines = (letter) =>
  letter === "\u0345" || !("\u0345" + letter).normalize("NFD").startsWith("\u0345");
const MARKS = { "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-" };
const caseless = (letter) =>
  letter === "ı" ? letter : letter.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");

function fold(text) {
  const plain = [...text.normalize("NFKD")].filter((l) => l < "\u0300" || !combines(l));
  return single(plain.map((letter) => MARKS[letter] ?? caseless(letter)).join(""));
}

// Per statement the values that it has of a facet, in each role.
const unite = (one, many) => one < 0 || many.includes(one) ? many : [one, ...many];
const alone = (numbers) => numbers.map((number) => number < 0 ? [] : [number]);
const TIES = {
  actors: { by: alone(Q.speaker), about: Q.actors, any: Q.speaker.map((n, i) => unite(n, Q.actors[i])) },
  about: { any: Q.actors },
  places: { in: alone(Q.said), about: Q.places, any: Q.said.map((n, i) => unite(n, Q.places[i])) },
  kinds: { any: alone(Q.kind) },
  topics: { any: alone(Q.topic) },
};
const ties = (s, facet) => TIES[facet][s[ROLE_OF[facet]] ?? "any"];
const numbers = (s, facet) => new Set(s[facet].map((id) => NUMBER[facet].get(id)));
const meets = (found, wanted) => found.some((number) => wanted.has(number));

const masks = {}; // of each facet the last: readers change one at a time
function mask(name, key, answers) {
  if (masks[name]?.key !== key) masks[name] = { key, values: Q.id.map((_, i) => answers(i)) };
  return masks[name].values;
}

function told(text) {
  const words = fold(text).split(" ").filter(Boolean);
  const named = (table, word) => new Set(table.text.flatMap((t, n) => t.includes(word) ? [n] : []));
  const found = words.map((word) => [word, named(A, word), named(P, word)]);
  return (i) => found.every(([word, who, where]) => Q.text[i].includes(word) || who.has(Q.speaker[i])
    || meets(Q.actors[i], who) || meets(Q.others[i], who)
    || where.has(Q.said[i]) || meets(Q.places[i], where));
}

// Statements in article order, events and positions by number; a facet's counts ignore that facet.
function part(s) {
  const asked = MANY.filter((facet) => s[facet].length).map((facet) => {
    const wanted = numbers(s, facet), tied = ties(s, facet);
    const key = `${s[facet]} ${s[ROLE_OF[facet]]}`;
    return [facet, mask(facet, key, (i) => meets(tied[i], wanted))];
  });
  if (s.text) asked.push(["text", mask("text", s.text, told(s.text))]);
  const counts = Object.fromEntries(MANY.map((f) => [f, new Int32Array(TABLES[f].id.length)]));
  const tied = Object.fromEntries(MANY.map((facet) => [facet, ties(s, facet)]));
  const count = (facet, i) => { for (const value of tied[facet][i]) counts[facet][value] += 1; };
  const shown = [];
  for (let i = 0; i < Q.id.length; i += 1) {
    let missed = 0, only = "";
    for (const [name, values] of asked) if (!values[i]) { missed += 1; only = name; }
    if (!missed) { shown.push(i); for (const facet of MANY) count(facet, i); }
    else if (missed === 1 && only !== "text") count(only, i);
  }
  return { shown, counts, events: events(s), positions: positions(s) };
}

const titled = (s) => {
  const words = fold(s.text).split(" ").filter(Boolean);
  return (text) => words.every((word) => text.includes(word));
};

function events(s) {
  const said = titled(s), [who, about, where] = ["actors", "about", "places"].map((f) => numbers(s, f));
  return E.id.flatMap((_, i) => (!who.size || meets(E.actors[i], who))
    && (!about.size || meets(E.actors[i], about)) && (!where.size || meets(E.places[i], where))
    && said(E.text[i]) ? [i] : []);
}

function positions(s) {
  const said = titled(s), who = numbers(s, "actors"), what = numbers(s, "topics");
  return S.id.flatMap((_, i) => (!who.size || who.has(S.actor[i]))
    && (!what.size || what.has(S.topic[i])) && said(S.text[i]) ? [i] : []);
}

function bySpeaker(shown) {
  const first = new Map();
  shown.forEach((i, n) => first.has(Q.speaker[i]) || first.set(Q.speaker[i], n));
  return shown.toSorted((a, b) => first.get(Q.speaker[a]) - first.get(Q.speaker[b]));
}

// --- in words -----------------------------------------------------------------------------------

const count = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const either = (names) =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : names[0];
const names = (s, facet) => s[facet].map((id) => TABLES[facet].name[NUMBER[facet].get(id)]);
const BY = { any: "by or about", by: "by", about: "about" };
const IN = { any: "in or about", in: "in", about: "about" };

function describe(s, shown) {
  const all = Q.id.length, said = [];
  if (s.actors.length) said.push(`${BY[s.actor_role]} ${either(names(s, "actors"))}`);
  if (s.about.length) said.push(`about ${either(names(s, "about"))}`);
  if (s.places.length) said.push(`${IN[s.place_role]} ${either(names(s, "places"))}`);
  if (s.topics.length) said.push(`on ${either(names(s, "topics"))}`);
  if (s.kinds.length) {
    const kinds = K.id.flatMap((id, n) => s.kinds.includes(id) ? [K.name[n].toLowerCase()] : []);
    said.push(either(kinds));
  }
  if (s.text) said.push(`with “${s.text}”`);
  const head = narrows(s) ? `${shown} of ${all} statements`
    : all === 1 ? "The one statement" : `All ${all} statements`;
  return said.length ? `${head}: ${said.join(", ")}` : head;
}

function unheard(shown) {
  const heard = new Set(Q.speaker), tally = new Map();
  for (const i of shown) for (const actor of Q.actors[i])
    if (!heard.has(actor)) tally.set(actor, (tally.get(actor) ?? 0) + 1);
  return [...tally].sort(([a, m], [b, n]) =>
    A.person[b] - A.person[a] || n - m || (A.id[a] < A.id[b] ? -1 : 1));
}
