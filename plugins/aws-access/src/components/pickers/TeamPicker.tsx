import { EntityOption } from '../../model/EntityOption';
import { SingleChoice, SingleChoiceState } from './SingleChoice';

/** Chooses one team, a catalog Group, by entity ref. */
export function TeamPicker(props: SingleChoiceState<EntityOption>) {
  return (
    <SingleChoice
      {...props}
      name="team"
      options={props.items.map(team => ({
        id: team.entityRef,
        label: team.title,
        description: team.description ?? team.entityRef,
      }))}
    />
  );
}
