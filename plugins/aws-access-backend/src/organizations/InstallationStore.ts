/** Which installation of the product this database belongs to. */
export interface InstallationStore {
  /** A random id, made at the first call and the same ever after. */
  getId(): Promise<string>;
}
