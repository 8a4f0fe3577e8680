import {
  RiCheckLine,
  RiCloseLine,
  RiErrorWarningLine,
  RiHourglassLine,
  RiLoader4Line,
  RiStopLine,
} from '@remixicon/react';
import { RequestState } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { STATE_TONES } from '../../model/requestStates';
import { Tone } from '../../model/Tone';
import { Chip } from './Chip';

const ICONS: Record<Tone, typeof RiCheckLine> = {
  success: RiCheckLine,
  danger: RiCloseLine,
  warning: RiHourglassLine,
  info: RiLoader4Line,
  neutral: RiStopLine,
};

/** The state of a request: icon, word and colour. */
export function StateChip(props: {
  state: RequestState;
  /** It took away or changed something: its end is that it is done. */
  isDone?: boolean;
  /** Something keeps it from going on. */
  isHeld?: boolean;
}) {
  const t = useTexts();
  const isDone = props.isDone && props.state === 'ended';
  const tone = toneOf();
  const Icon = props.state === 'stuck' ? RiErrorWarningLine : ICONS[tone];
  return (
    <Chip tone={tone} icon={<Icon />}>
      {t(`request.state.${isDone ? 'done' : props.state}`)}
    </Chip>
  );

  function toneOf(): Tone {
    if (isDone) return 'success';
    return props.isHeld ? 'warning' : STATE_TONES[props.state];
  }
}
