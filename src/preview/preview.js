// The preview's script: shows every finding over the places it speaks of, and puts the page's next state in its place when it has
// changed. The names that it finds and makes are listed in panel.html.
(() => {
  "use strict";

  /** That of the state that is shown. */
  let panel = document.getElementById("kessan-panel");
  if (!panel) return;
  /** With more findings on a page than this, their excerpts are folded. */
  const FEW = 4;

  // Where a finding is to be seen.

  const NOTE_MARKS = "sup, [role=doc-noteref], [popover], [role=tooltip]";
  const letters = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "");
  const reads = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(NOTE_MARKS).forEach((mark) => mark.remove());
    return letters(copy.textContent);
  };

  /** The innermost element that reads like a text, note marks and everything but letters and digits apart. */
  const texts = new Map();
  const reading = (text) => {
    if (!texts.size) {
      for (const element of document.querySelectorAll("main :is(p, li, blockquote, dt, dd, h1, h2, h3, h4, h5, h6)")) {
        const key = reads(element);
        const known = texts.get(key);
        if (!known || known.contains(element)) texts.set(key, element);
      }
    }
    return texts.get(letters(text));
  };

  /** A finding may be about another language of the release, whose pages have elements of the same names. */
  const isHere = (target) => !panel.dataset.language || target.language === panel.dataset.language;

  const element = (target) => {
    const found = target.id ? document.getElementById(target.id) : reading(target.text);
    const cell = target.column === null ? null : found?.cells?.[target.column + 1];
    // What is folded away is marked where it is folded.
    const folded = found?.closest("details:not([open])");
    return folded ? folded.closest("figure") ?? folded : cell ?? found;
  };

  // The finding itself, once on the page, under the first of its places.

  const note = (finding, number) => {
    const made = document.createElement("div");
    made.id = `kessan-at-${number}`;
    made.className = `kessan kessan-note ${finding.classList.contains("kessan-error") ? "kessan-error" : "kessan-warning"}`;
    made.append(finding.querySelector(".kessan-card").cloneNode(true));
    return made;
  };

  const inRow = (row, made) => {
    const line = document.createElement("tr");
    line.className = "kessan kessan-row";
    const cell = line.insertCell();
    cell.colSpan = [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
    cell.append(made);
    return line;
  };

  /** The last of the findings that follow an element, or the element itself. */
  const end = (element) => {
    const next = element.nextElementSibling;
    return next?.classList.contains("kessan") ? end(next) : element;
  };

  const put = (target, made) => {
    const row = target.closest("tr");
    if (row) {
      end(row).after(inRow(row, made));
    } else if (target.matches("li")) {
      target.append(made);
    } else if (target.matches("table, figure")) {
      (target.closest(".table") ?? target).before(made);
    } else {
      end(target).after(made);
    }
  };

  const mark = (finding) => {
    const number = finding.id.replace("kessan-finding-", "");
    const level = finding.classList.contains("kessan-error") ? "kessan-error" : "kessan-warning";
    const targets = new Set(JSON.parse(finding.dataset.targets).filter(isHere).map(element).filter(Boolean));
    for (const target of targets) {
      target.classList.add("kessan-mark", level);
      target.dataset.kessan = [target.dataset.kessan, number].filter(Boolean).join(" ");
    }
    const [first] = targets;
    if (first) put(first, note(finding, number));
    return Boolean(first);
  };

  // The panel stays as the reader left it, unless it alone has something to say.

  const KEPT = "kessan-panel";
  const settle = (findings) => {
    const fold = panel.querySelector("details");
    const homeless = findings.some((finding) => finding.dataset.targets === "[]");
    fold.open ||= homeless || sessionStorage.getItem(KEPT) === "open";
    fold.querySelector("summary").addEventListener("click", () => {
      sessionStorage.setItem(KEPT, fold.open ? "closed" : "open");
    });
  };

  /** Takes what these scripts have put on the page off it. */
  const clear = () => {
    document.querySelectorAll(".kessan:not(#kessan-panel)").forEach((made) => made.remove());
    for (const marked of document.querySelectorAll(".kessan-mark")) {
      marked.classList.remove("kessan-mark", "kessan-error", "kessan-warning");
      delete marked.dataset.kessan;
    }
  };

  const show = () => {
    panel = document.getElementById("kessan-panel");
    texts.clear();
    const findings = [...panel.querySelectorAll(".kessan-finding")];
    const here = findings.filter(mark);
    if (here.length <= FEW) {
      document.querySelectorAll(".kessan-note details").forEach((excerpt) => { excerpt.open = true; });
    }
    settle(findings);
  };

  // The next state of the page is put in the place of this one, where only text is different: the page need not load its files
  // again, and stays where the reader has scrolled to.

  /** The page as it was written, and the element of the document for each of its. */
  const written = document.body.cloneNode(true);
  const live = new WeakMap();
  const pair = (own, node) => {
    live.set(own, node);
    const nodes = [...node.childNodes];
    own.childNodes.forEach((child, at) => pair(child, nodes[at]));
  };
  pair(written, document.body);
  written.querySelector("#kessan-panel").remove();

  /** What the page has loaded and may load. Its own script does not begin again, so nothing else may be one. */
  const loaded = (page) => {
    const { files } = page.getElementById("kessan-panel")?.dataset ?? {};
    const others = 'script:not([src^="/_preview/"], [src$="static/kessan.js"], [type="application/ld+json"])';
    if (!files || page.querySelector(others)) return null;
    const parts = page.querySelectorAll("meta[http-equiv], link[rel~=stylesheet], style");
    return [files, ...[page.documentElement, page.body].map((part) => part.cloneNode()), ...parts].map((part) => part.outerHTML ?? part).join();
  };

  /** What the script of the page has a hand on, which must stay. */
  const HELD = "table, thead, tbody, th, caption, button, [popover], .table, .scroll, .notes, [id=_status]";
  const isHeld = (node) => node instanceof Element && (node.matches(HELD) || node.querySelector(HELD));
  const isSame = (one, other) => Boolean(one?.isEqualNode(other));
  const isAlike = (one, other) =>
    isSame(one, other) || (one instanceof Element && other instanceof Element && isSame(one.cloneNode(), other.cloneNode()));

  /** Adds the steps from one state of an element to the next; false if it cannot be had by steps. */
  const addSteps = (own, next, steps) => {
    const [before, after, pairs] = [[...own.childNodes], [...next.childNodes], []];
    let following = null;
    for (const fits of [isSame, isAlike]) {
      while (fits(before[0], after[0])) pairs.push([before.shift(), after.shift()]);
      while (fits(before.at(-1), after.at(-1))) {
        following = before.pop();
        pairs.push([following, after.pop()]);
      }
    }
    if (!pairs.every(([node, other]) => isSame(node, other) || addSteps(node, other, steps))) return false;
    if ([...before, ...after].some(isHeld)) return false;
    steps.push(() => {
      for (const node of before) {
        live.get(node).remove();
        node.remove();
      }
      for (const node of after) {
        const made = live.get(own).insertBefore(document.importNode(node, true), live.get(following) ?? null);
        pair(own.insertBefore(node, following), made);
      }
    });
    return true;
  };

  // The script for figures finds places in the same way, and begins again with every state that is shown: what it did to one is
  // undone by its signal.

  const others = [];
  let shown = new AbortController();
  const eachShown = (begin) => {
    others.push(begin);
    begin(shown.signal);
  };
  window.kessanPreview = { isHere, element, eachShown };

  const renew = async (edition) => {
    if (edition === panel.dataset.edition) return;
    const reply = await fetch(location.pathname + location.search);
    const next = new DOMParser().parseFromString(await reply.text(), "text/html");
    document.dispatchEvent(new Event("kessan-reload"));
    const is = loaded(document);
    const [coming, steps] = [next.getElementById("kessan-panel"), []];
    const isOfThis = is && is === loaded(next) && coming.dataset.of === panel.dataset.of;
    coming?.remove();
    if (!isOfThis || !addSteps(written, next.body, steps)) return location.reload();
    shown.abort();
    shown = new AbortController();
    clear();
    steps.forEach((step) => step());
    document.title = next.title;
    panel.replaceWith(document.importNode(coming, true));
    show();
    others.forEach((begin) => begin(shown.signal));
    document.dispatchEvent(new Event("kessan-renewed"));
  };

  show();
  // The note that was asked for was not there yet when the page was.
  if (location.hash.startsWith("#kessan-at-")) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
  }

  // Word of changes. Hidden pages do not listen: a browser has few connections to one server.

  const tellAway = (isAway) => { panel.querySelector(".kessan-away").hidden = !isAway; };
  let renewed = Promise.resolve();
  let source = null;
  let again = 0;
  const stop = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const listen = () => {
    stop();
    if (document.hidden) return;
    const { of, edition } = panel.dataset;
    source = new EventSource(`/_preview/events?of=${of}&edition=${edition}`);
    // Where the server is away by now, it will tell of the change again.
    source.addEventListener("change", ({ data }) => { renewed = renewed.then(() => renew(data)).catch(() => {}); });
    source.addEventListener("open", () => tellAway(false));
    source.addEventListener("error", () => {
      tellAway(true);
      // A server that answers with anything but a stream is not asked again by the browser itself.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(listen, 1000);
    });
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
})();
