// One visit of one page by a new reader (a browser context of its own), with everything written down that happens on the
// way: console messages, requests, their failures and their weight.

// Opens `url` and gives {page, log, close}. `reader` is what Playwright's newContext takes.
export async function visit(browser, url, reader = {}, hash = '') {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...reader });
  const page = await context.newPage();
  const log = { messages: [], foreign: [], failed: [], bodies: [] };
  const own = url.startsWith('file:') ? 'file:' : new URL(url).origin;
  page.on('console', (message) => log.messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => log.messages.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { log.messages.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const asked = request.url();
    if (![own, 'data:', 'blob:'].some((start) => asked.startsWith(start))) log.foreign.push(asked);
  });
  page.on('requestfailed', (request) => log.failed.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== url) log.failed.push(`${response.url()}: ${response.status()}`);
    log.bodies.push(weigh(response));
  });
  await page.goto(url + hash, { waitUntil: 'load' });
  return { context, page, log, close: () => context.close() };
}

async function weigh(response) {
  const bytes = await response.body().then((body) => body.length, () => 0);
  return { url: response.url(), kind: response.request().resourceType(), bytes };
}
