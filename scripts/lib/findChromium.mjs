import { existsSync } from 'node:fs';
import path from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];
const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** How to get what `findChromium` looks for. */
export const howToGetChromium =
  'Install Chromium or Google Chrome (on Debian: apt-get install chromium), or set CHROMIUM to the path of one.';

/** The path of a Chromium or Chrome on this machine, from CHROMIUM or found. */
export function findChromium(environment = process.env) {
  if (environment.CHROMIUM) {
    return existsSync(environment.CHROMIUM) ? environment.CHROMIUM : undefined;
  }
  const folders = (environment.PATH ?? '').split(path.delimiter);
  return [
    ...names.flatMap(name => folders.map(folder => path.join(folder, name))),
    ...names.map(name => path.join('/usr/bin', name)),
    ...wellKnown,
  ].find(file => existsSync(file));
}
