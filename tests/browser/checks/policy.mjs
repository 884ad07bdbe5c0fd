// A strict Content-Security-Policy stands on every page and is in force: the browser refuses an inline script, an inline
// handler and a script from elsewhere; the page's own things break no rule of it (that would be a console message: `quiet`).
export default {
  name: 'policy',
  fresh: true,
  when: ({ scheme, width }) => scheme === 'light' && width === 1280,
  look: ({ page }) => page.evaluate(async () => {
    const findings = [];
    const metas = [...document.head.children];
    const meta = metas.findIndex((element) => element.httpEquiv?.toLowerCase() === 'content-security-policy');
    if (meta < 0) return ['no Content-Security-Policy'];
    if (metas.slice(0, meta).some((element) => ['LINK', 'SCRIPT', 'STYLE'].includes(element.tagName))) findings.push('the policy comes after what it governs');
    const policy = Object.fromEntries(metas[meta].content.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
    for (const [name, values] of Object.entries(policy)) {
      for (const value of values) {
        if (!["'none'", "'self'", 'data:'].includes(value) || (value === 'data:' && name !== 'img-src')) findings.push(`the policy allows ${name} ${value}`);
      }
    }
    if (policy['default-src']?.join() !== "'none'") findings.push("the policy does not begin from default-src 'none'");
    for (const name of ['base-uri', 'form-action']) if (!policy[name]) findings.push(`the policy leaves ${name} open`);
    for (const element of document.querySelectorAll('*')) {
      const inline = element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style');
      if (inline.length) findings.push(`inline ${inline} on ${element.localName}`);
    }
    const refused = [];
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'document.ran = true';
    const button = document.createElement('button');
    button.setAttribute('onclick', 'document.ran = true');
    const foreign = document.createElement('script');
    foreign.src = 'https://cdn.example/x.js';
    document.body.append(script, button, foreign);
    button.click();
    // Refusals are told in tasks of their own.
    for (let waited = 0; waited < 10 && refused.length < 3; waited++) await new Promise((done) => setTimeout(done, 10));
    if (document.ran) findings.push('an inline script ran');
    for (const name of ['script-src-elem', 'script-src-attr']) if (!refused.includes(name)) findings.push(`${name}: nothing was refused`);
    return findings;
  }),
  plants: [
    { what: 'no policy', html: (text) => text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, '') },
    { what: 'a loose policy', html: (text) => text.replace(/script-src [^;"]*/, "script-src 'self' 'unsafe-inline'") },
    { what: 'an inline handler', html: (text) => text.replace('<main', '<main onclick="0"') },
    { what: 'an inline style', html: (text) => text.replace('<main', '<main style="color: red"') },
  ],
};
