// What is looked at: each page in each window, light and dark; and how the views of one page are put to the checks.
import { visit } from './visit.mjs';

export const WIDTHS = [320, 768, 1280];
const HEIGHTS = { 320: 640, 768: 1024, 1280: 800 };
// Light comes last: most checks are made in it, and the one that leaves a page scrolled has none after it.
const SCHEMES = ['dark', 'light'];

// A page's views: {path, role, width, scheme} for each window, those of one width one after the other.
export function views(page) {
  return WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ ...page, width, scheme })));
}

// The findings of `checks` at the views of one page: [{view, check, text}]. `site` is {browser, folder, origin, figures, plant}.
//
// One reader looks at all of them: to begin a visit costs several times what it costs to load a page again, and that four times
// what it costs to turn a page dark. So a page is loaded at each width, and for each check that asks for a fresh one.
export async function look(site, all, checks, picture = () => {}) {
  const findings = [];
  const url = `${site.origin}/${all[0].path}`;
  const seen = await visit(site.browser, url, windowOf(all[0])).catch((error) => error);
  if (seen instanceof Error) return [{ view: all[0], check: 'visit', text: seen.message.split('\n')[0] }];
  const ask = async (check, view) => {
    const texts = await check.look({ ...site, ...view, ...seen, url }).catch((error) => [`the check itself failed: ${error.message}`]);
    findings.push(...texts.map((text) => ({ view, check: check.name, text })));
  };
  let untouched = true;
  const load = async (view) => {
    await seen.page.setViewportSize(windowOf(view).viewport);
    await seen.page.emulateMedia({ colorScheme: view.scheme });
    if (!untouched) await seen.again();
    untouched = false;
  };
  for (const [at, view] of all.entries()) {
    const shared = checks.filter((check) => !check.fresh && check.when(view));
    if (view.width !== all[at - 1]?.width) await load(view);
    else await seen.page.emulateMedia({ colorScheme: view.scheme });
    for (const check of shared) await ask(check, view);
    await picture(seen.page, view);
  }
  for (const check of checks.filter((check) => check.fresh)) {
    for (const view of all.filter((view) => check.when(view))) {
      await load(view);
      await ask(check, view);
    }
  }
  await seen.close();
  return findings;
}

function windowOf({ width, scheme }) {
  return { viewport: { width, height: HEIGHTS[width] }, colorScheme: scheme };
}
