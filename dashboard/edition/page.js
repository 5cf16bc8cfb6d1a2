// The page: what a reader presses becomes the selection, and the selection becomes what is shown.

const PAGE = 48; // statements shown at once; a button brings more
const CARD = '<article class="card"'; // how each begins in the template
const $ = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
const hide = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };
const made = (tag, attributes, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
};

// In place of the live page, which is full, its address is kept: reloaded it is the same view.
const inPlace = Boolean(document.querySelector(".masthead > .full"));
let state = WHOLE, now = null, unknown = [], limit = PAGE, settled = Promise.resolve();

// --- filters ------------------------------------------------------------------------------------

const pills = all(".pill").map((button) => ({
  button, n: button.querySelector(".n"), ...button.dataset,
  number: NUMBER[button.dataset.facet].get(button.dataset.value),
}));
const narrow = matchMedia("(width < 52rem)");
const radios = all("#filters input[type=radio]");
const lists = all("#filters .pills[data-most]").map((list) => ({
  list, most: Number(list.dataset.most), more: list.querySelector(".more"), open: false,
  pills: pills.filter(({ button }) => list.contains(button)),
}));

function showFilters({ counts }) {
  for (const { button, n, facet, value, number } of pills) {
    const pressed = String(state[facet].includes(value));
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    put(n, String(counts[facet][number]));
    button.classList.toggle("none", !counts[facet][number]);
  }
  for (const { list, most, more, open, pills: its } of lists) {
    const usual = its.filter(({ spare }) => spare === undefined);
    const first = narrow.matches ? Math.ceil(most / 2) : most, few = usual.length <= first + 3;
    const out = new Set(its.filter((pill) =>
      pill.spare !== undefined || (!few && !open && usual.indexOf(pill) >= first)));
    for (const pill of its) hide(pill.button, out.has(pill) && !state[pill.facet].includes(pill.value));
    hide(more, few);
    put(more, open ? "Fewer" : `All ${usual.length}`);
    list.classList.toggle("open", open);
    more.setAttribute("aria-expanded", String(open));
  }
  for (const radio of radios) radio.checked = state[radio.name] === radio.value;
  if ($("words").value !== state.text && document.activeElement !== $("words")) $("words").value = state.text;
  showAbout(counts.about);
  $("reset").disabled = !narrows(state) && !state.quote;
}

function showAbout(counts) {
  const told = state.about.map((id) => [id, counts[NUMBER.about.get(id)]]), key = String(told);
  hide($("about"), !told.length);
  if ($("about").dataset.told === key) return;
  $("about").dataset.told = key;
  $("about-pills").replaceChildren(...told.map(([id, n]) => {
    const name = made("bdi", { textContent: A.name[NUMBER.about.get(id)] });
    const pill = made("button", { type: "button", className: "pill" }, name, " ",
      made("span", { className: "n", textContent: n }));
    pill.setAttribute("aria-pressed", "true");
    pill.addEventListener("click", () => toggle("about", id));
    return pill;
  }));
}

// --- statements ---------------------------------------------------------------------------------

const list = $("cards");
// Only the cards shown are in the document: it answers faster. A long story's later ones come as
// text, for a browser with scripts parses nothing inside `noscript`; each is made when it is needed.
const later = (list.querySelector("noscript")?.textContent ?? "").split(CARD).slice(1);
const first = Q.id.length - later.length;
const cards = Q.id.map((id, i) => (i < first ? $(id) : null));
let visible = Q.id.map((_, i) => i).slice(0, first), linked = null;
list.querySelector("noscript")?.remove();

function card(i) {
  if (!cards[i] && i !== undefined) {
    const mould = document.createElement("template");
    mould.innerHTML = CARD + later[i - first]; // the edition's own markup: data in it is escaped
    cards[i] = mould.content.firstElementChild;
  }
  return cards[i];
}

function showCards({ shown }, most = limit) {
  const order = state.order === "speaker" ? bySpeaker(shown) : shown;
  const at = order.indexOf(QUOTE.get(state.quote));
  const next = order.slice(0, Math.max(most, at + 1));
  place(next);
  visible = next;
  const rest = order.length - next.length;
  hide($("more"), !rest);
  put($("more"), `Show ${Math.min(PAGE, rest)} more of ${rest.toLocaleString("en")}`);
  hide($("nothing"), shown.length > 0);
  hide($("left-out"), !state.quote || at >= 0);
  const spoken = shown.filter((i) => K.id[Q.kind[i]] !== "indirect").length;
  put($("spoken"), `${spoken} in quotation marks, ${shown.length - spoken} reported`);
  for (const button of all("#order button"))
    button.setAttribute("aria-pressed", String(button.value === state.order));
  const pointed = card(QUOTE.get(state.quote));
  if (linked !== pointed) {
    linked?.classList.remove("linked");
    linked = pointed;
    linked?.classList.add("linked");
  }
}

function place(next) {
  const keep = new Set(next), focus = document.activeElement;
  for (const i of visible) if (!keep.has(i)) cards[i].remove();
  let at = list.firstElementChild;
  for (const i of next)
    if (follow(card(i)) === at) at = at.nextElementSibling;
    else list.insertBefore(card(i), at);
  if (list.contains(focus)) focus.focus({ preventScroll: true });
}

// Chips are plain text until the script is there to follow them.
const followed = new WeakSet();
function follow(element) {
  if (!followed.has(element))
    for (const link of all("a[data-to]", element)) link.href = `#${link.dataset.to}`;
  followed.add(element);
  return element;
}

// --- positions, tables, the rest ----------------------------------------------------------------

const stands = S.id.map((id) => $(id));
const happened = E.id.map((id) => $(id));
const groups = [...all("#positions .stance-group"), ...all("#positions .topic")];

function showPositions(part) {
  const shown = new Set(part.positions);
  stands.forEach((line, i) => hide(line, !shown.has(i)));
  for (const group of groups) hide(group, !group.querySelector("li:not([hidden])"));
  put($("position-count"), count(part.positions.length, "position"));
  hide($("no-position"), part.positions.length > 0);
}

const TWINS = {
  map(part) {
    const { said, about } = tallies(part.shown);
    all("#table-map tbody tr").forEach(({ cells }, place) => {
      put(cells[2], String(said.get(place) ?? 0));
      put(cells[3], String(about.get(place) ?? 0));
      put(cells[4], plan(place, part.events));
    });
  },
  voices(part) {
    const rows = voicesRows(part);
    all("#table-voices tbody tr").forEach(({ cells }, n) => {
      put(cells[1], String(rows[n].words));
      put(cells[2], rows[n].label);
      put(cells[3], rows[n].statements);
    });
  },
  timeline(part) {
    const shown = new Set(part.events);
    happened.forEach((row, i) => hide(row, !shown.has(i)));
  },
};

function showUnheard({ shown }) {
  const found = unheard(shown);
  hide($("unheard"), !found.length);
  $("unheard-names").replaceChildren(...found.flatMap(([actor, n], at) => {
    const link = made("a", { href: `#about=${A.id[actor]}` }, made("bdi", { textContent: A.name[actor] }));
    link.dataset.to = `about=${A.id[actor]}`;
    return [at ? " · " : "", link, `\u00a0${n}`];
  }));
}

function showUnknown() {
  const more = unknown.length > 5 ? ` and ${unknown.length - 5} more` : "";
  hide($("unknown"), !unknown.length);
  put($("unknown"), `This story does not know ${unknown.slice(0, 5).join(", ")}${more}; left out.`);
}

// --- one selection, many views ------------------------------------------------------------------

function show() {
  now = part(state);
  showFilters(now);
  put($("sentence"), describe(state, now.shown.length));
  showCards(now);
  showPositions(now);
  showUnheard(now);
  showUnknown();
  for (const [name, { rows, caption }] of Object.entries(CHARTS)) {
    put($(`caption-${name}`), caption(now));
    if ($(`table-${name}`).open) TWINS[name](now);
  }
  settled = Promise.all(Object.entries(CHARTS).map(([name, { rows }]) => redraw(name, rows(now))));
}

function change(wanted, { replace = false } = {}) {
  const hash = toHash(state = neat(wanted));
  unknown = [];
  limit = PAGE;
  const address = inPlace
    ? location.pathname + (hash && `?${hash}`)
    : location.pathname + location.search + (hash && `#${hash}`);
  const same = replace || address === location.pathname + location.search + location.hash;
  history[same ? "replaceState" : "pushState"](null, "", address);
  show();
}

// Release a value that is chosen in that role, else choose it; a role goes when nothing has it.
function toggle(facet, value, role = "") {
  const key = ROLE_OF[facet], held = state[facet], wanted = { ...state };
  if (held.includes(value) && (!key || ["", state[key]].includes(role)))
    wanted[facet] = held.filter((id) => id !== value);
  else wanted[facet] = [...held, value];
  if (key && role && wanted[facet].length) wanted[key] = role;
  if (key && !wanted[facet].length) wanted[key] = "any";
  change(wanted);
}

function read() {
  const found = fromHash(inPlace && !location.hash ? location.search : location.hash);
  if (!found) return;
  const before = state;
  state = found.selection;
  unknown = found.unknown;
  limit = PAGE;
  show();
  if (state.quote && state.quote !== before.quote) point();
}

function point() {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (visible.includes(QUOTE.get(state.quote))) linked.scrollIntoView({ block: "center", behavior });
}

function onLink(link) {
  const found = fromHash(link.dataset.to ?? link.hash)?.selection;
  if (!found) return false;
  if (found.quote) { change({ ...state, quote: found.quote }); point(); }
  else if (link.dataset.only !== undefined) change({ ...found, order: state.order });
  else for (const facet of MANY) for (const id of found[facet])
    toggle(facet, id, ROLE_OF[facet] ? found[ROLE_OF[facet]] : "");
  return true;
}

// A way within the page: the address keeps the view.
function onAnchor(link) {
  const target = $(link.hash.slice(1));
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
  return Boolean(target);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const asked = event.ctrlKey || event.metaKey || event.shiftKey;
  if (link && !asked && (onLink(link) || onAnchor(link))) event.preventDefault();
  const pill = event.target.closest(".pill[data-facet]");
  if (pill) toggle(pill.dataset.facet, pill.dataset.value);
});
for (const entry of lists) entry.more.addEventListener("click", () => {
  entry.open = !entry.open;
  showFilters(now);
});
for (const radio of radios) radio.addEventListener("change", () =>
  change({ ...state, [radio.name]: radio.value }));
$("words").addEventListener("input", ({ target }) => {
  const text = [...target.value.replace(CONTROL, " ")].slice(0, MAX_TEXT).join("");
  change({ ...state, text }, { replace: Boolean(state.text) });
});
$("reset").addEventListener("click", () => {
  $("words").value = "";
  change({ ...WHOLE, order: state.order });
});
$("order").addEventListener("click", ({ target }) => {
  if (target.value) change({ ...state, order: target.value });
});
$("more").addEventListener("click", () => {
  const first = visible.length;
  limit = first + PAGE;
  showCards(now);
  cards[visible[first]].querySelector("a").focus({ preventScroll: true });
});
for (const button of all("#zoom button")) button.addEventListener("click", () => {
  move.n += 1;
  move.way = button.value;
  settled = redraw("map", mapRows(now));
});
for (const name of Object.keys(CHARTS))
  $(`table-${name}`).addEventListener("toggle", () => TWINS[name](now));
addEventListener("hashchange", read);
if (inPlace) addEventListener("popstate", read);
narrow.addEventListener("change", () => showFilters(now));
const print = matchMedia("print");
print.addEventListener("change", () => showCards(now, print.matches ? Infinity : limit));
addEventListener("beforeprint", () => {
  showCards(now, Infinity);
  for (const name of Object.keys(CHARTS)) TWINS[name](now);
});
addEventListener("afterprint", () => showCards(now));

const PICKS = {
  map: ({ place }) => place && toggle("places", place),
  voices: ({ actor }) => actor && toggle("actors", actor, "by"),
  timeline({ event }) {
    const place = event === undefined ? -1 : E.place[E.id.indexOf(event)];
    if (place >= 0) toggle("places", P.id[place]);
  },
};

async function draw(vegaEmbed) {
  await Promise.all(Object.entries(CHARTS).map(([name, { rows }]) =>
    embed(vegaEmbed, name, rows(now), PICKS[name])));
  show(); // what was chosen meanwhile
  await settled;
  document.documentElement.classList.add("drawn");
}

follow(document.querySelector("nav"));
follow($("positions"));
read();
if (!now) show();
window.edition = {
  draw, part, describe, toHash, fromHash, fold, neat, charts: CHARTS, quotes: Q.id, tables: TABLES,
  views, unheard: (shown) => unheard(shown).map(([actor, n]) => [A.id[actor], n]),
  get settled() { return settled; }, get state() { return state; },
};
