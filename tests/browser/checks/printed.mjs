// Printed from the browser, a page is a document: without navigation, every row of its tables whole on one sheet and in
// order, the head of a table repeated on each sheet that it goes over to, and nothing past the edge of the paper.
import { print } from '../rig/paper.mjs';

export default {
  name: 'printed',
  when: ({ scheme, width, role }) => scheme === 'light' && width === 1280 && role !== 'missing',
  async look({ page }) {
    const { tables, furniture } = await page.evaluate(read);
    const sheets = await print(page);
    const findings = sheets.flatMap(({ words, width }, at) => words.filter(({ right }) => right > width)
      .map(({ text }) => `"${text}" is past the edge of sheet ${at + 1}`));
    const whole = sheets.map(({ text }) => text).join('\n');
    findings.push(...furniture.filter((text) => line(text).test(whole)).map((text) => `navigation is printed: ${text}`));
    let [sheet, from] = [0, 0];
    for (const { id, loose, head, rows } of tables) {
      let begun = false;
      for (const row of rows) {
        const found = loose ? find(sheets, 'drawn', letters(row), sheet, from) : find(sheets, 'text', phrase(row), sheet, from);
        if (!found) {
          findings.push(`${id}: no sheet has the row ${row.join(' | ')}`);
          continue;
        }
        const turned = begun && found.sheet !== sheet;
        [{ sheet, end: from }, begun] = [found, true];
        if (!turned) continue;
        const lost = unrepeated(head, row, sheets[sheet]);
        if (lost.length) findings.push(`${id}: sheet ${sheet + 1} does not repeat "${lost.join(' ')}" of the head`);
      }
    }
    return findings.slice(0, 12);
  },
  plants: [
    { what: 'navigation on paper', css: '@media print { .contents { display: block !important } }' },
    { what: 'a head that is not repeated', on: 'full', css: '@media print { thead { display: table-row-group !important } }' },
    { what: 'rows that are cut', on: 'full', css: '@media print { tbody td { padding-bottom: 60mm !important; break-inside: auto !important } tr { break-inside: auto !important } tbody td:last-child { vertical-align: top !important } }' },
    { what: 'a table past the edge', css: '@media print { .table table { position: relative; left: 120mm } }' },
    { what: 'a column that is not printed', css: '@media print { tbody td:last-child { display: none } }' },
  ],
};

// The tables' heads and rows as texts, and the texts that only navigation has.
function read() {
  const text = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('sup, button, [role=tooltip], [popover], .spoken').forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  const shown = (element) => !element.closest('details:not([open])');
  const tables = [...document.querySelectorAll('main table')].filter(shown).map((table) => ({
    id: table.id || table.caption?.textContent || 'a table',
    loose: table.classList.contains('report'), // prose in cells, which breaks anywhere
    head: [...table.querySelectorAll('thead th')].flatMap((cell) => text(cell).split(' ')).filter(Boolean), // lines of cells side by side mix
    rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.cells].map(text).filter(Boolean)).filter((row) => row.length),
  }));
  const content = [...document.querySelectorAll('main > :not(nav), header')].map(text).join(' ');
  const furniture = [...document.querySelectorAll('nav a, nav h2, .skip, button')].map(text).filter((words) => words && !content.includes(words));
  return { tables, furniture: [...new Set(furniture)] };
}

// The words of a head that are not on the sheet above this row.
function unrepeated(head, row, { words }) {
  const last = row.at(-1).split(' ').at(-1);
  const top = Math.min(...words.filter(({ text }) => text === last).map((word) => word.top));
  const above = words.filter((word) => word.top < top).map(({ text }) => text);
  return head.filter((word) => !above.includes(word));
}

// The words of some texts one after the other; a line may end after each, and after a hyphen or slash.
function phrase(texts) {
  const words = texts.flatMap((text) => text.split(' ')).filter(Boolean).map((word) => escape(word).replace(/([-/–—])(?=.)/g, '$1\\s*'));
  return new RegExp(`(?<!\\S)${words.join('(?:\\d|,|\\s)*?\\s+')}(?!\\S)`, 'g');
}

function letters(texts) {
  return new RegExp([...texts.join('').replaceAll(' ', '')].map(escape).join('\\s*'), 'g');
}

function line(text) {
  return new RegExp(`^${escape(text)}$`, 'm');
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// Where a phrase stands first, from a place on.
function find(sheets, order, wanted, sheet, from) {
  for (let at = sheet; at < sheets.length; at++) {
    wanted.lastIndex = at === sheet ? from : 0;
    if (wanted.exec(sheets[at][order])) return { sheet: at, end: wanted.lastIndex };
  }
  return null;
}
