// A page with everything it loads is light: a section below 150 KB, the full release below 500 KB; fonts apart.
const LIMIT = { full: 500_000, checks: 150_000 };

export default {
  name: 'light',
  when: ({ scheme, width }) => scheme === 'light' && width === 1280,
  async look({ log, role, figures }) {
    const bodies = (await Promise.all(log.bodies)).filter(({ kind }) => kind !== 'font');
    const bytes = bodies.reduce((sum, body) => sum + body.bytes, 0);
    figures.push({ role, bytes });
    const limit = LIMIT[role] ?? 150_000;
    if (!bytes) return ['nothing was weighed'];
    return bytes < limit ? [] : [`${bytes} bytes, more than ${limit}`];
  },
  plants: [
    { what: 'a heavy section', on: 'section', html: (text) => text.replace('</main>', `<!--${'x'.repeat(150_000)}--></main>`) },
    { what: 'a heavy style sheet', on: 'full', css: `/*${'x'.repeat(500_000)}*/` },
  ],
};
