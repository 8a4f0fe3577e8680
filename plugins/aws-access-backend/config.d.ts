export interface Config {
  /**
   * AWS access for teams.
   */
  awsAccess?: {
    /**
     * AWS organizations with the Entra tenant that feeds them, keyed by an id of
     * lower-case letters, digits and dashes. Everything the plugin stores is
     * keyed by it: do not change it later.
     */
    organizations: {
      [organizationId: string]: {
        /**
         * The name people know it by. Default: the id.
         */
        title?: string;
        /**
         * `off` reads only, which is how an adopter starts; `dry-run` takes
         * requests and says what their approval would have done, and writes
         * nothing; `on` carries out approved requests. Default: off.
         */
        writes?: 'off' | 'dry-run' | 'on';
        /**
         * Start URL of the AWS access portal; links to the console are made
         * from it.
         */
        accessPortalUrl?: string;
        aws: {
          /**
           * Primary region of the IAM Identity Center instance.
           */
          region: string;
          /**
           * Another endpoint for all AWS services; http only on this machine.
           */
          endpoint?: string;
          credentials?: {
            /**
             * `default`: the SDK's default chain. `accessKey`: the two keys
             * below. `assumeRole`: the role below, from the default chain.
             */
            type: 'default' | 'accessKey' | 'assumeRole';
            accessKeyId?: string;
            /**
             * @visibility secret
             */
            secretAccessKey?: string;
            roleArn?: string;
            externalId?: string;
          };
        };
        entra: {
          tenantId: string;
          /**
           * Default: https://graph.microsoft.com; http only on this machine.
           */
          graphUrl?: string;
          /**
           * Object id of the service principal of the enterprise application
           * "AWS IAM Identity Center".
           */
          enterpriseApplicationId: string;
          /**
           * Object id of the service principal that the plugin uses; it is made
           * the owner of every access group.
           */
          servicePrincipalId: string;
          /**
           * `manual`: somebody else assigns access groups to the enterprise
           * application, and requests wait for that; the plugin then needs no
           * right to do it. Default: automatic.
           */
          applicationAssignment?: 'automatic' | 'manual';
          credentials: {
            /**
             * `clientSecret` and `certificate`: of the app registration.
             * `workloadIdentity`: the token that a cluster gives a pod.
             * `managedIdentity`: of the machine on Azure. `accessToken`: for
             * emulators and tests.
             */
            type:
              | 'accessToken'
              | 'clientSecret'
              | 'certificate'
              | 'workloadIdentity'
              | 'managedIdentity';
            /**
             * For `accessToken`: a bearer token; it is never refreshed.
             *
             * @visibility secret
             */
            token?: string;
            /**
             * Application id of the app registration; for `managedIdentity`, that
             * of a user-assigned identity, or nothing.
             */
            clientId?: string;
            /**
             * @visibility secret
             */
            clientSecret?: string;
            /**
             * For `certificate`: absolute path of a PEM file with the certificate
             * and its RSA private key. Read for every new token, so that a new
             * one needs no restart.
             */
            certificatePath?: string;
            /**
             * Where the private key has one.
             *
             * @visibility secret
             */
            certificatePassword?: string;
            /**
             * Where Entra trusts the certificate's issuer and subject.
             * Default: false.
             */
            sendCertificateChain?: boolean;
            /**
             * For `workloadIdentity`: absolute path of the token. Default: what
             * AZURE_FEDERATED_TOKEN_FILE names.
             */
            tokenFilePath?: string;
            /**
             * Login authority of a sovereign cloud, with https.
             */
            authorityHost?: string;
          };
        };
        /**
         * Where facts about accounts come from. They choose approvers, so only
         * sources listed here count.
         */
        accountFacts?: {
          /**
           * Tag with prod, staging, dev or sandbox. Default: environment.
           */
          environmentTag?: string;
          /**
           * Tag with a catalog ref, e.g. user:default/otto. Default: owner.
           */
          ownerTag?: string;
          /**
           * Origin locations of catalog entities whose owner may count as the
           * owner of the account they are annotated with. Default: none.
           */
          trustedCatalogLocations?: string[];
        };
        /**
         * Proposes names of access groups; knows {team}, the name of the team
         * written as WebShop, and {permissionSet}.
         * Default: AWS-{team}-{permissionSet}.
         */
        groupNaming?: string;
        /**
         * How an elevation is made. `direct` assigns the permission set to each
         * person: it starts and ends within seconds. `accessGroup` makes an
         * access group: it ends with the SCIM cycle, up to 40 minutes later.
         * Default: direct.
         */
        elevation?: 'direct' | 'accessGroup';
        /**
         * What no approval can touch. The management account always is.
         */
        protected?: {
          accounts?: string[];
          /**
           * Names or ARNs.
           */
          permissionSets?: string[];
          /**
           * Names or object ids of Entra groups.
           */
          groups?: string[];
        };
        inventory?: {
          /**
           * ISO-8601. Default: PT15M.
           */
          refreshEvery?: string;
          /**
           * Age from which pages call the inventory stale. ISO-8601. Default: PT1H.
           */
          staleAfter?: string;
        };
        limits?: {
          /**
           * Calls a second and AWS service. Default: 18 (AWS allows 20, shared
           * with the console and other tools).
           */
          requestsPerSecond?: number;
          /**
           * Unfinished assignment creations at once. Default: 10 (AWS's limit).
           */
          outstandingAssignments?: number;
          /**
           * Accounts or people that may leave a scope or a team that is kept
           * true, and people with access that may leave Entra, at once before
           * an operator has to say go. Default: 10.
           */
          removalsAtOnce?: number;
          /**
           * Writes in an hour before an operator has to say go. Ends of access
           * wait for `removalsPerHour` alone. Default: 5000.
           */
          writesPerHour?: number;
          /**
           * Removals in an hour before an operator has to say go. Default: 2000.
           */
          removalsPerHour?: number;
        };
      };
    };
    /**
     * Refs of users and groups with a role across all requests. Nobody gets to
     * decide on a request by a role.
     */
    roles?: {
      /**
       * Reads everything.
       */
      admin?: string[];
      /**
       * Reads everything, the audit log included.
       */
      auditor?: string[];
      /**
       * Sees stuck work and retries it.
       */
      operator?: string[];
      /**
       * Reads everything and may take access away at once.
       */
      security?: string[];
    };
    /**
     * Who must agree. Every matching rule applies; their order means nothing.
     */
    policy: {
      /**
       * Who may file requests for whom. Whoever files one decides on nothing of
       * it, as the person does not. Left out: nobody for anybody.
       */
      onBehalfOf?: Array<{
        /**
         * Refs of users and groups, or teamLeads: the leads of a team for the
         * people in it.
         */
        filers: string[];
        /**
         * Refs of users and groups. Left out: everybody; for teamLeads, the
         * people in their teams.
         */
        for?: string[];
      }>;
      /**
       * Asked for everywhere, except where a rule with autoApprove definitely
       * matches. Without it, what no rule definitely asks for is denied.
       */
      defaultStage?: {
        name: string;
        /**
         * accountOwner, systemOwner, teamOwner, manager, refs of users and
         * groups, or resolver:name for what a module finds.
         */
        approvers: string[];
        /**
         * How many must approve. Default: 1.
         */
        count?: number;
        /**
         * 1 to 9. Stages of the same number are asked together, later ones when
         * all before them are full. Default: 1.
         */
        order?: number;
        /**
         * Who may decide as well once a plan has waited for `after` (ISO-8601).
         * Nobody is taken out of the stage, and time never approves.
         */
        alternates?: { approvers: string[]; after: string };
      };
      /**
       * Asked instead of the default stage for what touches no account, such as
       * a permission set that is not assigned. Name people or groups: there is no
       * account owner. Default: the default stage.
       */
      defaultStageWithoutAccounts?: {
        name: string;
        approvers: string[];
        count?: number;
        order?: number;
        alternates?: { approvers: string[]; after: string };
      };
      rules?: Array<{
        name: string;
        /**
         * All that are given must match; a fact that is not known matches every
         * rule but those with autoApprove.
         */
        match?: {
          environments?: Array<
            'prod' | 'staging' | 'dev' | 'sandbox' | 'unknown'
          >;
          accessLevels?: Array<
            'admin' | 'power' | 'write' | 'read' | 'billing' | 'custom'
          >;
          accounts?: string[];
          /**
           * Ids of organizational units, or names from below the root, such as
           * Workloads/Production. Units inside count.
           */
          organizationalUnits?: string[];
          /**
           * Tags of the account: RE2 patterns that must match the whole value.
           * An account without the tag may match.
           */
          tags?: { [key: string]: string[] };
          /**
           * RE2 patterns that must match the whole name.
           */
          permissionSets?: string[];
          /**
           * Teams that requests are for.
           */
          teams?: string[];
          temporary?: boolean;
          /**
           * Kinds of change, such as accessGroup or assignment.
           */
          changes?: string[];
          /**
           * Something acted for the person, such as a template or an assistant.
           */
          filedByActor?: boolean;
          /**
           * At least one finding of this severity or a worse one; not in rules
           * with autoApprove.
           */
          findingsFrom?: 'info' | 'low' | 'medium' | 'high';
          /**
           * No finding worse than this; only in rules that do nothing but
           * autoApprove.
           */
          findingsUpTo?: 'info' | 'low' | 'medium' | 'high';
        };
        require?: Array<{
          name: string;
          approvers: string[];
          count?: number;
          order?: number;
          alternates?: { approvers: string[]; after: string };
        }>;
        /**
         * ISO-8601; standing access exceeds every maximum.
         */
        maxDuration?: string;
        /**
         * ISO-8601: the longest that the same access may last with everything
         * that prolongs it. Default: maxDuration.
         */
        maxTotal?: string;
        /**
         * What the justification must contain.
         */
        justification?: {
          /**
           * RE2; found anywhere in the text.
           */
          pattern: string;
          /**
           * What the requester is told to write.
           */
          hint: string;
        };
        /**
         * `required`, or what the ticket must look like: an RE2 pattern for the
         * whole of it, and what the requester is told.
         */
        ticket?: 'required' | { pattern: string; hint: string };
        /**
         * Denies, with this message to the requester.
         */
        deny?: string;
        /**
         * Replaces the default stage where this rule definitely matches.
         */
        autoApprove?: true;
      }>;
    };
    /**
     * Where people come from.
     */
    people?: {
      /**
       * Origin locations of the Users and Groups that count as people and
       * teams; a star at the end stands for anything, so that `msgraph:*` is
       * everybody from Entra. Whoever can register a User or a Group elsewhere
       * is then nobody here. Needed for real clouds; on this machine the
       * default is what the catalog's own rules let in.
       */
      trustedCatalogLocations?: string[];
      /**
       * Where a catalog user names who answers for them: an annotation with refs
       * of users, or a relation. Needed by the approver `manager`.
       */
      manager?: { annotation: string } | { relation: string };
    };
    requests?: {
      /**
       * ISO-8601. Default: P14D.
       */
      lapsePendingAfter?: string;
      /**
       * How long an approval stays good for a start. ISO-8601. Default: P1D.
       */
      lapseApprovedAfter?: string;
      /**
       * After how long its approvers and requester are reminded of a pending
       * request, once. ISO-8601. Default: P1D.
       */
      remindAfter?: string;
      /**
       * How long before the end of access its holders are warned, but never
       * before its last quarter. ISO-8601. Default: P1D.
       */
      warnBeforeEnd?: string;
      /**
       * Default: 20.
       */
      maxOpenPerPerson?: number;
      /**
       * Plans that one replica works out for one person in a minute. Default: 60.
       */
      previewsPerMinute?: number;
      /**
       * Comments a person may write in a minute. Default: 20.
       */
      commentsPerMinute?: number;
      /**
       * Filings a person may make in a minute that the policy denies: they do not
       * count as open requests. Default: 20.
       */
      denialsPerMinute?: number;
    };
    /**
     * A secret of at least 32 bytes, kept outside the database, that seals
     * decisions, authorizations and ends of access, so that writing to the
     * database is not access. A list: the first one seals, all of them verify.
     * Default: no seals.
     * @deepVisibility secret
     */
    integrityKey?: string | string[];
    followUps?: {
      /**
       * Refs of templates that a request may name to be started, once, when its
       * access is usable. The scaffolder starts them with the rights of this
       * plugin, so list only what may run without a person. Default: none.
       */
      templates?: string[];
    };
    templates?: {
      /**
       * How long a direct template action waits, at most, for an approved
       * request to be carried out; 0 to 120. Default: 30.
       */
      waitSeconds?: number;
    };
    worker?: {
      /**
       * Seconds between two looks for work. Default: 5.
       */
      pollSeconds?: number;
      /**
       * Seconds that a replica's claim on an organization lasts unless renewed.
       * Default: 60.
       */
      claimSeconds?: number;
    };
  };
}
