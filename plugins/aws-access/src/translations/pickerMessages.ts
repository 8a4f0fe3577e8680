/** Texts of the pickers that the request form and the template fields share. */
export const pickerMessages = {
  account: {
    label: 'Accounts',
    description: 'The AWS accounts to reach',
    placeholder: 'Choose accounts',
    search: 'Search by name, id or organizational unit',
    empty: 'No AWS account is known yet. The inventory may not have been read.',
    protected: 'protected, cannot be asked for',
    chosen: 'Chosen accounts',
    unknown: 'not in the inventory',
  },
  permissionSet: {
    label: 'Permission set',
    description: 'What people may do there',
    placeholder: 'Choose a permission set',
    search: 'Search permission sets',
    empty:
      'No permission set is known yet. The inventory may not have been read.',
    session: 'sessions of {{duration}}',
  },
  team: {
    label: 'Team',
    description: 'The team that answers for this access',
    placeholder: 'Choose a team',
    search: 'Search teams',
    empty: 'You are in no team of the catalog.',
  },
  people: {
    label: 'People',
    description: 'Members of the team who get the access',
    placeholder: 'Choose people',
    search: 'Search people',
    empty: 'The catalog knows no member of this team.',
    chosen: 'Chosen people',
  },
  duration: {
    label: 'How long',
    description: 'The access is taken away by itself when the time is over',
    custom: 'Other',
    standing: 'Standing',
    standingHint: 'No end. It stays until somebody gives it back.',
    amount: 'Amount',
    unit: 'Unit',
    minutes: 'minutes',
    hours: 'hours',
    days: 'days',
    endsAbout: 'Ends {{duration}} after the setting up starts.',
    outOfRange: 'Choose between 15 minutes and 366 days.',
  },
  loading: 'Loading',
  loadFailed:
    'The choices could not be loaded: {{message}} Nothing was changed; reload the page to try again.',
} as const;
