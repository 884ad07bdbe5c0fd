// Every row of a table has the address `#<table>.<row>`; whoever follows it sees the row, in the window and under nothing.
// A browser scrolls before it goes on with the script that follows an address. What scripts and observers do then takes two
// frames, which are waited for at the last row of each table, the one most likely to have its head over it.
export default {
  name: 'anchors',
  when: ({ scheme, role }) => scheme === 'light' && ['landing', 'section', 'full'].includes(role),
  look: ({ page, path }) => page.evaluate(async (path) => {
    const findings = [];
    const next = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const rows = [...document.querySelectorAll('main table[id] > tbody > tr')];
    const last = new Set([...document.querySelectorAll('main table[id]')].map((table) => [...table.querySelectorAll(':scope > tbody > tr')].at(-1)));
    for (const row of rows) {
      const table = row.closest('table').id;
      if (!row.id.startsWith(`${table}.`)) {
        findings.push(`a row of ${table} has the id "${row.id}"`);
        continue;
      }
      location.hash = `#${row.id}`;
      if (last.has(row)) await next();
      const head = row.cells[0].getBoundingClientRect();
      const hit = document.elementFromPoint(head.left + Math.min(head.width / 2, 40), head.top + Math.min(head.height / 2, 40));
      if (!document.querySelector(':target') || row !== document.querySelector(':target')) findings.push(`#${row.id} is not the target`);
      else if (head.top < 0 || Math.min(head.bottom, head.top + 80) > innerHeight) findings.push(`#${row.id} is out of sight (${Math.round(head.top)} px)`);
      else if (!row.contains(hit)) findings.push(`#${row.id} is under ${hit?.outerHTML.slice(0, 60)}`);
    }
    const inside = [...document.querySelectorAll('a[href^="#"]')].map((link) => decodeURIComponent(link.hash.slice(1)));
    const missing = inside.filter((id) => !document.getElementById(id));
    findings.push(...missing.map((id) => `a link leads to #${id}, which ${path} does not have`));
    return findings.slice(0, 20);
  }, path),
  plants: [
    { what: 'a row without its id', on: 'section', html: (text) => text.replace(/<tr id="([^"]+)\.[^".]+"/, '<tr id="elsewhere"') },
    { what: 'a link to nothing', on: 'section', html: (text) => text.replace('</main>', '<a href="#nowhere">x</a></main>') },
    { what: 'a bar over the rows', on: 'section', css: 'html { scroll-padding-top: 0 !important } header.top { position: fixed; top: 0; width: 100%; height: 90px; z-index: 9; background: red }' },
  ],
};
