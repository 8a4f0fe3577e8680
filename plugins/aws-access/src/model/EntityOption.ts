/** A catalog entity that can be chosen. */
export interface EntityOption {
  entityRef: string;
  title: string;
  description?: string;
}
