// Starts Debian's Chromium so that it speaks to this machine alone: a name of any other host does not resolve.
import { chromium } from 'playwright-core';

export const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
export const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function start() {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}
