// What is looked at: each page in each window, light and dark; and how one such view is put to the checks.
import { visit } from './visit.mjs';

export const WIDTHS = [320, 768, 1280];
const HEIGHTS = { 320: 640, 768: 1024, 1280: 800 };
const SCHEMES = ['light', 'dark'];

// A site's views: {path, role, width, scheme} for each of its pages.
export function views(pages) {
  return pages.flatMap((page) => WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ ...page, width, scheme }))));
}

// The findings of `checks` at one view of a site: [{check, text}]. `site` is {browser, folder, origin, figures, plant}.
export async function look(site, view, checks, picture) {
  const due = checks.filter((check) => check.when(view));
  const findings = [];
  const opened = async (some, then = () => {}) => {
    const url = `${site.origin}/${view.path}`;
    const reader = { viewport: { width: view.width, height: HEIGHTS[view.width] }, colorScheme: view.scheme };
    const seen = await visit(site.browser, url, reader).catch((error) => error);
    if (seen instanceof Error) {
      findings.push({ check: 'visit', text: seen.message.split('\n')[0] });
      return;
    }
    for (const check of some) {
      const texts = await check.look({ ...site, ...view, ...seen, url }).catch((error) => [`the check itself failed: ${error.message}`]);
      findings.push(...texts.map((text) => ({ check: check.name, text })));
    }
    await then(seen.page);
    await seen.close();
  };
  const shared = due.filter((check) => !check.fresh);
  if (shared.length || picture) await opened(shared, picture);
  for (const check of due.filter((check) => check.fresh)) await opened([check]);
  return findings;
}
