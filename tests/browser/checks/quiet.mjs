// Nothing goes wrong unseen: no console message, no failed request, none to another host, nothing kept on the reader's machine.
export default {
  name: 'quiet',
  when: () => true,
  async look({ page, context, log }) {
    // What was heard at one view of the page is no finding of the next.
    const findings = [
      ...log.messages.splice(0).map((text) => `console ${text}`),
      ...log.failed.splice(0).map((text) => `failed request ${text}`),
      ...log.foreign.splice(0).map((url) => `request to another host: ${url}`),
    ];
    const cookies = await context.cookies();
    const kept = await page.evaluate(async () => ({
      localStorage: Object.keys(localStorage), sessionStorage: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map((database) => database.name),
      workers: (await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope),
    }));
    kept.cookies = cookies.map((cookie) => cookie.name);
    for (const [where, names] of Object.entries(kept)) {
      if (names.length) findings.push(`kept in ${where}: ${names.join(', ')}`);
    }
    return findings;
  },
  plants: [
    { what: 'a missing style sheet', html: (text) => text.replace('</head>', '<link rel="stylesheet" href="none.css"></head>') },
    { what: 'an image from another host', html: (text) => text.replace('</main>', '<img src="https://cdn.example/p.png" alt=""></main>') },
    { what: 'a script that complains', script: 'console.warn("about something")' },
    { what: 'a script that fails', script: 'missing.name = 1' },
    { what: 'a cookie', script: 'document.cookie = "seen=1"' },
    { what: 'a stored item', script: 'localStorage.seen = 1' },
  ],
};
