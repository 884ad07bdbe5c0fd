// By keyboard alone: the first stop is the link that skips to the content, every stop shows that it has the focus, and
// none hides under something else or outside the window (WCAG 2.2, 2.4.1, 2.4.7, 2.4.11).
const MOST = 90;

export default {
  name: 'keyboard',
  fresh: true,
  when: ({ scheme, width, role }) => scheme === 'light' && width !== 768 && role !== 'missing',
  async look({ page, role }) {
    const findings = [];
    const seen = new Set();
    for (let stop = 0; stop < MOST; stop++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(look);
      if (!at || seen.has(at.key)) break;
      seen.add(at.key);
      if (stop === 0 && role !== 'list' && role !== 'checks' && !at.skips) findings.push(`the first stop is ${at.what}, not a link to the content`);
      findings.push(...at.faults.map((fault) => `${at.what} ${fault}`));
    }
    if (!seen.size) findings.push('nothing can be reached');
    return [...new Set(findings)].slice(0, 10);
  },
  plants: [
    { what: 'no skip link', on: 'section', html: (text) => text.replace(/<a class="skip".*?<\/a>/, '') },
    { what: 'no focus ring', css: ':focus, :focus-visible { outline: 0 !important; box-shadow: none !important }' },
    { what: 'a pane over everything', html: (text) => text.replace('</body>', '<div class="bar"></div></body>'), css: '.bar { position: fixed; inset: 0; z-index: 9 }' },
    { what: 'a skip link that stays hidden', on: 'section', css: '.skip:focus { left: -100vw !important }' },
  ],
};

// What has the focus, and what is wrong with how it shows.
function look() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  document.stops ??= new Map();
  if (!document.stops.has(element)) document.stops.set(element, document.stops.size);
  const style = getComputedStyle(element);
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const faults = [];
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
  if (!ring) faults.push('shows no focus');
  const inside = box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
  if (!inside) faults.push('has the focus out of sight');
  else {
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    if (!element.contains(top) && !top?.contains(element)) faults.push(`has the focus under ${top?.localName}.${top?.className}`);
  }
  const name = (element.getAttribute('aria-label') ?? element.innerText ?? '').trim().slice(0, 40);
  return {
    key: document.stops.get(element), faults, what: `${element.localName} "${name}"`,
    skips: element.matches('a[href^="#"]') && !!document.querySelector('main').closest(`#${CSS.escape(element.hash.slice(1))}`),
  };
}
