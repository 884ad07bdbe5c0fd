// Looks at every page of built sites in Chromium, in three widths, light and dark, and holds them to checks/.
//
//   node tests/browser/pages.mjs [--screenshots DIR] [--only CHECK]... [--kinds] SITE...
//
// SITE is an output folder of kessan; with --kinds, one page of each kind and language is looked at. Prints what was looked at, in figures, and every finding; exit code 1 if there is one.
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
let found = 0;
for (const folder of folders) found += await site(folder);
await browser.close();
process.exitCode = found ? 1 : 0;

async function site(folder) {
  const server = await serve(folder);
  const figures = [];
  const there = await pages(folder);
  const all = views(kinds ? oneOfEachKind(there) : there);
  if (!all.length) throw new Error(`${folder} has no pages`);
  const results = await pool(AT_ONCE, all.map((view) => async () => {
    const picture = screenshots && ((page) => photograph(page, view));
    return look({ browser, folder, origin: server.origin, figures }, view, checks, picture);
  }));
  await server.close();
  results.forEach((findings, at) => findings.forEach(({ check, text }) => {
    const { path, width, scheme } = all[at];
    console.log(`error: ${path} (${width} px, ${scheme}): ${check}: ${text}`);
  }));
  const looked = checks.map((check) => `${check.name} ${all.filter((view) => check.when(view)).length}`);
  console.log(`${folder}: ${all.length} views of ${all.length / views([{}]).length} pages: ${looked.join(', ')}; ${heaviest(figures)}`);
  return results.flat().length;
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
