// A note is read where its mark stands: by mouse and by keyboard it opens beside the mark, in the window, with the page where
// it was; Escape closes it and the focus is back at the mark. Open, it is as accessible as the page.
import accessible from './accessible.mjs';

const MARK = '[role="doc-noteref"]';

export default {
  name: 'notes',
  fresh: true,
  when: ({ scheme, width, role }) => (scheme === 'light') === (width !== 320) && width !== 768 && ['landing', 'section', 'full'].includes(role),
  async look(view) {
    const { page } = view;
    // The numbers of a chart are closed at first.
    const marks = await page.locator(`main ${MARK}:visible`).all();
    if (!marks.length) return [];
    const findings = [];
    const chosen = [marks[0], ...(await page.locator(`main th ${MARK}:visible`).all()).slice(-1)];
    for (const mark of chosen) {
      const name = await mark.getAttribute('href');
      await mark.evaluate((mark) => mark.scrollIntoView({ block: 'center', inline: 'center' }));
      await page.mouse.move(0, 0);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))); // its scrolling closes notes
      const { x, y, width, height } = await mark.boundingBox();
      for (const [how, open] of [['click', () => page.mouse.click(x + width / 2, y + height / 2)], ['Enter', () => mark.press('Enter')]]) {
        const before = await where(page);
        await open();
        const at = await mark.evaluate(opened);
        if (!at.open) {
          findings.push(`${name}: ${how} opens no note`);
          continue;
        }
        if (!at.says) findings.push(`${name}: ${how} opens another text: ${at.text}`);
        if (!at.inside) findings.push(`${name}: the note opens outside the window`);
        if (at.covers) findings.push(`${name}: the note covers its mark`);
        if (at.away > 60) findings.push(`${name}: the note opens ${Math.round(at.away)} px away from its mark`);
        if (await where(page) !== before) findings.push(`${name}: ${how} moves the page from ${before} to ${await where(page)}`);
        if (how === 'Enter' && mark === chosen[0]) findings.push(...(await accessible.look({ ...view, within: '[popover]' })).map((text) => `with a note open: ${text}`));
        await page.keyboard.press('Escape');
        if ((await mark.evaluate(opened)).open) findings.push(`${name}: Escape does not close the note`);
        if (!await mark.evaluate((mark) => document.activeElement === mark)) findings.push(`${name}: closed, the note leaves the focus elsewhere`);
      }
    }
    return findings;
  },
  plants: [
    { what: 'notes without the script', html: (text) => text.replace(/<script[^>]*><\/script>/, '') },
    { what: 'a note outside the window', css: '.pop { margin-left: 4000px !important }' },
    { what: 'a note over its mark', css: '.pop { margin-top: -40px !important }' },
    { what: 'a pale note', css: '.pop * { color: #aaa !important; background: #fff !important }' },
    { what: 'a note that stays', script: 'addEventListener("keydown", (event) => event.key === "Escape" && event.preventDefault(), true); document.querySelectorAll("[popover]").forEach((pop) => { pop.popover = "manual"; })' },
  ],
};

const where = (page) => page.evaluate(() => `${Math.round(scrollY)} ${location.hash}`);

// What is open beside a mark.
function opened(mark) {
  const pop = document.querySelector('[popover]:popover-open');
  if (!pop) return { open: false };
  const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  const words = (element) => element.textContent.replace(/[↩×\s]+/g, ' ').trim();
  const [at, box] = [mark.getBoundingClientRect(), pop.getBoundingClientRect()];
  return {
    open: true, text: words(pop).slice(0, 60), says: words(pop).includes(words(note)),
    inside: box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && box.width > 0,
    covers: box.left < at.right && box.right > at.left && box.top < at.bottom && box.bottom > at.top,
    away: Math.max(box.top - at.bottom, at.top - box.bottom, 0),
  };
}
