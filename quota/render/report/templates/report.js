"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  const table = document.getElementById("table");
  const units = Array.from(table.tBodies);
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  // Sorting: a heading is a button; numbers from the greatest first, text from A, unknown always last.
  const headings = Array.from(table.tHead.rows[0].cells);
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.textContent = "";
    heading.append(button);
    heading.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const numeric = heading.dataset.numeric === "1";
      const now = heading.getAttribute("aria-sort");
      const way = now === "none" ? (numeric ? "descending" : "ascending") : now === "ascending" ? "descending" : "ascending";
      headings.forEach((other) => other.setAttribute("aria-sort", "none"));
      heading.setAttribute("aria-sort", way);
      const sign = way === "ascending" ? 1 : -1;
      const value = (unit) => unit.rows[0].cells[column].dataset.value;
      units.sort((one, other) => {
        const a = value(one), b = value(other);
        if (a === "" || b === "") return (a === "") - (b === "");
        return sign * (numeric ? Number(a) - Number(b) : a.localeCompare(b, "vi"));
      });
      table.append(...units);
    });
  });

  // On paper headings are repeated on every page, which buttons are not.
  const buttons = headings.map((heading) => heading.firstElementChild);
  window.addEventListener("beforeprint", () => headings.forEach((heading, column) => heading.replaceChildren(buttons[column].textContent)));
  window.addEventListener("afterprint", () => headings.forEach((heading, column) => heading.replaceChildren(buttons[column])));

  // Each unit's working, on click of its name.
  units.forEach((unit, place) => {
    const name = unit.querySelector(".name");
    const working = unit.querySelector("tr.working");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name.textContent;
    working.id = `working-${place}`;
    button.setAttribute("aria-controls", working.id);
    button.setAttribute("aria-expanded", "false");
    name.replaceWith(button);
    button.addEventListener("click", () => {
      const open = working.classList.toggle("open");
      working.querySelector("details").open = open;
      button.setAttribute("aria-expanded", String(open));
    });
  });

  // Filters: by part of a name or code (accents do not matter), type, status.
  const search = document.getElementById("search");
  const selects = ["type", "status"].map((id) => document.getElementById(id)).filter(Boolean);
  const shown = document.getElementById("shown");
  const filter = () => {
    const wanted = plain(search.value.trim());
    let count = 0;
    units.forEach((unit) => {
      const fits = plain(unit.dataset.name).includes(wanted) && selects.every((select) => !select.value || unit.dataset[select.id] === select.value);
      unit.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = shown.dataset.words.replace("#", String(count));
    document.dispatchEvent(new Event("filtered"));
  };
  search.addEventListener("input", filter);
  selects.forEach((select) => select.addEventListener("change", filter));
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());

  // Columns out of sight are said to be there.
  const scroll = document.querySelector(".scroll");
  const hint = () => document.getElementById("hint").classList.toggle("more", scroll.scrollWidth > scroll.clientWidth + 1);
  new ResizeObserver(hint).observe(scroll);

  // The pictures: drawn already; here they fit the width and answer the pointer.
  document.querySelectorAll(".chart").forEach((place) => {
    const spec = JSON.parse(document.getElementById(place.id.replace("chart-", "spec-")).textContent);
    const live = document.createElement("div");
    live.style.width = "100%";
    const drawn = place.innerHTML;
    place.replaceChildren(live);
    window.vegaEmbed(live, spec, { actions: false, renderer: "svg", ast: true }).then(
      () => place.classList.add("live"),
      (error) => { place.innerHTML = drawn; console.error(error); },
    );
  });
})();
