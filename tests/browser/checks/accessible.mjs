// axe-core finds no violation of WCAG 2.2 A and AA, nor of its own best practice.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
// All that a page in the dark can have other than in the light.
const OF_COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

export default {
  name: 'accessible',
  when: () => true,
  // `within` is a selector; the whole page where there is none.
  async look({ page, scheme, within }) {
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
    const violations = await page.evaluate(async ({ within, runOnly }) => {
      const options = { preload: false, resultTypes: ['violations'], runOnly };
      return (await axe.run(within ?? document, options)).violations.map(({ id, help, nodes }) => ({
        id, help, count: nodes.length, first: nodes[0].html.slice(0, 160), why: nodes[0].failureSummary.split('\n')[1]?.trim(),
      }));
    }, { within, runOnly: scheme === 'dark' && !within ? OF_COLOURS : ALL });
    return violations.map(({ id, help, count, first, why }) => `${id} (${help}) at ${count}: ${first} ${why}`);
  },
  plants: [
    { what: 'grey on white', css: 'main p { color: #999 !important }' },
    { what: 'grey on black', css: 'main p { color: #555 !important }', scheme: 'dark' },
    { what: 'a picture without words', html: (text) => text.replace('</main>', '<img src="static/x.png"></main>') },
    { what: 'targets too close', css: '.contents a { display: inline; padding: 0; font-size: 8px; line-height: 9px } .contents li { height: 9px; margin: 0 }' },
    { what: 'a heading left out', html: (text) => text.replace('</main>', '<h6>deep</h6></main>'), on: 'landing' },
    { what: 'no language', html: (text) => text.replace(/<html lang="[^"]*"/, '<html') },
  ],
};
