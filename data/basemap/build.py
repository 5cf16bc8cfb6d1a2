# /// script
# requires-python = ">=3.11"
# dependencies = ["pycountry==26.2.16"]  # dev-only: ISO 3166-1 numeric -> alpha-2
# ///
"""Build countries.json, the basemap, from the npm package world-atlas 2.0.2.

    npm pack world-atlas@2.0.2
    uv run build.py world-atlas-2.0.2.tgz        # or: pip install pycountry; python build.py ...

Input: its countries-50m.json (TopoJSON, Natural Earth 4.1, de-facto boundaries). Output: TopoJSON
with the objects `countries`, `borders` and `contested` (README.md tells what is in them).

The input is already a topology, so the work is on its arcs: split off what another ISO code or no
country covers, cut two polygons along contested lines, drop small islands, sort shared arcs into
borders and contested lines, simplify each arc once (Visvalingam), snap to a coarser grid. Rings
keep their winding (exterior clockwise, as d3-geo wants). The same input gives the same bytes.
"""

import hashlib
import heapq
import itertools
import json
import math
import sys
import tarfile
from pathlib import Path

import pycountry

MEMBER = "package/countries-50m.json"
SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
OUT = Path(__file__).with_name("countries.json")

# Full detail where most stories are, less elsewhere. Areas in square degrees, the grid in degrees.
DETAIL = (-12, 12, 65, 62)  # west, south, east, north
SIMPLIFY, SIMPLIFY_ELSEWHERE = 0.0006, 0.02
ISLAND, ISLAND_ELSEWHERE = 0.003, 0.05
SMALL_COUNTRY = 0.15  # below this a country's main part is not simplified
GRID = 0.005
STEP = 2.5  # longest segment left: d3 draws great circles, and the 49th parallel must not bulge

WORLD = (-180, -90, 180, 90)
NO_ISO = ""

# Polygons of `source` that lie wholly in one of the boxes become a geometry of their own.
PARTS = [  # source, boxes, id, name
    ("Russia", [(32, 44, 37, 46.5)], NO_ISO, "Crimea (disputed)"),
    ("Russia", [(145, 43, 149, 45.6)], NO_ISO, "Southern Kuril Islands (disputed)"),
    ("France", [(-55, 2, -51, 6)], "GF", "French Guiana"),
    ("France", [(-62, 15.8, -61, 17)], "GP", "Guadeloupe"),
    ("France", [(-62, 14, -60, 15)], "MQ", "Martinique"),
    ("France", [(55, -22, 56, -20)], "RE", "Réunion"),
    ("France", [(45, -13.5, 46, -12)], "YT", "Mayotte"),
    ("Netherlands", [(-69, 12, -62, 18)], "BQ", "Caribbean Netherlands"),
    ("Norway", [(10, 74, 35, 81), (-10, 70, -7, 72)], "SJ", "Svalbard and Jan Mayen"),
    ("New Zealand", [(-173, -10, -171, -8)], "TK", "Tokelau"),
    ("Indian Ocean Ter.", [(105, -11, 106, -10)], "CX", "Christmas Island"),
    ("Indian Ocean Ter.", [(96, -13, 97, -12)], "CC", "Cocos (Keeling) Islands"),
]
# A line through `source`, end to end; the piece that holds the vertex nearest to `at` is split off.
GOLAN_LINE = [  # Natural Earth 1:50m, boundary lines of disputed areas: "Golan Heights"
    (35.611243, 32.682062), (35.591657, 32.722654), (35.608142, 32.759784), (35.635686, 32.8073),
    (35.632895, 32.866573), (35.614498, 32.890861), (35.588557, 32.952769), (35.577291, 33.009613),
    (35.600597, 33.039586), (35.635272, 33.118341), (35.64075, 33.200196), (35.602871, 33.240607),
]  # fmt: skip
PARALLEL_27_40 = [(-13.17, 27.667), (-8.82, 27.657)]  # from the coast to the berm
CUTS = [  # source, line, at, id, name
    ("Israel", GOLAN_LINE, (35.9, 33.0), NO_ISO, "Golan Heights (disputed)"),
    ("Morocco", PARALLEL_27_40, (-17.0, 21.42), "EH", "Western Sahara, west of the berm"),
]
# Shared arcs are split here, so that a part of a border can be contested.
SPLITS = [("India", (75.3026, 32.3189)), ("Egypt", (33.17, 22.0))]
# Contested: all arcs between the two that lie in one of the boxes.
CONTESTED = {
    ("Crimea (disputed)", "Ukraine"): [WORLD],
    ("Golan Heights (disputed)", "Israel"): [WORLD],
    ("Golan Heights (disputed)", "Syria"): [WORLD],
    ("Golan Heights (disputed)", "Lebanon"): [WORLD],
    ("Israel", "Palestine"): [WORLD],
    ("Kosovo", "Serbia"): [WORLD],
    ("Cyprus", "N. Cyprus"): [WORLD],
    ("Somalia", "Somaliland"): [WORLD],
    ("Morocco", "Western Sahara, west of the berm"): [WORLD],
    ("Morocco", "W. Sahara"): [WORLD],
    ("W. Sahara", "Western Sahara, west of the berm"): [WORLD],
    ("India", "Pakistan"): [(73, 32.2, 78, 36)],  # Kashmir
    ("India", "Siachen Glacier"): [WORLD],
    ("Pakistan", "Siachen Glacier"): [WORLD],
    ("China", "Siachen Glacier"): [WORLD],
    ("China", "Pakistan"): [WORLD],
    ("China", "India"): [(77, 30, 82, 36), (91, 27, 98, 30)],  # all but Sikkim
    ("Egypt", "Sudan"): [(33, 21, 38, 23)],  # Bir Tawil, Halaib
    ("North Korea", "South Korea"): [WORLD],
}
NO_COUNTRY = {"Kosovo": "XK", "N. Cyprus": NO_ISO, "Somaliland": NO_ISO, "Siachen Glacier": NO_ISO}
DROP = {"Antarctica", "Ashmore and Cartier Is."}
NAMES = {  # the abbreviated and the outdated ones
    "Antigua and Barb.": "Antigua and Barbuda", "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory", "Cabo Verde": "Cape Verde",
    "Central African Rep.": "Central African Republic", "Congo": "Republic of the Congo",
    "Dem. Rep. Congo": "Democratic Republic of the Congo", "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea", "Faeroe Is.": "Faroe Islands",
    "Fr. Polynesia": "French Polynesia", "Fr. S. Antarctic Lands": "French Southern Territories",
    "Heard I. and McDonald Is.": "Heard and McDonald Islands", "Macao": "Macau",
    "Macedonia": "North Macedonia", "N. Cyprus": "Northern Cyprus (disputed)",
    "N. Mariana Is.": "Northern Mariana Islands",
    "S. Geo. and the Is.": "South Georgia and the South Sandwich Islands",
    "S. Sudan": "South Sudan", "Siachen Glacier": "Siachen Glacier (disputed)",
    "Somaliland": "Somaliland (disputed)", "St-Barthélemy": "Saint Barthélemy",
    "St-Martin": "Saint Martin", "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "São Tomé and Principe": "São Tomé and Príncipe", "U.S. Virgin Is.": "U.S. Virgin Islands",
    "W. Sahara": "Western Sahara", "eSwatini": "Eswatini",
}  # fmt: skip


def read(tarball):
    """The arcs as lists of (lon, lat); {name: (numeric id, polygons as rings of arc numbers)}."""
    with tarfile.open(tarball) as tar:
        raw = tar.extractfile(MEMBER).read()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SystemExit(f"{MEMBER} is not that of world-atlas 2.0.2")
    topology = json.loads(raw)
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for delta in deltas:
            x, y = x + delta[0], y + delta[1]
            arcs[-1].append((round(x * kx + dx, 6), round(y * ky + dy, 6)))
    shapes = {}
    for g in topology["objects"]["countries"]["geometries"]:
        if g["properties"]["name"] not in DROP:
            polygons = [g["arcs"]] if g["type"] == "Polygon" else g["arcs"]
            shapes[g["properties"]["name"]] = (g.get("id"), polygons)
    return arcs, shapes


def oriented(arcs, ref):
    return arcs[ref] if ref >= 0 else arcs[~ref][::-1]


def points(arcs, ring):
    return [p for ref in ring for p in oriented(arcs, ref)[1:]]


def inside(pts, boxes):
    return any(all(w <= x <= e and s <= y <= n for x, y in pts) for w, s, e, n in boxes)


def area(arcs, polygon):
    pts = points(arcs, polygon[0])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise([*pts, pts[0]]))) / 2


def split(arcs, shapes, name, near):
    """Make the vertex of `name` nearest to `near` the end of an arc, and return it."""
    refs = {r if r >= 0 else ~r for polygon in shapes[name][1] for ring in polygon for r in ring}
    _, number, i = min((math.dist(p, near), r, i) for r in refs for i, p in enumerate(arcs[r]))
    vertex = arcs[number][i]
    if 0 < i < len(arcs[number]) - 1:
        new = len(arcs)
        arcs.append(arcs[number][i:])
        arcs[number] = arcs[number][: i + 1]
        swap = {number: [number, new], ~number: [~new, ~number]}
        for _, polygons in shapes.values():
            for polygon in polygons:
                polygon[:] = [[s for r in ring for s in swap.get(r, [r])] for ring in polygon]
    return vertex


def cut(arcs, shapes, name, line, at):
    """Cut the polygon of `name` along `line`; return the piece that holds the vertex `at`."""
    start, end = split(arcs, shapes, name, line[0]), split(arcs, shapes, name, line[-1])
    arcs.append([start, *line[1:-1], end])
    new = len(arcs) - 1
    at = split(arcs, shapes, name, at)
    ((ring,),) = shapes[name][1]
    starts = [oriented(arcs, r)[0] for r in ring]
    i = starts.index(start)
    ring, starts = ring[i:] + ring[:i], starts[i:] + starts[:i]
    j = starts.index(end)
    pieces = [[*ring[:j], ~new], [*ring[j:], new]]
    if at in points(arcs, pieces[0]):
        pieces.reverse()
    shapes[name][1][:] = [[pieces[0]]]
    return [[pieces[1]]]


def keep_islands(arcs, polygons):
    """The polygons without the small islands; the largest one always stays."""
    largest = max(polygons, key=lambda p: area(arcs, p))

    def wanted(polygon):
        least = ISLAND if inside(points(arcs, polygon[0]), [DETAIL]) else ISLAND_ELSEWHERE
        return polygon is largest or area(arcs, polygon) >= least

    return [p for p in polygons if wanted(p)]


def simplify(arc):
    """Visvalingam: drop the vertices whose triangle is smallest; the ends stay."""
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))

    def weight(i):
        (ax, ay), (bx, by), (cx, cy) = arc[before[i]], arc[i], arc[after[i]]
        if math.hypot(cx - ax, cy - ay) > STEP:
            return math.inf
        triangle = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
        return triangle / (SIMPLIFY if inside([arc[i]], [DETAIL]) else SIMPLIFY_ELSEWHERE)

    weights = {i: weight(i) for i in range(1, len(arc) - 1)}
    heap = [(w, i) for i, w in weights.items()]
    heapq.heapify(heap)
    least = 2 if arc[0] == arc[-1] else 0  # an island stays a triangle
    while heap and len(weights) > least:
        w, i = heapq.heappop(heap)
        if weights.get(i) != w:
            continue
        if w >= 1:
            break
        del weights[i]
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if j in weights:
                weights[j] = max(w, weight(j))
                heapq.heappush(heap, (weights[j], j))
    return [p for i, p in enumerate(arc) if i in weights or i in (0, len(arc) - 1)]


def snapped(arc):
    """The arc on the grid, delta-encoded, without repeated points."""
    grid = [(round((x + 180) / GRID), round((y + 90) / GRID)) for x, y in arc]
    steps = itertools.pairwise(grid)
    return [list(grid[0]), *([x - u, y - v] for (u, v), (x, y) in steps if (x, y) != (u, v))]


def build(tarball):
    arcs, shapes = read(tarball)
    code, label = {}, {}
    for name, (number, _) in shapes.items():
        code[name] = pycountry.countries.get(numeric=number).alpha_2 if number else ""
        label[name] = NAMES.get(name, name.replace(" Is.", " Islands"))
    code |= NO_COUNTRY

    for source, boxes, part_id, part in PARTS:
        polygons = shapes[source][1]
        mine = [p for p in polygons if inside(points(arcs, p[0]), boxes)]
        polygons[:] = [p for p in polygons if p not in mine]
        shapes[part], code[part], label[part] = (None, mine), part_id, part
    for source, line, at, part_id, part in CUTS:
        shapes[part] = (None, cut(arcs, shapes, source, line, at))
        code[part], label[part] = part_id, part
    for name, near in SPLITS:
        split(arcs, shapes, name, near)
    shapes = {n: keep_islands(arcs, polygons) for n, (_, polygons) in shapes.items() if polygons}

    owners = {}
    for name, polygons in shapes.items():
        for ref in {r if r >= 0 else ~r for p in polygons for ring in p for r in ring}:
            owners.setdefault(ref, []).append(name)
    borders, contested, seen = [], [], set()
    for ref, names in sorted(owners.items()):
        if len(names) > 1:
            pair = tuple(sorted(names))
            dashed = inside(arcs[ref], CONTESTED.get(pair, []))
            (contested if dashed else borders).append([ref])
            seen |= {pair} if dashed else set()
    if unmet := set(CONTESTED) - seen:
        print("no such line in the data:", *sorted(unmet))

    exact = {
        r if r >= 0 else ~r
        for polygons in shapes.values()
        for p in [max(polygons, key=lambda p: area(arcs, p))]
        if area(arcs, p) < SMALL_COUNTRY
        for r in p[0]
    }
    arcs = [a if i in exact or i not in owners else simplify(a) for i, a in enumerate(arcs)]

    merged = {}  # pieces of one ISO code make one geometry
    for name, polygons in shapes.items():
        key = code[name] or name
        merged.setdefault(key, (code[name], label[name], []))[2].extend(polygons)
    order = sorted(merged.values(), key=lambda g: (g[0], g[1]))

    number, out = {}, []

    def renumbered(ref):
        old = ref if ref >= 0 else ~ref
        if old not in number:
            number[old] = len(out)
            out.append(snapped(arcs[old]))
        return number[old] if ref >= 0 else ~number[old]

    def lines(refs):
        return {"type": "MultiLineString", "arcs": [[renumbered(r) for r in x] for x in refs]}

    geometries = []
    for iso, name, polygons in order:
        properties = {"name": name}
        if iso in (NO_ISO, "XK"):
            properties["contested"] = True
        numbers = [[[renumbered(r) for r in ring] for ring in p] for p in polygons]
        kind = ("MultiPolygon", numbers) if len(numbers) > 1 else ("Polygon", numbers[0])
        geometries.append({"type": kind[0], "id": iso, "properties": properties, "arcs": kind[1]})
    return {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [-180, -90]},
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": geometries},
            "borders": lines(borders),
            "contested": lines(contested),
        },
        "arcs": out,
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    text = json.dumps(build(sys.argv[1]), ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(text + "\n", encoding="utf-8", newline="\n")
