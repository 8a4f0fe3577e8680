import {
  FieldLabel,
  NumberField,
  Select,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  ACCESS_MINUTES,
  STANDING_ACCESS,
} from 'backstage-plugin-aws-access-common';
import { useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import {
  DURATION_PRESETS,
  DURATION_UNITS,
  DurationUnit,
  fromIsoDuration,
  isTooLong,
  LongestDuration,
  nearestAllowed,
  toIsoDuration,
  withLongest,
} from '../../model/durationChoice';
import { formatDuration, formatIsoDuration } from '../../model/formatDuration';
import classes from './DurationPicker.module.css';
import { PickerFrame, PickerState } from './PickerFrame';

const CUSTOM = 'custom';

/** Chooses how long access lasts: a preset, another length, or no end. */
export function DurationPicker(
  props: PickerState & {
    /** ISO-8601; null = standing; undefined = not chosen, or out of bounds. */
    value: string | null | undefined;
    onChange: (value: string | null | undefined) => void;
    /** ISO-8601 durations offered instead of the usual ones. */
    presets?: readonly string[];
    /** False: access without an end is not offered. */
    allowStanding?: boolean;
    /** The longest that the policy allows for what is chosen, once it is known. */
    longest?: LongestDuration;
    /** True: the time runs from now, and not from when access is set up. */
    fromNow?: boolean;
  },
) {
  const t = useTexts();
  const labelId = useId();
  const limitId = useId();
  const { value, longest, allowStanding = true } = props;
  const presets = withLongest(props.presets ?? DURATION_PRESETS, longest);
  const [wantsCustom, setWantsCustom] = useState(false);
  // Other presets may come with another choice, and leave the value as it is.
  const isCustom =
    wantsCustom || (typeof value === 'string' && !presets.includes(value));
  const preset = value === null ? STANDING_ACCESS : value;
  const selected = isCustom ? CUSTOM : preset;

  const wasChosen = useRef(false);
  const { onChange } = props;
  const better =
    longest && value !== undefined && isTooLong(value, longest)
      ? nearestAllowed(presets, longest)
      : undefined;
  useEffect(() => {
    // What nobody chose should not be what the policy refuses.
    if (!wasChosen.current && better) onChange(better);
  }, [better, onChange]);

  const choose = (key: string) => {
    wasChosen.current = true;
    setWantsCustom(key === CUSTOM);
    if (key === CUSTOM) props.onChange(value ?? 'PT2H');
    else props.onChange(key === STANDING_ACCESS ? null : key);
  };

  return (
    <PickerFrame {...props} hasItems>
      <FieldLabel
        id={labelId}
        label={props.label ?? t('picker.duration.label')}
        description={props.description ?? t('picker.duration.description')}
      />
      <ToggleButtonGroup
        className={classes.presets}
        aria-labelledby={labelId}
        selectionMode="single"
        disallowEmptySelection
        isDisabled={props.isDisabled}
        selectedKeys={selected ? [selected] : []}
        onSelectionChange={keys => choose(String([...keys][0]))}
      >
        {presets.map(length => (
          <ToggleButton
            key={length}
            id={length}
            isDisabled={isTooLong(length, longest)}
            aria-describedby={longest && limitId}
          >
            {formatIsoDuration(length)}
          </ToggleButton>
        ))}
        <ToggleButton id={CUSTOM}>{t('picker.duration.custom')}</ToggleButton>
        {allowStanding ? (
          <ToggleButton
            id={STANDING_ACCESS}
            isDisabled={longest !== undefined}
            aria-describedby={longest && limitId}
          >
            {t('picker.duration.standing')}
          </ToggleButton>
        ) : null}
      </ToggleButtonGroup>
      {isCustom && (
        <CustomDuration
          value={value ?? undefined}
          onChange={changed => {
            wasChosen.current = true;
            props.onChange(changed);
          }}
          isDisabled={props.isDisabled}
        />
      )}
      <Text variant="body-small" color="secondary" aria-live="polite">
        {describe()}
      </Text>
      {longest && (
        <Text id={limitId} variant="body-small" color="secondary">
          {describeLimit(longest)}
        </Text>
      )}
    </PickerFrame>
  );

  function describeLimit({ seconds, because }: LongestDuration) {
    const rules = because.join(', ');
    return seconds === 0
      ? t('picker.duration.usedUp', { rules })
      : t('picker.duration.longest', {
          duration: formatDuration(seconds * 1000),
          rules,
        });
  }

  function describe() {
    if (value === null) return t('picker.duration.standingHint');
    if (value) {
      const duration = formatIsoDuration(value);
      return props.fromNow
        ? t('picker.duration.endsFromNow', { duration })
        : t('picker.duration.endsAbout', { duration });
    }
    if (!isCustom) return '';
    const most = ACCESS_MINUTES.most * 60;
    return t('picker.duration.outOfRange', {
      least: formatDuration(ACCESS_MINUTES.least * 60_000),
      most: formatDuration(Math.min(most, longest?.seconds ?? most) * 1000),
    });
  }
}

function CustomDuration(props: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  isDisabled?: boolean;
}) {
  const t = useTexts();
  // Kept here as well: an amount out of bounds has no ISO value to come back.
  const [choice, setChoice] = useState(() =>
    fromIsoDuration(props.value ?? 'PT2H'),
  );
  const change = (next: typeof choice) => {
    setChoice(next);
    props.onChange(toIsoDuration(next.amount, next.unit));
  };
  return (
    <div className={classes.custom}>
      <NumberField
        label={t('picker.duration.amount')}
        value={choice.amount}
        minValue={1}
        isDisabled={props.isDisabled}
        onChange={amount => change({ ...choice, amount })}
      />
      <Select
        selectionMode="single"
        label={t('picker.duration.unit')}
        isDisabled={props.isDisabled}
        options={DURATION_UNITS.map(unit => ({
          id: unit,
          label: t(`picker.duration.${unit}`),
        }))}
        value={choice.unit}
        onChange={unit => change({ ...choice, unit: unit as DurationUnit })}
      />
    </div>
  );
}
