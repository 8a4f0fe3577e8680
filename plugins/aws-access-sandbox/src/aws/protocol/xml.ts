/** A value of the query protocol: text, a structure, or a list whose items are called `member`. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | XmlValue[]
  | { [name: string]: XmlValue };

/** Members as XML elements, in order; those that are `undefined` are left out. */
export function toXml(members: { [name: string]: XmlValue }): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${content(value)}</${name}>`)
    .join('');
}

function content(value: XmlValue): string {
  if (Array.isArray(value)) {
    return value.map(item => toXml({ member: item })).join('');
  }
  return typeof value === 'object' ? toXml(value) : escapeXml(String(value));
}

/** Text as the content of an XML element. */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
