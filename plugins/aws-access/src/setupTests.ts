import { configure } from '@testing-library/react';
import '@testing-library/jest-dom';

// jsdom has no CSS object; react-aria escapes the keys of list items with it.
globalThis.CSS ??= {
  escape: (text: string) => text.replace(/[^\w-]/g, '\\$&'),
} as typeof CSS;

// Nor does it lay anything out, which the editor of policies asks for.
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

// Whole pages are rendered here. On a machine that is busy with other suites
// the defaults (1 s to appear, 5 s a test) say more about the machine than
// about the page; waiting ends as soon as the condition holds.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
