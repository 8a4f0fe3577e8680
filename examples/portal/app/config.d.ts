export interface Config {
  auth?: {
    providers?: {
      /** The demo sign-in of the example portal; refused outside development. */
      demo?: {
        /**
         * Who may sign in, without a password.
         * @deepVisibility frontend
         */
        people: Array<{
          /** The person's full ref in the catalog, such as `user:default/ana`. */
          entityRef: string;
          /** As shown on the sign-in page. */
          name: string;
          /** One sentence about what this person is there to show. */
          about: string;
        }>;
      };
    };
  };
}
