// Whoever follows a wrong address, however deep, is sent a page that says so, styled, with a way back that works.
import { visit } from '../rig/visit.mjs';

export default {
  name: 'lost',
  when: ({ scheme, width, role }) => scheme === 'light' && width === 320 && role === 'missing',
  async look({ browser, origin }) {
    const findings = [];
    // Such a page can only speak in addresses from the root; without a configured one it is plain text.
    const { ok: placed } = await fetch(`${origin}/sitemap.xml`);
    for (const wrong of ['none.html', 'none/at/all.html', 'none/']) {
      const { page, log, close } = await visit(browser, `${origin}/${wrong}`);
      const unexpected = log.messages.filter((text) => !text.includes('404 (Not Found)'));
      findings.push(...unexpected.concat(log.failed).map((text) => `at /${wrong}: ${text}`));
      const { sheets, links } = await page.evaluate(() => ({
        sheets: [...document.styleSheets].length, links: [...document.links].map((link) => link.href),
      }));
      if (!placed) continue;
      if (!sheets) findings.push(`at /${wrong}: no style`);
      const ways = await Promise.all(links.map((link) => fetch(link).then(({ ok }) => ok, () => false)));
      if (!ways.some(Boolean)) findings.push(`at /${wrong}: no way back`);
      links.filter((_, at) => !ways[at]).forEach((link) => findings.push(`at /${wrong}: ${link} leads nowhere`));
      await close();
    }
    return findings;
  },
  plants: [
    { what: 'a style by a relative address', html: (text) => text.replace(/(<link rel="stylesheet" href=")\//g, '$1') },
    { what: 'no link', html: (text) => text.replace(/<a /g, '<b ').replace(/<\/a>/g, '</b>') },
  ],
};
