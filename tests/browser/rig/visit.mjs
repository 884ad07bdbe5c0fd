// A visit of a page by a new reader (a browser context of its own), with everything written down that happens on the way:
// console messages, requests, their failures and their weight.

// Opens `url` and gives {context, page, log, again, close}. `reader` is what Playwright's newContext takes; `again()` loads the
// page once more, in the same window, and gives the new log that begins with it.
export async function visit(browser, url, reader = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...reader });
  const page = await context.newPage();
  const own = url.startsWith('file:') ? 'file:' : new URL(url).origin;
  const seen = { context, page, log: null, close: () => context.close() };
  seen.again = async () => {
    // What still happens on the page that is left is none of the next one's.
    if (seen.log) await page.goto('about:blank');
    seen.log = { messages: [], foreign: [], failed: [], bodies: [] };
    await page.goto(url, { waitUntil: 'load' });
    return seen.log;
  };
  page.on('console', (message) => seen.log.messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => seen.log.messages.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { seen.log.messages.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const asked = request.url();
    if (![own, 'data:', 'blob:'].some((start) => asked.startsWith(start))) seen.log.foreign.push(asked);
  });
  page.on('requestfailed', (request) => seen.log.failed.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== url) seen.log.failed.push(`${response.url()}: ${response.status()}`);
    seen.log.bodies.push(weigh(response));
  });
  await seen.again();
  return seen;
}

async function weigh(response) {
  const bytes = await response.body().then((body) => body.length, () => 0);
  return { url: response.url(), kind: response.request().resourceType(), bytes };
}
