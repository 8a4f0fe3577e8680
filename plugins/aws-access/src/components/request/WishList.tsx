import { Button, Flex, Text } from '@backstage/ui';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import { useEffect, useRef } from 'react';
import { RequestChoices } from '../../hooks/useRequestChoices';
import { RequestForm } from '../../hooks/useRequestForm';
import { useTexts } from '../../hooks/useTexts';
import { FormField } from '../../model/locateProblem';
import classes from './RequestForm.module.css';
import { WishFields } from './WishFields';

/** A request carries at most this many changes; a wish may be two. */
const MOST_WISHES = 25;

/** Everything that a request asks for; a single wish looks like no list. */
export function WishList(props: {
  form: RequestForm;
  choices: RequestChoices;
  errorAt: (field: FormField, wish: number) => string | undefined;
}) {
  const t = useTexts();
  const { form, choices } = props;
  const { wishes, team } = form.values;
  const last = useRef<HTMLFieldSetElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const count = useRef(wishes.length);
  useEffect(() => {
    // What was pressed may be gone, and what is new should be next.
    if (wishes.length > count.current) last.current?.focus();
    if (wishes.length < count.current) add.current?.focus();
    count.current = wishes.length;
  }, [wishes.length]);

  const fieldsOf = (index: number) => (
    <WishFields
      wish={wishes[index]}
      wishes={wishes}
      choices={choices}
      hasTeam={team !== undefined}
      isOnBehalf={form.values.onBehalfOf !== undefined}
      isPreviewed={form.previewInput !== undefined}
      onChange={changed => form.changeWish(wishes[index].id, changed)}
      errorAt={field => props.errorAt(field, index)}
    />
  );
  return (
    <>
      {wishes.length === 1
        ? fieldsOf(0)
        : wishes.map((wish, index) => (
            <fieldset
              key={wish.id}
              ref={index === wishes.length - 1 ? last : undefined}
              tabIndex={-1}
              className={classes.wish}
              aria-label={t('request.form.change', {
                number: String(index + 1),
              })}
            >
              <Flex justify="between" align="center">
                <Text as="h3" weight="bold">
                  {t('request.form.change', { number: String(index + 1) })}
                </Text>
                <Button
                  size="small"
                  variant="tertiary"
                  iconStart={<RiDeleteBinLine aria-hidden="true" />}
                  aria-label={t('request.form.removeChangeOf', {
                    number: String(index + 1),
                  })}
                  onPress={() => form.removeWish(wish.id)}
                >
                  {t('request.form.removeChange')}
                </Button>
              </Flex>
              {fieldsOf(index)}
            </fieldset>
          ))}
      <Flex>
        <Button
          ref={add}
          size="small"
          variant="secondary"
          iconStart={<RiAddLine aria-hidden="true" />}
          isDisabled={wishes.length >= MOST_WISHES}
          onPress={form.addWish}
        >
          {t('request.form.addChange')}
        </Button>
      </Flex>
    </>
  );
}
