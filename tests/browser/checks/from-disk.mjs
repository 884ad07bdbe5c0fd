// Opened from the disk, as the README has it, a page is what it is on a server: styled, and without complaint.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { visit } from '../rig/visit.mjs';

export default {
  name: 'from-disk',
  // The page for what is not found is only ever sent by a server, for any address, and so speaks in addresses of the site.
  when: ({ scheme, width, role }) => scheme === 'light' && width === 1280 && role !== 'missing',
  async look({ browser, folder, path, page }) {
    const disk = await visit(browser, pathToFileURL(resolve(join(folder, path))).href, { viewport: page.viewportSize() });
    const findings = [...disk.log.messages, ...disk.log.failed].map((text) => `from the disk: ${text}`);
    const look = () => ({ sheets: document.styleSheets.length, height: document.body.scrollHeight, ink: getComputedStyle(document.body).color });
    const [there, here] = [await page.evaluate(look), await disk.page.evaluate(look)];
    if (JSON.stringify(there) !== JSON.stringify(here)) findings.push(`it looks otherwise: ${JSON.stringify(here)}, served ${JSON.stringify(there)}`);
    await disk.close();
    return findings;
  },
  plants: [
    // The server's page has what the file lacks: as with an address that only a server understands.
    { what: 'a style that only the server has', css: 'body { padding: 3px }' },
  ],
};
