// The page never scrolls sideways, and nothing in it that cannot scroll sticks out of the window; tables scroll in themselves.
export default {
  name: 'fits',
  when: () => true,
  look: ({ page }) => page.evaluate(() => {
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest('.scroll > *'))
      .map((element) => `${element.localName}.${element.className?.baseVal ?? element.className}`);
    return [`the page is ${scrollWidth} px wide in a window of ${innerWidth}: ${[...new Set(wide)].slice(0, 4).join(', ')}`];
  }),
  plants: [
    { what: 'a line that does not wrap', html: (text) => text.replace('</main>', `<pre>${'wide '.repeat(300)}</pre></main>`) },
    { what: 'tables that do not scroll', css: '.scroll { overflow: visible !important }', on: 'section', width: 320 },
  ],
};
