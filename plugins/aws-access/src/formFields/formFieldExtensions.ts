import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

/**
 * The template fields of the plugin, for `ui:field` in a software template.
 * They attach to the scaffolder where there is one.
 */
export const formFieldExtensions = [
  FormFieldBlueprint.make({
    name: 'team-picker',
    params: {
      field: async () =>
        createFormField((await import('./teamField')).teamField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'people-picker',
    params: {
      field: async () =>
        createFormField((await import('./peopleField')).peopleField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'account-picker',
    params: {
      field: async () =>
        createFormField((await import('./accountField')).accountField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'permission-set-picker',
    params: {
      field: async () =>
        createFormField(
          (await import('./permissionSetField')).permissionSetField,
        ),
    },
  }),
  FormFieldBlueprint.make({
    name: 'access-group-picker',
    params: {
      field: async () =>
        createFormField((await import('./accessGroupField')).accessGroupField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'policy-editor',
    params: {
      field: async () =>
        createFormField((await import('./policyField')).policyField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'duration-picker',
    params: {
      field: async () =>
        createFormField((await import('./durationField')).durationField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'preview',
    params: {
      field: async () =>
        createFormField((await import('./previewField')).previewField),
    },
  }),
];
