/** An object as it is answered, with the `seq` that orders it, which is not. */
export type GraphObject = Record<string, unknown>;

/** How one type of object is answered and asked for. */
export type GraphType = {
  /** As in `microsoft.graph.group`. */
  name: string;
  /** Every property that may be selected and filtered on. */
  properties: readonly string[];
  /** What is answered without `$select`; all properties where absent. */
  defaults?: readonly string[];
  /** Properties that are empty lists, never null, where nothing is stored. */
  collections?: readonly string[];
  /**
   * Whether the type lives in the directory, whose advanced queries
   * (`not`, `ne`, `endswith`, `$search`, `$orderby` with `$filter`) need `ConsistencyLevel: eventual` and `$count=true`.
   */
  directory?: boolean;
  /** The largest `$top`; 999 in the directory. */
  maximumPage?: number;
  /** How many objects come without `$top`. */
  defaultPage?: number;
  /** The types of a mixed collection by `@odata.type`; each object has the properties of its own only. */
  kinds?: Readonly<Record<string, GraphType>>;
};
