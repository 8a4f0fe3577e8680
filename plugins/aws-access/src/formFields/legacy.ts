import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { accessGroupField } from './accessGroupField';
import { accountField } from './accountField';
import { durationField } from './durationField';
import { peopleField } from './peopleField';
import { permissionSetField } from './permissionSetField';
import { policyField } from './policyField';
import { previewField } from './previewField';
import { teamField } from './teamField';

// The same fields for the legacy frontend system, where the plugin provides
// them and a portal puts them between <ScaffolderFieldExtensions>.

/** `AwsAccessTeamPicker`. */
export const teamFieldExtension = createScaffolderFieldExtension({
  ...teamField,
  schema: teamField.schema.schema,
});

/** `AwsAccessPeoplePicker`. */
export const peopleFieldExtension = createScaffolderFieldExtension({
  ...peopleField,
  schema: peopleField.schema.schema,
});

/** `AwsAccessAccountPicker`. */
export const accountFieldExtension = createScaffolderFieldExtension({
  ...accountField,
  schema: accountField.schema.schema,
});

/** `AwsAccessPermissionSetPicker`. */
export const permissionSetFieldExtension = createScaffolderFieldExtension({
  ...permissionSetField,
  schema: permissionSetField.schema.schema,
});

/** `AwsAccessGroupPicker`. */
export const accessGroupFieldExtension = createScaffolderFieldExtension({
  ...accessGroupField,
  schema: accessGroupField.schema.schema,
});

/** `AwsAccessPolicyEditor`. */
export const policyFieldExtension = createScaffolderFieldExtension({
  ...policyField,
  schema: policyField.schema.schema,
});

/** `AwsAccessDurationPicker`. */
export const durationFieldExtension = createScaffolderFieldExtension({
  ...durationField,
  schema: durationField.schema.schema,
});

/** `AwsAccessPreview`. */
export const previewFieldExtension = createScaffolderFieldExtension({
  ...previewField,
  schema: previewField.schema.schema,
});
