import { Tag, TagGroup } from '@backstage/ui';

/** What was chosen in a picker for several, each with a way to take it back. */
export function ChosenTags(props: {
  label: string;
  items: Array<{ id: string; text: string }>;
  isDisabled?: boolean;
  onRemove: (ids: string[]) => void;
}) {
  if (props.items.length === 0) return null;
  return (
    <TagGroup
      aria-label={props.label}
      items={props.items}
      onRemove={
        props.isDisabled
          ? undefined
          : keys => props.onRemove([...keys].map(String))
      }
    >
      {item => (
        <Tag id={item.id} textValue={item.text}>
          {item.text}
        </Tag>
      )}
    </TagGroup>
  );
}
