import '@testing-library/jest-dom';

// jsdom has no CSS object; react-aria escapes the keys of list items with it.
globalThis.CSS ??= {
  escape: (text: string) => text.replace(/[^\w-]/g, '\\$&'),
} as typeof CSS;
