import type { ApiHolder } from '@backstage/frontend-plugin-api';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import { BgProvider } from '@backstage/ui';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { ComponentType } from 'react';
import { AwsAccessQueryProvider } from '../hooks/AwsAccessQueryProvider';
import type { Texts } from '../hooks/useTexts';
import { awsAccessTranslationRef } from '../translation';

/**
 * The field's title and description as the template's author wrote them; where
 * they wrote none, the picker's own words stay.
 */
export function getPickerProps(
  props: FieldExtensionComponentProps<any, unknown>,
) {
  const { schema, uiSchema, required, disabled, readonly } = props;
  return {
    label: uiSchema['ui:title'] ?? schema.title,
    description: uiSchema['ui:description'] ?? schema.description,
    isRequired: required,
    isDisabled: disabled || readonly,
  };
}

/** What the other fields of the form hold, all pages together. */
export function getFormData(
  props: FieldExtensionComponentProps<any, unknown>,
): Record<string, unknown> {
  return props.formContext?.formData ?? {};
}

/**
 * The scaffolder's page knows nothing of our queries, nor do its surfaces tell
 * what they are; each field brings the one and says the other, or its controls
 * would have the colour of the paper they are on.
 */
export function withQueries<Props extends object>(Field: ComponentType<Props>) {
  return function FieldWithQueries(props: Props) {
    return (
      <AwsAccessQueryProvider>
        <BgProvider bg="neutral-1">
          <Field {...props} />
        </BgProvider>
      </AwsAccessQueryProvider>
    );
  };
}

/**
 * The plugin's texts where no hook can run: in a validation.
 *
 * @throws Error while another language is still being loaded; the form shows it
 *   at the field
 */
export function getTexts(apiHolder: ApiHolder): Texts {
  const snapshot = apiHolder
    .get(translationApiRef)
    ?.getTranslation(awsAccessTranslationRef);
  if (!snapshot?.ready) {
    throw new Error('The texts of this field are still loading. Try again.');
  }
  return snapshot.t;
}
