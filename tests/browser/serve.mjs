// Drives `kessan serve` as somebody who prepares a release does: a file is saved, and the page in the browser follows.
//
//   node tests/browser/serve.mjs KESSAN PROJECT
//
// PROJECT is copied; KESSAN is the program. Prints how long it took from saving a file to the page that shows it.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import accessible from './checks/accessible.mjs';
import { start } from './rig/chromium.mjs';
import { visit } from './rig/visit.mjs';

const PATIENCE = { timeout: 20_000, polling: 20 };
const PROMISED = 200; // milliseconds from a saved file to the page that shows it
const SAVES = 9;

const [program, project] = process.argv.slice(2).map((path) => resolve(path));
const root = await mkdtemp(join(tmpdir(), 'serve-'));
await cp(join(project, 'content'), join(root, 'content'), { recursive: true });
const release = 'iij-fy2009';
const [first] = (await readdir(join(root, 'content', release))).filter((file) => /^\d.*\.md$/.test(file)).sort();
const faults = [];
const expect = (holds, text) => { console.log(`${holds ? 'yes' : 'error: NO'}: ${text}`); if (!holds) faults.push(text); };

const served = spawn(program, ['serve', '--root', root, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
const ended = new Promise((done) => served.once('exit', (code, signal) => done(signal ?? code)));
const browser = await start();
try {
  const origin = await new Promise((done, failed) => {
    let said = '';
    served.stderr.on('data', (data) => { said += data; const at = /serving (http:\/\/127\.0\.0\.1:\d+)/.exec(said); if (at) done(at[1]); });
    ended.then(() => failed(new Error(`serve ended: ${said}`)));
  });
  await follows(origin);
  await tells(origin);
  await explains(origin);
  await marks(origin);
  await stops(origin);
} finally {
  served.kill('SIGKILL');
  await browser.close();
  await rm(root, { recursive: true });
}
process.exitCode = faults.length ? 1 : 0;

// A page whose next state was put in its place is the page that a reader sees who comes now.
async function isAsFresh(page, what) {
  const body = (page) => page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('[class=""]').forEach((element) => element.removeAttribute('class'));
    copy.querySelectorAll('#kessan-panel details').forEach((fold) => fold.removeAttribute('open'));
    return copy.outerHTML.replace(/>\s+</g, '>\n<');
  });
  const how = await page.evaluate(() => document.how);
  const fresh = await page.context().newPage();
  await fresh.setViewportSize(page.viewportSize());
  await fresh.goto(page.url());
  const [seen, expected] = [await body(page), await body(fresh)].map((text) => text.split('\n').sort());
  const other = expected.filter((line) => !seen.includes(line)).concat(seen.filter((line) => !expected.includes(line)));
  expect(how === 'renewed' && seen.length === expected.length && !other.length, `${what} is put in the place of what was there ${how} ${other.slice(0, 3)}`);
  await fresh.close();
}

// Notes when a page has been loaded, or its next state has been put in its place; in both cases it has been laid out.
async function noteShown(page) {
  await page.addInitScript(() => {
    const note = (how) => () => { document.body.getBoundingClientRect(); Object.assign(document, { shown: Date.now(), how }); };
    addEventListener('load', note('loaded'));
    document.addEventListener('kessan-renewed', note('renewed'));
  });
  await page.reload();
}

// What is saved is seen, soon.
async function follows(origin) {
  const { page, log, close } = await visit(browser, `${origin}/${release}/index.html`);
  await noteShown(page);
  const file = join(root, 'content', release, first);
  const text = await readFile(file, 'utf8');
  const took = [];
  for (let save = 0; save < SAVES; save++) {
    const words = `A sentence of edition ${'abcdefghi'[save]}.`;
    const saved = Date.now();
    await writeFile(file, `${text}\n\n${words}\n`);
    await page.waitForFunction((words) => document.shown && document.body.textContent.includes(words), words, PATIENCE);
    took.push(await page.evaluate(() => document.shown) - saved);
    await page.waitForTimeout(100 + 37 * save); // saves fall anywhere between two looks of the watcher
  }
  took.sort((one, other) => one - other);
  await isAsFresh(page, 'a sentence');
  console.log(`from saved file to the page that shows it: ${took.join(', ')} ms; median ${took[SAVES >> 1]} ms`);
  expect(took[0] < PROMISED, `${took[0]} ms, the fastest, is below ${PROMISED} (whatever else the machine does only adds)`);
  await writeFile(file, text);
  await page.waitForFunction(() => !document.body.innerText.includes('A sentence of edition'), null, PATIENCE);
  expect(!log.messages.length, `the console stays silent ${log.messages}`);
  await close();
}

// A broken number is told over its row, with file and line, in a way that everybody can read; and no more once it is mended.
async function tells(origin) {
  const url = `${origin}/${release}/income.html`;
  const seen = await visit(browser, url, { colorScheme: 'dark' });
  const { page, log, close } = seen;
  await noteShown(page);
  const file = join(root, 'content', release, 'statements', 'is.toml');
  const text = await readFile(file, 'utf8');
  const line = text.slice(0, text.indexOf('68_006_380')).split('\n').length;
  const place = `content/${release}/statements/is.toml:${line}`;
  await writeFile(file, text.replace('68_006_380', '68_006_830'));
  const noted = (place) => document.querySelector('.kessan-note')?.textContent.includes(place);
  const told = await page.waitForFunction(noted, place, PATIENCE).then(() => true, () => false);
  expect(told, `a finding names ${place}`);
  const row = page.locator('[id="income_fy.total_revenues"]');
  const note = page.locator('.kessan-note').first();
  expect((await row.innerText()).includes('68,006,830'), 'the page shows the number as it is written');
  const [above, below] = [await row.boundingBox(), await note.boundingBox()];
  expect(below.y >= above.y && below.y - (above.y + above.height) < 40, `the finding stands at its row (${Math.round(below.y - above.y - above.height)} px below)`);
  await isAsFresh(page, 'a number with its finding');
  const violations = await accessible.look(seen);
  expect(!violations.length, `the page with its finding is accessible ${violations}`);
  await writeFile(file, text);
  await page.waitForFunction(() => !document.querySelector('.kessan-note, .kessan-mark'), null, PATIENCE);
  expect((await row.innerText()).includes('68,006,380'), 'mended, the finding is gone and the number is back');
  await isAsFresh(page, 'the number');
  expect(!log.messages.length, `the console stays silent ${log.messages}`);
  await close();
}

// A figure tells where it comes from: by mouse and by keyboard, on a wide screen and a narrow one, in light and dark.
async function explains(origin) {
  for (const [width, colorScheme] of [[1280, 'light'], [400, 'dark']]) {
    const seen = await visit(browser, `${origin}/${release}/income.html`, { colorScheme, viewport: { width, height: 800 } });
    const { page, log, close } = seen;
    const panel = page.getByRole('dialog');
    const cell = page.locator('[id="income_fy.total_revenues"] td data');
    const stops = await page.locator('data[tabindex="0"]').count();
    expect(stops === 1, `of all figures, Tab stops at one: ${stops}`);
    await cell.nth(2).click();
    await panel.waitFor();
    const name = await panel.getAttribute('aria-labelledby').then((id) => page.locator(`[id="${id}"]`).innerText());
    expect(name === 'is.total_revenues@fy2009', `at ${width} px a click explains ${name}`);
    expect((await panel.innerText()).includes(`content/${release}/statements/is.toml:`), 'it names the line of the amount');
    expect(await panel.evaluate((box) => box === document.activeElement), 'the panel has the focus');
    const [above, box] = [await cell.nth(2).boundingBox(), await panel.boundingBox()];
    const apart = above.x + above.width <= box.x || box.x + box.width <= above.x || above.y + above.height <= box.y;
    expect(apart, `the panel leaves its figure free ${JSON.stringify([above, box])}`);
    expect(box.x >= 0 && box.x + box.width <= width, 'the panel is on the screen');
    const here = await panel.locator('[aria-current]').allInnerTexts();
    expect(String(here) === 'income_fy/total_revenues/3', `it tells which of the places this is: ${here}`);
    const violations = await accessible.look(seen);
    expect(!violations.length, `the page with the panel is accessible ${violations}`);
    await page.keyboard.press('Escape');
    expect(await panel.count() === 0, 'Escape closes it');
    expect(await cell.nth(2).evaluate((figure) => figure === document.activeElement), 'the focus is back at the figure');

    // The arrow keys lead along the row and down the column; Enter explains; an input is explained in the panel.
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    const at = await page.evaluate(() => document.activeElement.closest('tr').id);
    expect(at !== 'income_fy.total_revenues' && at.startsWith('income_fy.'), `the arrow keys lead to ${at}`);
    await page.locator('[id="eps_fy.eps_basic"] td data').first().focus();
    await page.locator('[id="eps_fy.eps_basic"] td data').first().click();
    await panel.getByRole('button', { name: 'shares.basic@' }).first().press('Enter');
    await page.waitForFunction(() => document.querySelector('#kessan-figure h2')?.textContent.startsWith('shares.basic@'), null, PATIENCE);
    await panel.getByRole('button', { name: 'Back' }).press('Enter');
    await page.waitForFunction(() => document.querySelector('#kessan-figure h2')?.textContent.startsWith('eps_basic@'), null, PATIENCE);
    await panel.getByRole('button', { name: 'Close' }).click();
    expect(await panel.count() === 0, 'the button closes it');

    // A link leads to the figure where another page shows it.
    await cell.nth(2).focus();
    await page.keyboard.press('Enter');
    await panel.getByRole('link', { name: /^results_fy\/total_revenues/ }).click();
    await page.waitForURL((url) => url.pathname.endsWith('/results-summary.html'));
    await page.waitForFunction(() => document.activeElement.closest('tr')?.id === 'results_fy.total_revenues', null, PATIENCE);
    expect(true, 'a link leads to the figure on another page, which has the focus');
    expect(!log.messages.length, `the console stays silent ${log.messages}`);
    await close();
  }

  // A page that is outdated says so.
  const { page, close } = await visit(browser, `${origin}/${release}/income.html`);
  await page.route('**/_preview/events*', (route) => route.abort());
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const file = join(root, 'content', release, 'statements', 'is.toml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('68_006_380', '68_006_830'));
  const answer = () => page.evaluate(async () => {
    document.querySelector('[id="income_fy.total_revenues"] td data').click();
    await new Promise((done) => setTimeout(done, 100));
    return document.querySelector('#kessan-figure').innerText;
  });
  const patience = Date.now() + 20_000;
  let said = await answer();
  while (!said.includes('has changed since') && Date.now() < patience) said = await answer();
  expect(said.includes('has changed since'), `an outdated page is told so: ${said.slice(0, 120)}`);
  await writeFile(file, text);
  await close();
  await new Promise((done) => setTimeout(done, 1500));
}

// What nothing guards is marked when that is asked for, and on the next page too.
async function marks(origin) {
  const seen = await visit(browser, `${origin}/${release}/cash-flows.html`, { colorScheme: 'dark' });
  const { page, log, close } = seen;
  const marked = page.locator('data.kessan-unguarded');
  expect(await marked.count() === 0, 'nothing is marked at first');
  await page.locator('#kessan-panel summary').first().click();
  await page.getByLabel('Mark figures that nothing guards').check();
  await page.waitForFunction(() => /: \d+ of/.test(document.querySelector('.kessan-told').textContent), null, PATIENCE);
  const rows = new Set(await marked.evaluateAll((figures) => figures.map((figure) => figure.closest('tr')?.id)));
  expect(rows.has('cashflow_fy.interest_paid'), `what nothing guards is marked: ${[...rows].join(', ')}`);
  expect(!rows.has('cashflow_fy.net_income'), 'what something guards is not');
  const violations = await accessible.look(seen);
  expect(!violations.length, `the page with its marks is accessible ${violations}`);
  await page.reload();
  await marked.first().waitFor();
  await page.getByLabel('Mark figures that nothing guards').uncheck();
  await page.waitForFunction(() => !document.querySelector('.kessan-unguarded'), null, PATIENCE);
  expect(true, 'the marks stay with the page, and go when they are not asked for');
  expect(!log.messages.length, `the console stays silent ${log.messages}`);
  await close();
}

// Stopped, it is gone: the page says so, the program has ended, and its port can be had.
async function stops(origin) {
  const { page, close } = await visit(browser, `${origin}/${release}/income.html`);
  await page.waitForTimeout(200);
  served.kill('SIGINT');
  const how = await Promise.race([ended, new Promise((done) => setTimeout(done, 5000, 'still running'))]);
  expect(how === 0 || how === 130 || how === 'SIGINT', `it ends when it is interrupted: ${how}`);
  await page.locator('.kessan-away').waitFor({ state: 'visible', timeout: 10_000 });
  const port = Number(new URL(origin).port);
  const free = await new Promise((done) => {
    const other = createServer().once('error', ({ code }) => done(code)).listen(port, '127.0.0.1', () => other.close(() => done('free')));
  });
  expect(free === 'free', `port ${port} is free: ${free}`);
  await close();
}
