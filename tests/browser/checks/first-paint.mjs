// The first paint waits for no script: while every script is held back, the text is painted.
import { serve } from '../rig/server.mjs';

const PATIENCE = 10_000;

export default {
  name: 'first-paint',
  when: ({ scheme, width }) => scheme === 'light' && width === 320,
  async look({ browser, folder, path, plant }) {
    let release;
    const released = new Promise((done) => { release = done; });
    const server = await serve(folder, { ...plant, delay: (file) => file.endsWith('.js') && released });
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(`${server.origin}/${path}`, { waitUntil: 'commit' });
      const painted = () => performance.getEntriesByName('first-contentful-paint').length > 0;
      await page.waitForFunction(painted, null, { timeout: PATIENCE, polling: 50 });
      return [];
    } catch (error) {
      return [`nothing is painted while a script is on its way: ${error.message.split('\n')[0]}`];
    } finally {
      release();
      await context.close();
      await server.close();
    }
  },
  plants: [
    { what: 'a script that is waited for', width: 320, html: (text) => text.replace('</head>', '<script src="planted.js"></script></head>'), files: { 'planted.js': '0' } },
  ],
};
