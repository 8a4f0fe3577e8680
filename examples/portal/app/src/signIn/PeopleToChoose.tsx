import {
  Avatar,
  Card,
  CardBody,
  Container,
  Flex,
  Grid,
  Text,
} from '@backstage/ui';
import { ParcelMark } from '../navigation/ParcelMark';
import { DemoPerson } from './readDemoPeople';

export function PeopleToChoose(props: {
  people: DemoPerson[];
  onChoose: (person: DemoPerson) => void;
}) {
  return (
    <Container>
      <Flex direction="column" gap="6" my="8">
        <Flex align="center" gap="4">
          <ParcelMark size={48} />
          <Flex direction="column" gap="1">
            <Text as="h1" variant="title-medium" weight="bold">
              Example Parcel portal
            </Text>
            <Text color="secondary">
              Whom do you want to be? There are no passwords here, and each
              browser tab can be somebody else.
            </Text>
          </Flex>
        </Flex>
        <Grid.Root columns={{ initial: '1', sm: '2', md: '3' }} gap="4">
          {props.people.map(person => (
            <Card
              key={person.entityRef}
              label={`Sign in as ${person.name}`}
              onPress={() => props.onChoose(person)}
            >
              <CardBody>
                <Flex align="start" gap="3">
                  <Avatar src="" name={person.name} purpose="decoration" />
                  <Flex direction="column" gap="1">
                    <Text as="h2" variant="title-x-small" weight="bold">
                      {person.name}
                    </Text>
                    <Text color="secondary">{person.about}</Text>
                  </Flex>
                </Flex>
              </CardBody>
            </Card>
          ))}
        </Grid.Root>
      </Flex>
    </Container>
  );
}
