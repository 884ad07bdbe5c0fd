// The preview's script: shows every finding over the places it speaks of, and loads the page again when it has changed.
// The names that it finds and makes are listed in panel.html.
(() => {
  "use strict";

  const panel = document.getElementById("kessan-panel");
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

  // The script for figures finds places in the same way.
  window.kessanPreview = { isHere, element };

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

  const findings = [...panel.querySelectorAll(".kessan-finding")];
  const here = findings.filter(mark);
  if (here.length <= FEW) {
    document.querySelectorAll(".kessan-note details").forEach((excerpt) => { excerpt.open = true; });
  }
  // The note that was asked for was not there yet when the page was.
  if (location.hash.startsWith("#kessan-at-")) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
  }

  // The panel stays as the reader left it, unless it alone has something to say.

  const KEPT = "kessan-panel";
  const fold = panel.querySelector("details");
  const homeless = findings.some((finding) => finding.dataset.targets === "[]");
  fold.open ||= homeless || sessionStorage.getItem(KEPT) === "open";
  fold.querySelector("summary").addEventListener("click", () => {
    sessionStorage.setItem(KEPT, fold.open ? "closed" : "open");
  });

  // Word of changes. Hidden pages do not listen: a browser has few connections to one server.

  const { of, edition } = panel.dataset;
  const away = panel.querySelector(".kessan-away");
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
    source = new EventSource(`/_preview/events?of=${of}&edition=${edition}`);
    source.addEventListener("change", () => {
      stop();
      document.dispatchEvent(new Event("kessan-reload"));
      location.reload();
    });
    source.addEventListener("open", () => { away.hidden = true; });
    source.addEventListener("error", () => {
      away.hidden = false;
      // A server that answers with anything but a stream is not asked again by the browser itself.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(listen, 1000);
    });
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
})();
