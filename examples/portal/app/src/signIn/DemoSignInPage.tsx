import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { useState } from 'react';
import {
  forgetChosenPerson,
  readChosenPerson,
  rememberChosenPerson,
} from './chosenPerson';
import { PeopleToChoose } from './PeopleToChoose';
import { readDemoPeople } from './readDemoPeople';
import { SigningIn } from './SigningIn';

/** Lists the people of the example company; a click is the whole sign-in. */
export function DemoSignInPage({ onSignInSuccess }: SignInPageProps) {
  const people = readDemoPeople(useApi(configApiRef));
  const [chosen, setChosen] = useState(readChosenPerson);
  const person = people.find(({ entityRef }) => entityRef === chosen);

  if (person) {
    return (
      <SigningIn
        person={person}
        onSignInSuccess={onSignInSuccess}
        onCancel={() => {
          forgetChosenPerson();
          setChosen(undefined);
        }}
      />
    );
  }
  return (
    <PeopleToChoose
      people={people}
      onChoose={({ entityRef }) => {
        rememberChosenPerson(entityRef);
        setChosen(entityRef);
      }}
    />
  );
}
