import { RequestChoices } from '../../hooks/useRequestChoices';
import { FormField } from '../../model/locateProblem';
import { Wish } from '../../model/wishes';

/** What the fields of every kind of wish are given. */
export interface WishFieldsProps {
  wish: Wish;
  /** All wishes of the request: they may refer to each other. */
  wishes: readonly Wish[];
  choices: RequestChoices;
  /** False while there is no team to choose people of. */
  hasTeam: boolean;
  /** Somebody else is the requester, and "myself" would mislead. */
  isOnBehalf: boolean;
  /** The whole request is previewed beside the form. */
  isPreviewed: boolean;
  onChange: (changed: Partial<Wish>) => void;
  /** What is wrong with a field of this wish. */
  errorAt: (field: FormField) => string | undefined;
}
