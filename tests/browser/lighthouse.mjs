// Lighthouse gives 100 for accessibility, best practices and search engines, to one page of each kind and language.
//
//   node tests/browser/lighthouse.mjs SITE...
//
// Over http on loopback, which browsers hold as secure as https. Its performance score is no part of this: it measures the
// machine; what a page weighs and that nothing holds up its first paint is measured by pages.mjs. So it need not wait for
// quiet after a page is there.
import * as chromeLauncher from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { EXECUTABLE, FLAGS } from './rig/chromium.mjs';
import { oneOfEachKind, pages } from './rig/pages.mjs';
import { serve } from './rig/server.mjs';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];
// These ask not to be found, and are held to everything else.
const UNLISTED = ['checks', 'missing'];
const SETTINGS = {
  onlyCategories: CATEGORIES, logLevel: 'silent', output: [], disableFullPageScreenshot: true,
  pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0, maxWaitForLoad: 90_000,
};

const chrome = await chromeLauncher.launch({ chromePath: EXECUTABLE, chromeFlags: ['--headless', ...FLAGS], logLevel: 'silent' });
let failed = 0;
let seen = 0;
try {
  for (const folder of process.argv.slice(2)) {
    const server = await serve(folder);
    for (const page of oneOfEachKind(await pages(folder))) failed += await rate(server.origin, page);
    await server.close();
  }
} finally {
  await chrome.kill();
}
process.exitCode = failed || !seen ? 1 : 0;

async function rate(origin, { path, role }) {
  const skipAudits = UNLISTED.includes(role) ? ['is-crawlable'] : null;
  const { lhr } = await lighthouse(`${origin}/${path}`, { port: chrome.port, skipAudits, ...SETTINGS });
  const scores = CATEGORIES.map((name) => `${name} ${Math.round(lhr.categories[name].score * 100)}`);
  const faults = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs)
    .map(({ id, weight }) => ({ ...lhr.audits[id], weight }))
    .filter(({ score, weight, scoreDisplayMode }) => weight > 0 && ((score !== null && score < 1) || scoreDisplayMode === 'error'));
  console.log(`${path}: ${scores.join(', ')}`);
  for (const { id, title, explanation, details } of faults) {
    const first = JSON.stringify(details?.items?.[0] ?? '').slice(0, 200);
    console.log(`error: ${path}: ${id}: ${title} ${explanation ?? ''} ${first}`);
  }
  if (lhr.runtimeError) console.log(`error: ${path}: ${lhr.runtimeError.message}`);
  seen++;
  return faults.length || lhr.runtimeError ? 1 : 0;
}
