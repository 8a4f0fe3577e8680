import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** A person's name; a link where the catalog knows them. */
export function PersonLink(props: {
  person: { entityRef: string | null; displayName: string };
}) {
  const { entityRef, displayName } = props.person;
  return entityRef ? (
    <EntityRefLink underline="always" entityRef={entityRef} defaultKind="user">
      {displayName}
    </EntityRefLink>
  ) : (
    <>{displayName}</>
  );
}
