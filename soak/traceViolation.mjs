/** How leases and intents name the objects that violations name, see findViolations. */
const KEYS = [
  [/permission set (arn:[^\s)]+)/, arn => [`permissionSet/${arn}`]],
  [
    /assignment (\d{12}) (arn:\S+) ([^\s)]+)/,
    (...of) => [`assignment/${of.join('/')}`, `userAssignment/${of.join('/')}`],
  ],
  [/member (\S+) ([^\s)]+)/, (...of) => [`membership/${of.join('/')}`]],
  [/application ([^\s)]+)/, group => [`application/${group}`]],
  [/group ([0-9a-f-]{36})/, group => [`group/${group}`]],
];

/**
 * What is known of the object that a violation names, so that the report tells its
 * cause: what the database has of it and of the requests that had to do with it,
 * by time, then what AWS's own trail says of it.
 *
 * @param violation - the sentence
 * @param sources - `database`, `trail` (events of CloudTrail, oldest first), and
 *   `after` (both clouds, see Clouds)
 * @returns lines; none for what names no object
 */
export async function traceViolation(violation, { database, trail, after }) {
  const [pattern, keysOf] = KEYS.find(([one]) => one.test(violation)) ?? [];
  if (!pattern) return [];
  const [, ...ids] = pattern.exec(violation);
  const history = await database.listHistory(keysOf(...ids));
  const set = after.permissionSets.find(({ arn }) => ids[0] === arn);
  const isOfIt = ({ CloudTrailEvent: text }) =>
    ids.every(id => text.includes(id)) ||
    (set && text.includes(`"${set.name}"`));
  return [
    ...history
      .sort((one, other) => (one.at < other.at ? -1 : 1))
      .map(({ at, text }) => `${at}  ${text}`),
    ...trail
      .filter(isOfIt)
      .map(({ CloudTrailEvent }) => describe(JSON.parse(CloudTrailEvent))),
  ];
}

function describe(event) {
  const { eventTime, eventName, errorCode, errorMessage } = event;
  return `${eventTime}  CloudTrail, by the sandbox's clock: ${eventName} ${
    errorCode ? `${errorCode} (${errorMessage})` : 'succeeded'
  } ${JSON.stringify(event.requestParameters)}`;
}
