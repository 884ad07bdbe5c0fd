// The preview's script for figures: a click or Enter on a figure opens a panel that explains it, and figures that nothing guards
// are marked on request. The names that it finds are listed in figure.html; it makes #kessan-figure, the panel, and
// #kessan-unguarded, the checkbox.
window.kessanPreview?.eachShown((signal) => {
  "use strict";

  const panel = document.getElementById("kessan-panel");
  const preview = window.kessanPreview;
  if (!panel.dataset.of) return;
  const { of, edition } = panel.dataset;
  const isInPane = window.top !== window;

  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  // Which figure an element shows: text has its name, the cell of a table has its row and column.

  const cellOf = (element) => {
    const cell = element.closest("td");
    const row = cell?.closest("tr");
    const table = row?.closest("table");
    if (!table?.id || !row.id.startsWith(`${table.id}.`)) return undefined;
    return `${table.id}/${row.id.slice(table.id.length + 1)}/${[...row.cells].indexOf(cell)}`;
  };
  const nameOf = (element) => element.dataset.figure ?? cellOf(element);

  const figures = [...document.querySelectorAll("data")].filter(nameOf);
  const all = new Set(figures);
  const figureAt = (node) => {
    const found = node instanceof Element ? node.closest("data") : null;
    return all.has(found) ? found : null;
  };

  // One figure at a time can be reached by Tab; the arrow keys lead to the others.

  const HELP = "kessan-help";
  const UNGUARDED_HELP = "kessan-help-unguarded";
  const help = (id, text) => make("p", { id, hidden: true, textContent: text });
  let current = null;

  const describe = (figure) => {
    const isUnguarded = figure.classList.contains("kessan-unguarded");
    figure.setAttribute("aria-describedby", isUnguarded ? UNGUARDED_HELP : HELP);
  };

  const enter = (figure) => {
    if (current) {
      current.tabIndex = -1;
      ["role", "aria-haspopup", "aria-describedby"].forEach((name) => current.removeAttribute(name));
    }
    current = figure;
    figure.tabIndex = 0;
    // A button may not have a link in it, nor be in one.
    if (!figure.closest("a") && !figure.querySelector("a")) {
      figure.setAttribute("role", "button");
      figure.setAttribute("aria-haspopup", "dialog");
      describe(figure);
    }
  };

  const focus = (figure) => {
    enter(figure);
    figure.focus();
  };

  const isVisible = (figure) => figure.checkVisibility?.() ?? true;

  /** The next figure in the order of the page, or the one before. */
  const beside = (figure, step) => {
    let at = figures.indexOf(figure) + step;
    while (figures[at] && !isVisible(figures[at])) at += step;
    return figures[at];
  };

  /** The figure of the same column in the next row that has one, or in a row before. */
  const below = (figure, step) => {
    const cell = figure.closest("td");
    const rows = [...(cell?.closest("table").rows ?? [])];
    for (let at = rows.indexOf(cell?.parentElement) + step; cell && rows[at]; at += step) {
      const found = rows[at].cells[cell.cellIndex]?.querySelector("data");
      if (all.has(found)) return found;
    }
    return beside(figure, step);
  };

  const MOVES = {
    ArrowRight: (figure) => beside(figure, 1),
    ArrowLeft: (figure) => beside(figure, -1),
    ArrowDown: (figure) => below(figure, 1),
    ArrowUp: (figure) => below(figure, -1),
    Home: () => figures.find(isVisible),
    End: () => figures.findLast(isVisible),
  };

  // The panel of a figure.

  const content = make("div", { className: "kessan-content" });
  const back = make("button", { type: "button", className: "kessan-back", textContent: "Back", hidden: true });
  const shut = make("button", { type: "button", className: "kessan-close", textContent: "Close" });
  const box = make("section", { id: "kessan-figure", className: "kessan", hidden: true, lang: "en", tabIndex: -1 },
    make("div", { className: "kessan-bar" }, back, shut), content);
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", "kessan-figure-name");
  panel.after(box, make("div", { className: "kessan" },
    help(HELP, "Enter explains the figure; the arrow keys lead to other figures."),
    help(UNGUARDED_HELP, "Nothing guards this figure. Enter explains it; the arrow keys lead to other figures.")));

  let opener = null;
  /** The figures explained in this panel so far, the one shown last. */
  let trail = [];
  let asked = 0;

  const refusal = (text) => [
    make("h2", { id: "kessan-figure-name", textContent: "No explanation" }),
    make("p", { className: "kessan-refusal", textContent: text }),
  ];

  const ask = async (path) => {
    try {
      return await fetch(path);
    } catch {
      return null;
    }
  };

  /** Whether a place is a page, without a part of it. */
  const isWhole = (target) => !target.id && !target.text;

  /** Links to places on this page need no other page; the place that the panel was opened at is told from the others. */
  const settle = (link) => {
    const target = JSON.parse(link.dataset.target);
    const place = preview.isHere(target) && !isWhole(target) ? preview.element(target) : null;
    if (!place && isInPane) link.target = "_top";
    const isOwn = place && (place === opener?.closest("td") || (!target.id && place.contains(opener)));
    if (isOwn) {
      link.setAttribute("aria-current", "true");
    }
  };

  /** Keeps the panel off the figure: on the other side where there are sides, below it where there are none. */
  const place = () => {
    const at = opener?.getBoundingClientRect();
    box.classList.toggle("kessan-left", Boolean(at) && at.left + at.width / 2 > innerWidth / 2);
    const own = box.getBoundingClientRect();
    const covers = at && at.bottom > own.top && at.top < own.bottom && at.right > own.left && at.left < own.right;
    if (covers) opener.scrollIntoView({ block: "start" });
  };

  const show = async (name, takesFocus) => {
    const number = ++asked;
    const path = name.split("/").map(encodeURIComponent).join("/");
    const reply = await ask(`/_preview/figure/${of}/${edition}/${path}`);
    const text = await reply?.text();
    if (number !== asked) return;
    const isPanel = reply?.headers.get("Content-Type")?.startsWith("text/html");
    if (isPanel) {
      content.innerHTML = text;
    } else {
      content.replaceChildren(...refusal(reply ? text : "kessan serve does not answer."));
    }
    content.querySelectorAll(".kessan-shown").forEach(settle);
    content.scrollTop = 0;
    back.hidden = trail.length < 2;
    box.hidden = false;
    place();
    if (takesFocus) box.focus({ preventScroll: true });
  };

  const open = (figure, takesFocus = true) => {
    opener?.classList.remove("kessan-asked");
    opener = figure;
    opener.classList.add("kessan-asked");
    enter(figure);
    trail = [nameOf(figure)];
    return show(trail[0], takesFocus);
  };

  const close = () => {
    asked++;
    box.hidden = true;
    opener?.classList.remove("kessan-asked");
    if (opener) focus(opener);
  };

  back.addEventListener("click", () => {
    trail.pop();
    show(trail.at(-1), true);
  });
  shut.addEventListener("click", close);

  // Links lead to the figure where it is shown: on this page at once, on another as soon as that is there.

  const LED = "kessan-led";

  const lead = ({ target, name, path }) => {
    if (!preview.isHere(target) || (isWhole(target) && !location.pathname.endsWith(path))) return false;
    let found = isWhole(target) ? document.querySelector("main") : preview.element(target);
    const folded = found?.matches("details, figure") ? found.closest("details") ?? found.querySelector("details") : null;
    if (folded && !folded.open) {
      folded.open = true;
      found = preview.element(target);
    }
    if (!found) return false;
    const inside = [...found.querySelectorAll("data")].filter((figure) => all.has(figure));
    const figure = inside.find((figure) => figure.dataset.figure === name) ?? (isWhole(target) ? null : inside[0]);
    (figure ?? found).scrollIntoView({ block: "center" });
    if (figure) {
      opener?.classList.remove("kessan-asked");
      opener = figure;
      figure.classList.add("kessan-asked");
      enter(figure);
      figure.focus({ preventScroll: true });
      if (!box.hidden) place();
    }
    return true;
  };

  content.addEventListener("click", (event) => {
    const input = event.target.closest(".kessan-input");
    if (input) {
      trail.push(input.dataset.figure);
      show(input.dataset.figure, true);
    }
    const link = event.target.closest(".kessan-shown");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const name = content.querySelector("h2").textContent;
    const place = { target: JSON.parse(link.dataset.target), name, path: new URL(link.href).pathname };
    if (lead(place)) {
      event.preventDefault();
    } else {
      sessionStorage.setItem(LED, JSON.stringify(place));
      // Going to a fragment would take the focus from the figure.
      link.href = place.path;
    }
  });

  document.addEventListener("click", (event) => {
    const figure = figureAt(event.target);
    const link = event.target.closest("a");
    // A note's mark in a figure leads to its note, and text that was just selected is to be copied.
    if (!figure || (link && figure.contains(link)) || !getSelection().isCollapsed) return;
    event.preventDefault();
    open(figure);
  }, { signal });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      close();
    }
    if (!all.has(event.target)) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(event.target);
    }
    const next = MOVES[event.key]?.(event.target);
    if (next) {
      event.preventDefault();
      focus(next);
    }
  }, { signal });

  // Figures that nothing guards.

  const KEPT = "kessan-unguarded";
  const choice = make("input", { type: "checkbox", id: "kessan-unguarded" });
  const told = make("span", { className: "kessan-told" });
  told.setAttribute("role", "status");
  if (figures.length) {
    panel.querySelector(".kessan-body").prepend(
      make("p", { className: "kessan-choice" }, make("label", {}, choice, " Mark figures that nothing guards"), told));
  }

  const mark = async () => {
    const isOn = localStorage.getItem(KEPT) === "on";
    choice.checked = isOn;
    const reply = isOn ? await ask(`/_preview/unguarded/${of}/${edition}`) : null;
    const names = new Set(reply?.ok ? await reply.json() : []);
    if (isOn !== (localStorage.getItem(KEPT) === "on")) return;
    for (const figure of figures) figure.classList.toggle("kessan-unguarded", names.has(nameOf(figure)));
    if (current?.hasAttribute("role")) describe(current);
    const marked = figures.filter((figure) => figure.classList.contains("kessan-unguarded")).length;
    const failed = isOn && !reply?.ok ? "cannot be told at present" : `${marked || "none"} of ${figures.length} on this page`;
    told.textContent = isOn ? `: ${failed}` : "";
  };

  choice.addEventListener("change", () => {
    localStorage.setItem(KEPT, choice.checked ? "on" : "off");
    mark();
  });
  addEventListener("storage", (event) => { if (event.key === KEPT) mark(); }, { signal });

  // A page that has changed goes on where it was.

  const AGAIN = "kessan-again";
  document.addEventListener("kessan-reload", () => {
    if (!box.hidden && opener) sessionStorage.setItem(AGAIN, JSON.stringify([location.pathname, nameOf(opener)]));
  }, { signal });
  const take = (key) => {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    sessionStorage.removeItem(key);
    return kept;
  };

  for (const figure of figures) {
    figure.classList.add("kessan-explicable");
    figure.tabIndex = -1;
  }
  signal.addEventListener("abort", () => {
    for (const figure of figures) {
      figure.classList.remove("kessan-explicable", "kessan-unguarded", "kessan-asked");
      ["tabindex", "role", "aria-haspopup", "aria-describedby"].forEach((name) => figure.removeAttribute(name));
    }
  });
  const first = figureAt(document.activeElement) ?? figures.find(isVisible);
  if (first) enter(first);
  mark();
  const led = take(LED);
  if (led) lead(led);
  const [path, name] = take(AGAIN) ?? [];
  const same = path === location.pathname ? figures.find((figure) => nameOf(figure) === name) : null;
  if (same) open(same, false);
});
