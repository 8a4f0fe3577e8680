import { GraphError } from '../protocol/GraphError';

/** A literal of a `$filter`. `bare` is one without quotes: a time, a GUID or a number. */
export type Literal = {
  kind: 'string' | 'boolean' | 'null' | 'bare';
  text: string;
};

/** A `$filter` as a tree; a path is the segments of a property such as `initiatedBy/app/id`. */
export type FilterNode =
  | { kind: 'and'; left: FilterNode; right: FilterNode }
  | { kind: 'or'; left: FilterNode; right: FilterNode }
  | { kind: 'not'; inner: FilterNode }
  | {
      kind: 'compare';
      path: string[];
      operator: 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt';
      value: Literal;
    }
  | { kind: 'in'; path: string[]; values: Literal[] }
  | { kind: 'startswith'; path: string[]; text: string }
  | { kind: 'endswith'; path: string[]; text: string }
  | { kind: 'any'; path: string[]; inner: FilterNode | undefined };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w./@-]*|\d[\w:.+-]*)|([(),:]))/y;

const COMPARISONS = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'] as const;

/** No expression of a person is nested deeper; a body of brackets must not end the process. */
const MAXIMUM_DEPTH = 50;

const invalid = (message: string) =>
  new GraphError(400, 'BadRequest', `Invalid filter clause: ${message}`);

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (!match) {
      throw invalid(`Syntax error in '${text}'.`);
    }
    tokens.push(match[1] ?? match[2] ?? match[3]);
  }
  return tokens;
}

/** Recursive descent over the part of OData's grammar that Graph supports. */
class FilterParser {
  private position = 0;
  private depth = 0;
  private readonly tokens: string[];
  /** Variables of the lambdas around the current place. */
  private readonly variables: string[] = [];

  constructor(
    private readonly text: string,
    private readonly properties: ReadonlySet<string>,
  ) {
    this.tokens = tokenize(text);
  }

  parse(): FilterNode {
    const node = this.or();
    return this.position < this.tokens.length ? this.fail() : node;
  }

  private or(): FilterNode {
    let left = this.and();
    while (this.accept('or')) {
      left = { kind: 'or', left, right: this.and() };
    }
    return left;
  }

  private and(): FilterNode {
    let left = this.term();
    while (this.accept('and')) {
      left = { kind: 'and', left, right: this.term() };
    }
    return left;
  }

  private term(): FilterNode {
    this.depth += 1;
    if (this.depth > MAXIMUM_DEPTH) {
      throw invalid('The expression is nested too deeply.');
    }
    const node = this.unguardedTerm();
    this.depth -= 1;
    return node;
  }

  private unguardedTerm(): FilterNode {
    if (this.accept('not')) {
      return { kind: 'not', inner: this.term() };
    }
    if (this.accept('(')) {
      const inner = this.or();
      this.expect(')');
      return inner;
    }
    const name = this.next();
    if (/^(startswith|endswith)$/i.test(name)) {
      this.expect('(');
      const path = this.path(this.next());
      this.expect(',');
      const { text } = this.literal();
      this.expect(')');
      const kind = name.toLowerCase() as 'startswith' | 'endswith';
      return { kind, path, text };
    }
    if (this.tokens[this.position] === '(' && !name.endsWith('/any')) {
      throw new GraphError(
        400,
        'Request_UnsupportedQuery',
        `Unsupported Query. The function '${name}' is not supported.`,
      );
    }
    return name.endsWith('/any')
      ? this.any(this.path(name.slice(0, -'/any'.length)))
      : this.comparison(this.path(name));
  }

  private any(path: string[]): FilterNode {
    this.expect('(');
    if (this.accept(')')) {
      return { kind: 'any', path, inner: undefined };
    }
    this.variables.push(this.next());
    this.expect(':');
    const inner = this.or();
    this.expect(')');
    this.variables.pop();
    return { kind: 'any', path, inner };
  }

  private comparison(path: string[]): FilterNode {
    const operator = this.next();
    if (operator === 'in') {
      this.expect('(');
      const values = [this.literal()];
      while (this.accept(',')) {
        values.push(this.literal());
      }
      this.expect(')');
      return { kind: 'in', path, values };
    }
    const comparison = COMPARISONS.find(known => known === operator);
    if (!comparison) {
      return this.fail();
    }
    const value = this.literal();
    const property = path[path.length - 1] ?? '';
    if (property.endsWith('DateTime') && value.kind === 'string') {
      throw invalid(
        `A binary operator with incompatible types was detected. Found operand types 'Edm.DateTimeOffset' and 'Edm.String' for operator kind '${comparison}'.`,
      );
    }
    return { kind: 'compare', path, operator: comparison, value };
  }

  private path(name: string): string[] {
    const [first, ...rest] = name.split('/');
    if (this.variables.includes(first)) {
      return rest;
    }
    if (!this.properties.has(first)) {
      throw invalid(`Could not find a property named '${first}'.`);
    }
    return [first, ...rest];
  }

  private literal(): Literal {
    const token = this.next();
    if (token.startsWith("'")) {
      return { kind: 'string', text: token.slice(1, -1).replace(/''/g, "'") };
    }
    if (token === 'null') {
      return { kind: 'null', text: '' };
    }
    return {
      kind: /^(true|false)$/.test(token) ? 'boolean' : 'bare',
      text: token,
    };
  }

  private accept(token: string): boolean {
    if (this.tokens[this.position] !== token) {
      return false;
    }
    this.position += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.accept(token)) {
      this.fail();
    }
  }

  private next(): string {
    return this.tokens[this.position++] ?? this.fail();
  }

  private fail(): never {
    throw invalid(`Syntax error at token ${this.position} in '${this.text}'.`);
  }
}

/**
 * Reads a `$filter`.
 *
 * @param text - such as `startswith(displayName,'AWS-') and securityEnabled eq true`
 * @param properties - names that may be filtered on
 * @throws GraphError 400 for a clause that is wrong or not supported
 */
export function parseFilter(
  text: string,
  properties: readonly string[],
): FilterNode {
  return new FilterParser(text, new Set(properties)).parse();
}
