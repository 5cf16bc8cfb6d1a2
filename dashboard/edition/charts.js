// The charts: rows for what is shown, in the words of dashboard/charts, and their drawing by Vega.
// A change of the selection replaces rows and embeds nothing anew: zoom and place stay.

const AREA = 55, NARROWEST = 330, HEIGHT = 430; // as in dashboard/charts/location_spec.py
const LETTER = 6.6, LINE = 15, GAP = 6; // as in dashboard/charts/labels.py
const move = { n: 0, way: "" };

function most(tally) {
  return [...tally].reduce((best, pair) => (!best || pair[1] > best[1] ? pair : best), null);
}

function tallies(shown) {
  const said = new Map(), about = new Map();
  const add = (tally, place) => tally.set(place, (tally.get(place) ?? 0) + 1);
  for (const i of shown) {
    if (Q.said[i] >= 0) add(said, Q.said[i]);
    for (const place of Q.places[i]) add(about, place);
  }
  return { said, about };
}

// --- map ----------------------------------------------------------------------------------------

const planned = (place, events) => events.filter((e) => [E.place[e], E.destination[e]].includes(place));
const detail = (said, about) =>
  [said && `${said} said`, about && `${about} about`].filter(Boolean).join(" · ") || "no statements";
const plan = (place, events) =>
  planned(place, events).map((e) => `${E.period[e]}: ${E.title[e]}`).join("; ");

function ahead(place, events) {
  const event = planned(place, events).find((e) => E.status[e] === "planned");
  if (event === undefined) return "";
  return `◆ ${E.destination[event] === place ? "visit" : "talks"} planned, ${E.short[event]}`;
}

function mapRows({ shown, events }) {
  const { said, about } = tallies(shown), C = DATA.cities;
  const codes = new Set(P.country.filter((code, place) => code !== null && about.get(place)));
  const marks = C.place.map((place, n) => {
    const here = said.get(place) ?? 0, told = about.get(place) ?? 0, next = ahead(place, events);
    const lines = [P.name[place], detail(here, told), next].filter(Boolean);
    const radius = Math.sqrt(Math.max(AREA * here, AREA * told, 30) / Math.PI);
    return { place, n, here, told, next, lines, radius, x: C.x[n], y: C.y[n] };
  });
  const spots = arrange(marks.toSorted((a, b) => b.here + b.told - a.here - a.told));
  const points = marks.map(({ place, n, here, told, next }) => ({
    kind: "place", place: P.id[place], name: P.name[place], longitude: C.longitude[n],
    latitude: C.latitude[n], said: here, about: told, detail: detail(here, told), plan: next,
    distances: C.distances[n], ...spots.get(place),
    on: Boolean(here || told || planned(place, events).length),
  }));
  const at = new Map(C.place.map((place, n) => [place, n]));
  const routes = events.filter((e) => E.leg[e]).flatMap((e) =>
    [E.origin[e], E.destination[e]].flatMap((end, n) => at.has(end) ? [{
      kind: "route", route: E.id[e], longitude: C.longitude[at.get(end)],
      latitude: C.latitude[at.get(end)], n,
    }] : []));
  const shaded = `|${[...codes].sort().join("|")}|`;
  return [{ kind: "command", n: move.n, move: move.way, shaded }, ...points, ...routes];
}

function mapCaption({ shown, events }) {
  const { said } = tallies(shown), top = most(said);
  const sum = [...said.values()].reduce((a, b) => a + b, 0);
  const where = top ? `, most in ${P.name[top[0]]} (${top[1]})` : "";
  const legs = events.map((e) => E.leg[e]).filter(Boolean).join(" ");
  return `${count(sum, "statement")} with a stated or inferred place of speaking${where}. ${legs}`.trim();
}

// Labels one after the other, each where it covers least: dashboard/charts/labels.py.
function arrange(marks) {
  const taken = marks.map((m) => [m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius]);
  return new Map(marks.map((mark, number) => {
    const others = taken.filter((_, n) => n !== number);
    let best = null, least = Infinity;
    for (const spot of options(mark)) {
      const cost = covers(box(mark, spot), others);
      if (cost < least) [best, least] = [spot, cost];
    }
    taken.push(box(mark, best));
    return [mark.place, best];
  }));
}

function options({ lines, radius }) {
  const tall = LINE * lines.length, beside = -tall / 2 + LINE / 2, reach = radius + GAP;
  const spot = (align, dx, dy) => ({ align, dx, dy });
  return [
    spot("left", reach, beside),
    spot("right", -reach, beside),
    spot("center", 0, -reach - tall + LINE / 2),
    spot("center", 0, reach + LINE / 2),
    spot("left", reach * 0.7, -reach * 0.7 - tall + LINE),
    spot("left", reach * 0.7, reach * 0.7),
    spot("right", -reach * 0.7, -reach * 0.7 - tall + LINE),
    spot("right", -reach * 0.7, reach * 0.7),
  ];
}

function box({ x, y, lines }, { align, dx, dy }) {
  const wide = LETTER * Math.max(0, ...lines.map((line) => [...line].length));
  const left = { left: 0, right: -wide, center: -wide / 2 }[align] + x + dx;
  const top = y + dy - LINE / 2;
  return [left, top, left + wide, top + LINE * lines.length];
}

function covers([left, top, right, bottom], others) {
  let covered = 0;
  for (const o of others) covered += Math.max(0, Math.min(right, o[2]) - Math.max(left, o[0]))
    * Math.max(0, Math.min(bottom, o[3]) - Math.max(top, o[1]));
  const outside = Math.max(0, -left) + Math.max(0, right - NARROWEST)
    + Math.max(0, -top) + Math.max(0, bottom - HEIGHT);
  return Math.round((covered + 40 * outside) * 1000) / 1000;
}

// --- voices and timeline ------------------------------------------------------------------------

function percent(share) { // halves to even, as Python rounds
  const exact = share * 100, whole = Math.floor(exact);
  return `${exact - whole === 0.5 ? whole + whole % 2 : Math.round(exact)}%`;
}

function voicesRows({ shown }) {
  const tally = new Map(DATA.voices.map((row) => [row.actor, { words: 0, quoted: 0, reported: 0 }]));
  for (const i of shown) {
    const his = tally.get(A.id[Q.speaker[i]]);
    his.words += Q.words[i];
    his[K.id[Q.kind[i]] === "indirect" ? "reported" : "quoted"] += 1;
  }
  const total = [...tally.values()].reduce((sum, { words }) => sum + words, 0);
  return DATA.voices.map((row) => {
    const { words, quoted, reported } = tally.get(row.actor);
    const label = words ? `${words} · ${percent(words / total)}`
      : !reported ? "none shown" : row.all ? "none quoted here" : "reported only";
    const statements = `${quoted} quoted, ${reported} reported`;
    return { ...row, words, label, statements, shown: Boolean(quoted || reported) };
  });
}

function voicesCaption(part) {
  const speaking = voicesRows(part).filter((row) => row.words);
  const total = speaking.reduce((sum, { words }) => sum + words, 0);
  const top = most(speaking.map((row) => [row.name, row.words]));
  const by = top ? `; most by ${top[0]} (${top[1]})` : "";
  return `${count(total, "quoted word")} by ${count(speaking.length, "voice")}${by}. Click a bar to filter.`;
}

function timelineRows({ events }) {
  const on = new Set(events);
  return DATA.timeline.map((row, i) => ({ ...row, on: on.has(i) }));
}

function timelineCaption({ events }) {
  const coming = events.filter((e) => ["planned", "deadline"].includes(E.status[e]));
  const next = coming.length ? ` Next: ${E.title[coming[0]]}, ${E.period[coming[0]]}.` : "";
  return `${count(events.length, "event")} shown, ${coming.length} still ahead.${next} `
    + "Filters for actors, places and words apply. Only the shaded weeks are to scale. Click an "
    + "event to filter by its place.";
}

const CHARTS = {
  map: { rows: mapRows, caption: mapCaption },
  voices: { rows: voicesRows, caption: voicesCaption },
  timeline: { rows: timelineRows, caption: timelineCaption },
};

// --- drawing ------------------------------------------------------------------------------------

const views = {}; // Vega's, and the rows that each shows
let shapes = null;
const load = async () => shapes ??= JSON.parse(document.getElementById("basemap").textContent);

async function embed(vegaEmbed, name, rows, onPick) {
  const at = document.getElementById(`chart-${name}`);
  const spec = JSON.parse(document.getElementById("specs").textContent)[name];
  spec.data.find((data) => data.name === "source").values = rows;
  const { view } = await vegaEmbed(at, spec, {
    mode: "vega", actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip,
    loader: { load, sanitize: async (href) => ({ href }) },
  });
  view.addEventListener("click", (_, item) => item?.datum && onPick(item.datum));
  views[name] = { view, told: JSON.stringify(rows), drawn: Promise.resolve() };
}

// One after the other: of two changes between runs Vega would keep the later alone.
function redraw(name, rows) {
  const shown = views[name], told = JSON.stringify(rows);
  if (!shown || shown.told === told) return shown?.drawn;
  Object.assign(shown, { told, rows });
  shown.drawn = shown.drawn.then(() => revise(shown.view, shown.rows).runAsync());
  return shown.drawn;
}

// The bundle keeps Vega's own `changeset` to itself; what a view makes tells who made it.
function changeset(view) {
  let made = null;
  view.pulse = (_, changes) => { made = changes; };
  view.data("source", []);
  delete view.pulse;
  return made?.constructor() ?? null;
}

// The same rows with other values keep their marks: Vega changes what differs, and draws no more.
function revise(view, rows) {
  const before = view.data("source");
  const same = (row, i) => before[i].kind === row.kind && before[i].place === row.place
    && before[i].route === row.route && before[i].actor === row.actor;
  const changes = before.length === rows.length && rows.every(same) && changeset(view);
  if (!changes) return view.data("source", rows);
  rows.forEach((row, i) => {
    for (const [key, value] of Object.entries(row))
      if (before[i][key] !== value) changes.modify(before[i], key, value);
  });
  return view.change("source", changes);
}

const tip = document.getElementById("tip");
function tooltip(_, event, __, value) {
  tip.hidden = !value;
  if (!value) return;
  tip.replaceChildren(...Object.entries(value).filter(([, told]) => told !== "").flatMap(([key, told]) => [
    Object.assign(document.createElement("dt"), { textContent: key }),
    Object.assign(document.createElement("dd"), { textContent: String(told) }),
  ]));
  const { innerWidth: wide, innerHeight: high } = window, { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, wide - width - 8))}px`;
  tip.style.top = `${event.clientY + 14 + height > high ? event.clientY - height - 10 : event.clientY + 14}px`;
}
