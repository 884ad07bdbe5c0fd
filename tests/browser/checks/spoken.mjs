// A screen reader hears that a number is negative: in the browser's accessibility tree a word stands before each, which the
// text of the cell, as programs read it, does not have.
export default {
  name: 'spoken',
  when: ({ scheme, width, role }) => scheme === 'light' && width === 1280 && ['landing', 'section', 'full'].includes(role),
  async look({ page, context }) {
    // What is folded is not in the tree. It is folded again for the checks that follow.
    const folded = await page.evaluateHandle(() => [...document.querySelectorAll('details:not([open])')]);
    const unfold = (open) => folded.evaluate((all, open) => all.forEach((details) => { details.open = open; }), open);
    await unfold(true);
    const cells = await page.evaluate(() => [...document.querySelectorAll('main td.number > data')].map((number) => ({
      text: number.textContent, word: number.dataset.spoken ?? '', negative: number.value.startsWith('-'),
    })));
    const heard = await tree(page, context);
    await unfold(false);
    if (heard.length !== cells.length) return [`${heard.length} of ${cells.length} cells with numbers are in the accessibility tree`];
    const findings = cells.flatMap(({ text, word, negative }, at) => {
      const wanted = word ? `${word} ${text}` : text;
      if (negative !== Boolean(word)) return [`${text}: ${negative ? 'no' : 'a'} word for a negative`];
      return heard[at] === wanted ? [] : [`${text}: heard is "${heard[at]}"`];
    });
    return findings.slice(0, 10);
  },
  plants: [
    { what: 'a negative without its word', html: (text) => text.replace(/ data-spoken="[^"]*"/, ''), on: 'full' },
    { what: 'words that are not heard', css: '[data-spoken]::before { display: none !important }', on: 'full' },
    { what: 'words in the text', html: (text) => text.replace(/ data-spoken="([^"]*)">/, '>$1 '), on: 'full' },
  ],
};

// What is said of each cell that has a number, in the order of the page.
async function tree(page, context) {
  const session = await context.newCDPSession(page);
  await session.send('DOM.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'main td.number' });
  const wanted = new Set(nodeIds);
  const backend = [];
  const walk = (node) => {
    if (wanted.has(node.nodeId)) backend.push(node.backendNodeId);
    [...(node.children ?? []), ...(node.shadowRoots ?? [])].forEach(walk);
  };
  walk(root);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const known = new Map(nodes.map((node) => [node.nodeId, node]));
  const said = (node) => {
    if (node.role?.value === 'StaticText') return node.name?.value ?? '';
    return (node.childIds ?? []).map((id) => known.get(id)).filter(Boolean).map(said).join('');
  };
  const at = new Map(nodes.map((node) => [node.backendDOMNodeId, node]));
  return backend.map((id) => at.get(id)).filter(Boolean).map((node) => said(node).replaceAll(/\s+/g, ' ').trim());
}
