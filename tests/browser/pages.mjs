// Looks at every page of built sites in Chromium, in three widths, light and dark, and holds them to checks/.
//
//   node tests/browser/pages.mjs [--screenshots DIR] [--only CHECK]... [--kinds] SITE...
//
// SITE is an output folder of kessan; with --kinds, one page of each kind and language is looked at. Prints what was looked at,
// in figures, and every finding; exit code 1 if there is one.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chosen } from './checks/index.mjs';
import { start } from './rig/chromium.mjs';
import { oneOfEachKind, pages } from './rig/pages.mjs';
import { pool } from './rig/pool.mjs';
import { serve } from './rig/server.mjs';
import { look, views } from './rig/views.mjs';

const AT_ONCE = 3;

const { values: { screenshots, only, kinds }, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { screenshots: { type: 'string' }, only: { type: 'string', multiple: true }, kinds: { type: 'boolean' } },
});
const checks = await chosen(only);
if (!folders.length) throw new Error('usage: pages.mjs [--screenshots DIR] [--only CHECK]... [--kinds] SITE...');

const browser = await start();
console.log(`Chromium ${browser.version()}`);
const sites = await Promise.all(folders.map(open));
// The heaviest pages first, of all sites together, so that none is left over at the end to be looked at alone.
const tasks = sites.flatMap((site) => site.pages.map((page) => ({ site, page }))).sort((one, other) => other.page.size - one.page.size);
await pool(AT_ONCE, tasks.map(({ site, page }) => async () => {
  page.findings = await look({ browser, ...site }, views(page), checks, screenshots && photograph);
}));
await browser.close();
for (const site of sites) await site.close();
process.exitCode = sites.map(report).some(Boolean) ? 1 : 0;

async function open(folder) {
  const there = await pages(folder);
  if (!there.length) throw new Error(`${folder} has no pages`);
  return { ...await serve(folder), folder, figures: [], pages: kinds ? oneOfEachKind(there) : there };
}

// Says what was found in a site, page by page, and gives how much that is.
function report({ folder, figures, pages }) {
  const findings = pages.flatMap((page) => page.findings);
  findings.forEach(({ view: { path, width, scheme }, check, text }) => console.log(`error: ${path} (${width} px, ${scheme}): ${check}: ${text}`));
  const all = pages.flatMap(views);
  const looked = checks.map((check) => `${check.name} ${all.filter((view) => check.when(view)).length}`);
  console.log(`${folder}: ${all.length} views of ${pages.length} pages: ${looked.join(', ')}; ${heaviest(figures)}`);
  return findings.length;
}

function heaviest(figures) {
  const most = (role) => Math.max(0, ...figures.filter((one) => one.role === role).map((one) => one.bytes));
  return `heaviest section ${most('section')} bytes, full release ${most('full')}`;
}

async function photograph(page, { path, width, scheme }) {
  await mkdir(screenshots, { recursive: true });
  const name = `${path.replaceAll('/', '_').replace('.html', '')}-${width}-${scheme}.png`;
  await page.screenshot({ path: join(screenshots, name), fullPage: true });
}
