// Shows that each check of a page can fail: plants its defects, one at a time, and asks for a finding of that very check.
//
//   node tests/browser/planted.mjs [--only CHECK]... SITE
//
// A defect is made in what the server sends; the site stays as it is.
import { parseArgs } from 'node:util';
import { chosen } from './checks/index.mjs';
import { start } from './rig/chromium.mjs';
import { pages } from './rig/pages.mjs';
import { pool } from './rig/pool.mjs';
import { serve } from './rig/server.mjs';
import { look, views } from './rig/views.mjs';

const { values: { only }, positionals: [folder] } = parseArgs({ allowPositionals: true, options: { only: { type: 'string', multiple: true } } });
const checks = await chosen(only);
const all = (await pages(folder)).flatMap(views);
const browser = await start();
const planted = checks.flatMap((check) => check.plants.map((plant) => ({ check, plant })));
const results = await pool(3, planted.map(({ check, plant }) => () => caught(check, plant)));
await browser.close();
const missed = results.filter((result) => result.startsWith('error'));
results.forEach((result) => console.log(result));
console.log(`${planted.length} defects planted, ${planted.length - missed.length} caught`);
process.exitCode = missed.length || !planted.length ? 1 : 0;

async function caught(check, plant) {
  const due = all.filter((view) => check.when(view) && ['scheme', 'width'].every((key) => view[key] === (plant[key] ?? view[key])));
  const role = plant.on ?? (due.some((view) => view.role === 'section') ? 'section' : due[0]?.role);
  const dark = ({ scheme }) => Number(scheme === 'dark');
  const [view] = due.filter((view) => view.role === role).sort((one, other) => dark(one) - dark(other) || other.size - one.size);
  if (!view) return `error: ${check.name}: no page to plant ${plant.what} in`;
  const defect = sown(plant);
  const server = await serve(folder, defect);
  const findings = await look({ browser, folder, origin: server.origin, figures: [], plant: defect }, [view], [check]);
  await server.close();
  const text = findings[0]?.text ?? '';
  if (!defect.count()) return `error: ${check.name}: ${plant.what} could not be planted in ${view.path}`;
  return text ? `${check.name}: ${plant.what}: ${text.slice(0, 110)}` : `error: ${check.name} does not see ${plant.what} (${view.path})`;
}

// How the server changes what it sends, and how often it did.
function sown({ html = (text) => text, css = '', script, files = {} }) {
  let count = 0;
  const rewrite = (file, bytes) => {
    let after = bytes;
    if (file.endsWith('.css') && css) after = Buffer.concat([Buffer.from(bytes), Buffer.from(css)]);
    if (file.endsWith('.html')) {
      const text = bytes.toString();
      after = html(text);
      if (script) after = after.replace('</body>', '<script src="planted.js"></script></body>');
      if (after === text) return bytes;
    }
    if (after !== bytes) count++;
    return after;
  };
  return { rewrite, extra: { ...files, ...(script ? { 'planted.js': script } : {}) }, count: () => count };
}
