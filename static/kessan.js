// What the pages can do beyond what they do without a script: copy a table, show a note beside its mark, say that there is more
// of a table and what unit it is in, and pass it with one press of Tab.

const status = document.getElementById('_status');

// Copying: every table as its rows of tab-separated texts.

function text(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll('[role="doc-noteref"]').forEach((part) => part.remove());
  copy.querySelectorAll('br').forEach((line) => line.replaceWith(' '));
  const plain = copy.textContent.replace(/\s+/g, ' ').trim();
  // Words are text, whatever they begin with: a spreadsheet would take them for a formula.
  return cell.matches('th, .text') && /^[=+@-]/.test(plain) ? `'${plain}` : plain;
}

function grid(table) {
  const rows = Array.from(table.rows, () => []);
  Array.from(table.rows).forEach((row, top) => {
    let left = 0;
    for (const cell of row.cells) {
      while (rows[top][left] !== undefined) left += 1;
      for (let down = 0; down < cell.rowSpan; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) rows[top + down][left + right] = '';
      }
      rows[top][left] = text(cell);
    }
  });
  return rows.map((row) => row.join('\t')).join('\n');
}

// Where there is no clipboard to write to (a page that is not served securely), the browser's own command copies.
async function write(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const area = document.createElement('textarea');
  area.value = words;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('not copied');
}

let silence = 0;

async function copy(button, name) {
  let said = status.dataset.copied;
  try {
    await write(grid(button.closest('.table').querySelector('table')));
  } catch {
    said = status.dataset.failed;
  }
  status.textContent = said;
  button.textContent = said;
  clearTimeout(silence);
  silence = setTimeout(() => { status.textContent = ''; }, 2500);
  setTimeout(() => { button.textContent = name; }, 2500);
}

for (const button of document.querySelectorAll('.copy')) {
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener('click', () => copy(button, name));
}

// Notes: a mark shows its note beside itself; the link to the note stays for every other way to follow it.

const notes = document.querySelector('.notes');

function close(label, pop) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '×';
  button.ariaLabel = label;
  button.addEventListener('click', () => pop.hidePopover());
  return button;
}

function fill(pop, note) {
  const { note: name, close: end } = notes.dataset;
  const words = document.createElement('div');
  words.append(...Array.from(note.childNodes, (node) => node.cloneNode(true)));
  words.querySelectorAll('[role="doc-backlink"]').forEach((link) => link.remove());
  words.querySelectorAll('[id]').forEach((part) => part.removeAttribute('id'));
  const title = document.createElement('p');
  title.className = 'name';
  title.textContent = `${name} ${note.value}`;
  pop.ariaLabel = title.textContent;
  pop.replaceChildren(close(end, pop), title, words);
}

function place(pop, mark) {
  const [at, size, gap] = [mark.getBoundingClientRect(), pop.getBoundingClientRect(), 8];
  const below = at.bottom + gap + size.height < innerHeight;
  const left = Math.min(at.left, document.documentElement.clientWidth - size.width - gap);
  pop.style.top = `${Math.max(gap, below ? at.bottom + gap : at.top - gap - size.height)}px`;
  pop.style.left = `${Math.max(gap, left)}px`;
}

function show(pop, mark) {
  const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  if (!note) return false;
  fill(pop, note);
  pop.showPopover();
  place(pop, mark);
  pop.focus({ preventScroll: true });
  return true;
}

if (notes && 'popover' in HTMLElement.prototype) {
  const pop = document.createElement('div');
  Object.assign(pop, { className: 'pop', popover: 'auto', role: 'dialog', tabIndex: -1 });
  document.body.append(pop);
  const leave = (event) => pop.matches(':popover-open') && !pop.contains(event.target) && pop.hidePopover();
  addEventListener('scroll', leave, { capture: true, passive: true });
  document.addEventListener('click', (event) => {
    const mark = event.target.closest('[role="doc-noteref"]');
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (mark && plain && show(pop, mark)) event.preventDefault();
  });
}

// Shades: whether there is more of a table at its right.

const hints = (scroll) => scroll.classList.toggle('more', scroll.scrollWidth - scroll.clientWidth - scroll.scrollLeft > 8);
const resized = new ResizeObserver((entries) => entries.forEach(({ target }) => hints(target)));
for (const scroll of document.querySelectorAll('.scroll')) {
  resized.observe(scroll);
  scroll.addEventListener('scroll', () => hints(scroll), { passive: true });
}

// Units: where the line that says them is out of sight, the head of the table says them, if it has room.

const units = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  const corner = target.closest('table').querySelector('thead td.label');
  if (corner && isIntersecting) delete corner.dataset.unit;
  else if (corner) corner.dataset.unit = target.innerText.trim().split('\n').at(-1);
}));
document.querySelectorAll('caption .unit').forEach((unit) => units.observe(unit));

// Rows: one of a table's labels is reached by Tab, the others from it by the arrows.

for (const body of document.querySelectorAll('.table tbody')) {
  const rows = Array.from(body.querySelectorAll('th > a[href^="#"]:first-child:not([role])'));
  const reach = (chosen) => rows.forEach((row) => { row.tabIndex = row === chosen ? 0 : -1; });
  reach(rows[0]);
  body.addEventListener('focusin', (event) => rows.includes(event.target) && reach(event.target));
  body.addEventListener('keydown', (event) => {
    const here = rows.indexOf(event.target);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (here < 0 || !rows[to]) return;
    event.preventDefault();
    rows[to].focus();
  });
}
