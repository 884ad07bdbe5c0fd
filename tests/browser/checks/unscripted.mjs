// Without JavaScript the page says the same: every word and link of it, none of them hidden.
// What a reader sees, without the buttons that scripts add.
const read = () => {
  const said = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (element.closest('button, script, dialog, [popover], [role=tooltip], [role=status]')) continue;
      if (element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest('details')) words.push(walker.currentNode.textContent);
    }
    return words.join(' ').replace(/\s+/g, ' ').trim();
  };
  return { text: said(document.body), links: [...document.links].map((link) => link.getAttribute('href')) };
};

export default {
  name: 'unscripted',
  fresh: true,
  when: ({ scheme, width }) => scheme === 'light' && width === 1280,
  async look({ context, page, again }) {
    const scripted = await page.evaluate(read);
    const session = await context.newCDPSession(page);
    const scripts = (off) => session.send('Emulation.setScriptExecutionDisabled', { value: off });
    await scripts(true);
    const log = await again();
    const plain = await page.evaluate(read);
    await scripts(false);
    const findings = log.messages.map((text) => `without JavaScript: console ${text}`);
    if (!plain.text) findings.push('without JavaScript the page is empty');
    if (plain.text !== scripted.text) findings.push(`without JavaScript the page says otherwise: ${difference(plain.text, scripted.text)}`);
    const lost = scripted.links.filter((href) => !plain.links.includes(href));
    if (lost.length) findings.push(`links that only a script makes: ${lost.slice(0, 3).join(', ')}`);
    return findings;
  },
  plants: [
    { what: 'text written by a script', script: 'document.querySelector("main").append("Only with a script.")' },
    { what: 'a link made by a script', script: 'const a = document.createElement("a"); a.href = "full.html?more"; document.querySelector("main").append(a)' },
    { what: 'text hidden until a script shows it', css: 'main p:first-of-type { visibility: hidden }', script: 'document.querySelector("main p").style.visibility = "visible"' },
  ],
};

function difference(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const from = Math.max(0, at - 20);
  return `"${one.slice(from, at + 40)}", with it "${other.slice(from, at + 40)}"`;
}
