import { EntityOption } from '../../model/EntityOption';
import { SingleChoice, SingleChoiceState } from './SingleChoice';

/** Chooses one person of the catalog, by entity ref. */
export function PersonPicker(props: SingleChoiceState<EntityOption>) {
  return (
    <SingleChoice
      {...props}
      name="person"
      options={props.items.map(person => ({
        id: person.entityRef,
        label: person.title,
        description: person.description,
      }))}
    />
  );
}
