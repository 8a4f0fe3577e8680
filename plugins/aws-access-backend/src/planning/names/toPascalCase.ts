/** `web-shop` and `Web shop` as names of groups write them: `WebShop`. */
export function toPascalCase(text: string): string {
  return text
    .split(/[^\p{Letter}\p{Number}]+/u)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
