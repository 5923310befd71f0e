"use strict";
(() => {
  const figure = document.getElementById("map");
  if (!figure) return;
  const map = document.getElementById("whole");
  const [, , width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  const rows = Array.from(document.querySelectorAll("#table tbody.unit")).sort((a, b) => a.dataset.row - b.dataset.row);
  const labels = Array.from(map.querySelectorAll("text"));
  const shapes = new Map(Array.from(figure.querySelectorAll(".unit"), (shape) => [shape.dataset.row, shape]));
  const stripes = figure.querySelectorAll('pattern[id^="both"]');
  const picked = document.getElementById("picked");
  const called = new Map(rows.map((row) => [row.dataset.row, row.dataset.called]));
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const MOST = 24;
  let view = { x: 0, y: 0, zoom: 1 };
  let chosen = null;

  // The part of the drawing on show. Letters and lines keep their size on the screen at any zoom.
  const show = () => {
    const wide = width / view.zoom, high = height / view.zoom;
    view.x = Math.min(Math.max(view.x, 0), width - wide);
    view.y = Math.min(Math.max(view.y, 0), height - high);
    map.setAttribute("viewBox", [view.x, view.y, wide, high].map((side) => side.toFixed(1)).join(" "));
    map.dataset.zoom = view.zoom.toFixed(2);
    if (!map.clientWidth) return; // not laid out yet: this is called again when it is
    const pixels = (map.clientWidth * 10) / wide;
    stripes.forEach((pattern) => pattern.setAttribute("patternTransform", `rotate(45) scale(${(1 / pixels).toFixed(3)})`));
    map.style.setProperty("--size", String(1 / pixels));
    labels.forEach((label) => { label.style.display = Number(label.dataset.level) <= pixels + 0.001 ? "inline" : "none"; });
  };
  const zoomTo = (zoom, x, y) => {
    const next = Math.min(Math.max(zoom, 1), MOST);
    const share = { x: (x - view.x) * view.zoom / width, y: (y - view.y) * view.zoom / height };
    view = { zoom: next, x: x - share.x * width / next, y: y - share.y * height / next };
    show();
  };
  const middle = () => [view.x + width / view.zoom / 2, view.y + height / view.zoom / 2];
  const whole = () => { view = { x: 0, y: 0, zoom: 1 }; show(); };
  const move = (x, y) => { view.x += x * width / view.zoom; view.y += y * height / view.zoom; show(); };

  // A unit's figures under the map; the one chosen stays, with a way to its row in the table.
  const say = (shape) => {
    picked.replaceChildren();
    if (!shape) { picked.textContent = picked.dataset.words; return; }
    const [name, ...figures] = shape.querySelector("title").textContent.split("\n");
    const strong = document.createElement("b");
    strong.textContent = name;
    picked.append(strong, ` · ${figures.join(" · ")}`);
    if (shape === chosen && shape.dataset.beside) picked.append(beside(shape));
  };
  // The units that the chosen one borders on: a button each, which chooses that unit.
  const beside = (shape) => {
    const list = document.createElement("span");
    list.className = "beside";
    list.append(`${picked.dataset.beside} `);
    shape.dataset.beside.split(" ").forEach((row) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = called.get(row);
      button.addEventListener("click", () => { goTo(shapes.get(row)); picked.focus({ preventScroll: true }); });
      list.append(button);
    });
    return list;
  };
  const choose = (shape) => {
    figure.querySelectorAll(".unit.chosen").forEach((other) => other.classList.remove("chosen"));
    chosen = shape;
    if (shape) {
      shape.classList.add("chosen");
      if (map.contains(shape)) map.insertBefore(shape, labels[0] || null); // its outline over its neighbours'
    }
    say(shape);
  };
  const goTo = (shape) => {
    choose(shape);
    if (!map.contains(shape)) return;
    const box = shape.getBBox();
    const zoom = Math.min(MOST, 8, Math.max(1, 0.35 * Math.min(width / (box.width || 1), height / (box.height || 1))));
    view = { zoom, x: box.x + box.width / 2 - width / zoom / 2, y: box.y + box.height / 2 - height / zoom / 2 };
    show();
  };
  figure.addEventListener("pointerover", (event) => { if (event.target.classList.contains("unit")) say(event.target); });
  figure.addEventListener("pointerout", (event) => { if (event.target.classList.contains("unit")) say(chosen); });

  // Dragging, two fingers, the wheel with Ctrl (without it the page scrolls), buttons, keys.
  const held = new Map();
  let moved = false, apart = 0;
  const at = (event) => {
    const box = map.getBoundingClientRect(), scale = width / view.zoom / box.width;
    return [view.x + (event.clientX - box.left) * scale, view.y + (event.clientY - box.top) * scale];
  };
  map.addEventListener("pointerdown", (event) => { held.set(event.pointerId, event); moved = false; apart = 0; });
  map.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    if (held.size === 2) {
      held.set(event.pointerId, event);
      const [a, b] = held.values();
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (apart) zoomTo(view.zoom * now / apart, ...at({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 }));
      apart = now;
      moved = true;
      return;
    }
    const x = event.clientX - before.clientX, y = event.clientY - before.clientY;
    if (view.zoom === 1 || (!moved && Math.hypot(x, y) < 4)) return;
    if (!moved) map.setPointerCapture(event.pointerId);
    moved = true;
    held.set(event.pointerId, event);
    move(-x / map.clientWidth, -y / map.clientHeight);
  });
  const letGo = (event) => { held.delete(event.pointerId); apart = 0; };
  ["pointerup", "pointercancel", "pointerleave"].forEach((name) => map.addEventListener(name, letGo));
  figure.addEventListener("click", (event) => {
    if (moved) { moved = false; return; }
    if (event.target.classList.contains("unit")) choose(event.target);
    else if (event.target === map) choose(null);
  });
  map.addEventListener("dblclick", (event) => zoomTo(view.zoom * 2, ...at(event)));
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomTo(view.zoom * Math.exp(-event.deltaY / 300), ...at(event));
  }, { passive: false });
  const does = {
    in: () => zoomTo(view.zoom * 1.6, ...middle()), out: () => zoomTo(view.zoom / 1.6, ...middle()), all: whole,
    left: () => move(-0.15, 0), right: () => move(0.15, 0), up: () => move(0, -0.15), down: () => move(0, 0.15),
  };
  const keys = { "+": "in", "=": "in", "-": "out", "0": "all", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
  map.addEventListener("keydown", (event) => {
    const wanted = !event.ctrlKey && !event.altKey && !event.metaKey && keys[event.key];
    if (!wanted || (view.zoom === 1 && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    does[wanted]();
  });
  figure.querySelectorAll("button[data-zoom]").forEach((button) => button.addEventListener("click", does[button.dataset.zoom]));

  // Finding: a name as it is offered, or on Enter the first whose name or code holds what is typed.
  const find = document.getElementById("find");
  const names = rows.map((row) => plain(row.dataset.name));
  const shapeOf = (place) => shapes.get(rows[place].dataset.row);
  const seek = (enter) => {
    const wanted = plain(find.value.trim());
    if (!wanted) { if (enter) { choose(null); whole(); } return; }
    const offered = rows.findIndex((row) => plain(row.dataset.called) === wanted);
    const place = offered >= 0 || !enter ? offered : names.findIndex((name, number) => name.includes(wanted) && shapeOf(number));
    if (place >= 0 && shapeOf(place)) goTo(shapeOf(place));
    else if (enter) picked.textContent = picked.dataset.nothing;
  };
  find.addEventListener("input", () => seek(false));
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); seek(true); } });

  // What the table's filters leave out is faint on the map.
  document.addEventListener("filtered", () => rows.forEach((row) => {
    const shape = shapes.get(row.dataset.row);
    if (shape) shape.classList.toggle("faint", row.hidden);
  }));
  new ResizeObserver(show).observe(map);
  show();
})();
