// What is copied is what is printed: the button of a table gives its rows as tab-separated texts, head included; and a table
// that is selected by hand gives no word that is only spoken.
// There is one clipboard, and pages are looked at several at a time.
let turn = Promise.resolve();

export default {
  name: 'copied',
  fresh: true,
  when: ({ scheme, width, role }) => scheme === 'light' && width === 1280 && ['landing', 'section', 'full'].includes(role),
  look(view) {
    turn = turn.then(() => copy(view), () => copy(view));
    return turn;
  },
  plants: [
    { what: 'no buttons', css: '.copy { display: none !important }' },
    { what: 'a word that is copied with the number', html: (text) => text.replaceAll(/ data-spoken="([^"]*)">/g, ' data-spoken="$1">$1 ') },
    { what: 'a cell that is copied otherwise', script: '{ const write = navigator.clipboard.writeText.bind(navigator.clipboard); navigator.clipboard.writeText = (text) => write(text.replace("\\t", " ")); }' },
    { what: 'a silent copy', script: 'document.querySelectorAll("[role=status]").forEach((status) => status.remove())' },
  ],
};

async function copy({ page, context, origin }) {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.evaluate(() => document.querySelectorAll('details').forEach((folded) => { folded.open = true; }));
  const findings = [];
  for (const table of await page.locator('main table[id]').all()) {
    const { id, rows, spoken } = await table.evaluate(read);
    const button = table.locator('xpath=ancestor::div[contains(@class, "table")]//button[contains(@class, "copy")]');
    if (!await button.count() || !await button.first().isVisible()) {
      findings.push(`${id}: no button to copy it`);
      continue;
    }
    const pressed = await button.first().click({ timeout: 2000 }).then(() => true, () => false);
    if (!pressed) {
      findings.push(`${id}: its button lies under something`);
      continue;
    }
    const status = page.locator('[role="status"]');
    await status.filter({ hasText: /\S/ }).waitFor({ timeout: 2000 }).catch(() => findings.push(`${id}: nothing says that it is copied`));
    const copied = (await clipboard(page)).split('\n');
    if (copied.length !== rows.length) findings.push(`${id}: ${copied.length} rows are copied, it has ${rows.length}`);
    const wrong = rows.findIndex((row, at) => row !== copied[at]);
    if (wrong >= 0) findings.push(`${id}: copied is ${JSON.stringify(copied[wrong])}, it has ${JSON.stringify(rows[wrong])}`);
    await table.evaluate((table) => getSelection().selectAllChildren(table));
    await page.keyboard.press('Control+c');
    const selected = await clipboard(page);
    const heard = spoken.find((word) => selected.includes(word));
    if (heard) findings.push(`${id}: selected and copied, it says "${heard}"`);
    if (!selected.includes(rows.at(-1).split('\t').at(-1))) findings.push(`${id}: selected and copied, it lacks its last cell`);
  }
  return findings.slice(0, 10);
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

// The rows of a table as tab-separated texts, a cell that spans others followed by empty ones.
function read(table) {
  const plain = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll('[role="doc-noteref"]').forEach((part) => part.remove());
    copy.querySelectorAll('br').forEach((line) => line.replaceWith(' '));
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  const below = [];
  const rows = [...table.rows].map((row) => {
    const line = [];
    const skip = () => { while (below[line.length] > 0) { below[line.length] -= 1; line.push(''); } };
    for (const cell of row.cells) {
      skip();
      for (let at = 0; at < cell.colSpan; at++) {
        below[line.length] = cell.rowSpan - 1;
        line.push(at ? '' : plain(cell));
      }
    }
    skip();
    return line.join('\t');
  });
  const spoken = [...table.querySelectorAll('[data-spoken]')].map((cell) => cell.dataset.spoken);
  return { id: table.id, rows, spoken: [...new Set(spoken)] };
}
