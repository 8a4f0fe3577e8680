import { GraphError } from './GraphError';

/** A directory object as it is answered. */
export type GraphObject = Record<string, unknown>;

type Predicate = (object: GraphObject) => boolean;

/** A `$filter` that can be asked about objects. */
export type CompiledFilter = {
  matches: Predicate;
  /** Whether Graph answers it only with `ConsistencyLevel: eventual` and `$count=true`. */
  advanced: boolean;
};

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w./@-]*|\d[\w:.+-]*)|([(),:]))/y;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (!match) {
      throw GraphError.badRequest(`Invalid filter clause: ${text}`);
    }
    tokens.push(match[1] ?? match[2] ?? match[3]);
  }
  return tokens;
}

const normal = (value: unknown) =>
  typeof value === 'string' ? value.toLowerCase() : value;

/** Recursive descent over the part of OData's grammar that the directory supports. */
class FilterParser {
  advanced = false;
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: string[],
    private readonly properties: ReadonlySet<string>,
  ) {}

  parse(): Predicate {
    const predicate = this.or();
    if (this.position < this.tokens.length) {
      this.fail();
    }
    return predicate;
  }

  private or(): Predicate {
    let left = this.and();
    while (this.accept('or')) {
      const [first, second] = [left, this.and()];
      left = object => first(object) || second(object);
    }
    return left;
  }

  private and(): Predicate {
    let left = this.term();
    while (this.accept('and')) {
      const [first, second] = [left, this.term()];
      left = object => first(object) && second(object);
    }
    return left;
  }

  private term(): Predicate {
    if (this.accept('not')) {
      this.advanced = true;
      const inner = this.term();
      return object => !inner(object);
    }
    if (this.accept('(')) {
      const inner = this.or();
      this.expect(')');
      return inner;
    }
    const name = this.next();
    if (/^(startswith|endswith)$/i.test(name)) {
      return this.stringFunction(name.toLowerCase());
    }
    if (name.endsWith('/any')) {
      return this.any(this.property(name.slice(0, -'/any'.length)));
    }
    return this.comparison(this.property(name));
  }

  private stringFunction(name: string): Predicate {
    this.expect('(');
    const property = this.property(this.next());
    this.expect(',');
    const wanted = String(normal(this.literal()));
    this.expect(')');
    this.advanced ||= name === 'endswith';
    return object => {
      const value = String(normal(object[property] ?? ''));
      return name === 'endswith'
        ? value.endsWith(wanted)
        : value.startsWith(wanted);
    };
  }

  private any(property: string): Predicate {
    this.expect('(');
    const variable = this.next();
    this.expect(':');
    if (this.next() !== variable) {
      this.fail();
    }
    this.expect('eq');
    const wanted = normal(this.literal());
    this.expect(')');
    return object =>
      ((object[property] as unknown[] | undefined) ?? []).some(
        value => normal(value) === wanted,
      );
  }

  private comparison(property: string): Predicate {
    const operator = this.next();
    if (operator === 'in') {
      this.expect('(');
      const values = [normal(this.literal())];
      while (this.accept(',')) {
        values.push(normal(this.literal()));
      }
      this.expect(')');
      return object => values.includes(normal(object[property] ?? null));
    }
    const wanted = normal(this.literal());
    const compare = (test: (order: number) => boolean) => {
      return (object: GraphObject) => {
        const value = normal(object[property] ?? null);
        return (
          typeof value === 'string' &&
          test(value < String(wanted) ? -1 : +(value > String(wanted)))
        );
      };
    };
    switch (operator) {
      case 'eq':
        return object => normal(object[property] ?? null) === wanted;
      case 'ne':
        this.advanced = true;
        return object => normal(object[property] ?? null) !== wanted;
      case 'ge':
        return compare(order => order >= 0);
      case 'le':
        return compare(order => order <= 0);
      default:
        return this.fail();
    }
  }

  private property(name: string): string {
    if (!this.properties.has(name)) {
      throw new GraphError(
        400,
        'BadRequest',
        `Invalid filter clause: Could not find a property named '${name}'.`,
      );
    }
    return name;
  }

  private literal(): unknown {
    const token = this.next();
    if (token.startsWith("'")) {
      return token.slice(1, -1).replace(/''/g, "'");
    }
    const constants: Record<string, unknown> = {
      true: true,
      false: false,
      null: null,
    };
    return token in constants ? constants[token] : token;
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
    throw new GraphError(
      400,
      'BadRequest',
      `Invalid filter clause: Syntax error at token ${this.position} in '${this.text}'.`,
    );
  }
}

/**
 * Compiles a `$filter`. Strings compare without case, as the directory does.
 *
 * @param text - such as `startswith(displayName,'AWS-') and securityEnabled eq true`
 * @param properties - names that may be filtered on
 * @throws GraphError 400 for a clause that is wrong or not supported
 */
export function compileFilter(
  text: string,
  properties: ReadonlySet<string>,
): CompiledFilter {
  const parser = new FilterParser(text, tokenize(text), properties);
  const matches = parser.parse();
  return { matches, advanced: parser.advanced };
}
