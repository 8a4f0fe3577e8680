import type {
  SandboxWeather,
  WeatherEvent,
  WeatherPresetName,
} from '../weather';
import type { WeatherFault, WeatherRule } from '../weather/WeatherDocument';
import { html, Html } from './html';
import { layout, pageTime, table } from './layout';

/** Faults that are shown; the admin endpoint has a thousand. */
const MAXIMUM_FAULTS = 100;

const presets: [WeatherPresetName, string, string][] = [
  ['calm', 'Calm', 'off: only what the clouds do by themselves'],
  [
    'ordinary-tuesday',
    'Ordinary Tuesday',
    'slow at times, others use the shared rate, an answer is lost now and then',
  ],
  ['storm', 'Storm', 'all of it at once and often, with failing operations'],
];

/** The members of a fault besides its type, as they are written in a weather. */
function faultText({ type, ...members }: WeatherFault): string {
  const settings = Object.entries(members).map(
    ([name, value]) => `${name} ${value ?? 'none'}`,
  );
  return [type, ...settings].join(', ');
}

const matchText = ({ match }: WeatherRule) =>
  [match.cloud, match.service, match.operation, match.access]
    .filter(Boolean)
    .join(', ') || 'everything';

function timesText({ probability, skip, count }: WeatherRule): string {
  const share =
    probability === 1
      ? 'always'
      : `${(probability * 100).toLocaleString('en')} % of the time`;
  return [
    share,
    skip > 0 && `after ${skip}`,
    count !== undefined && `at most ${count} times`,
  ]
    .filter(Boolean)
    .join(', ');
}

function presetForm(current: string): Html {
  return html`<form method="post" action="/sandbox/weather" class="choice">
    <fieldset>
      <legend>Weather</legend>
      ${presets.map(
        ([name, title, about]) =>
          html`<label
            ><input
              type="radio"
              name="preset"
              value="${name}"
              ${name === current ? html`checked` : ''}
              required
            /><span><b>${title}</b>, ${about}</span></label
          >`,
      )}
    </fieldset>
    <button>Change the weather</button>
  </form>`;
}

function ownForm(text: string): Html {
  return html`<form method="post" action="/sandbox/weather" class="choice">
    <label
      >A weather of your own, as JSON<textarea
        name="document"
        rows="12"
        spellcheck="false"
      >
${['\n', text]}</textarea
      >
    </label>
    <button>Use this weather</button>
  </form>`;
}

const rules = (list: readonly WeatherRule[]) =>
  table(
    ['Rule', 'Meets', 'Fault', 'Strikes'],
    list.map((rule, index) => [
      rule.name ?? String(index + 1),
      matchText(rule),
      faultText(rule.fault),
      timesText(rule),
    ]),
    'No rule is in force: nothing fails that would not fail by itself.',
  );

const faults = (events: readonly WeatherEvent[]) =>
  table(
    ['When', 'Rule', 'Fault', 'Service', 'Operation'],
    events
      .slice(-MAXIMUM_FAULTS)
      .reverse()
      .map(event => [
        pageTime(event.at),
        event.rule,
        event.fault,
        event.service,
        html`<code>${event.operation}</code>`,
      ]),
    'Nothing has failed in this weather.',
  );

/**
 * The weather in force, its rules and the last faults, and the ways to change it.
 *
 * @param refused - a weather that a person wrote and that is none, with the reason
 */
export function weatherPage(
  weather: SandboxWeather,
  refused?: { text: string; reason: string },
): string {
  const document = weather.document();
  const limits = Object.entries(weather.limits());
  return layout(
    'Weather',
    '/sandbox/weather',
    html`<p>
        The weather is <b>${document.name}</b>. The same seed (${document.seed})
        and the same requests meet the same faults.
      </p>
      ${refused
        ? html`<p role="alert" class="bad">
            The weather has not changed. ${refused.reason}
          </p>`
        : ''}
      ${presetForm(document.name)}
      <h2>Rules</h2>
      ${rules(document.rules)}
      <h2>Last faults</h2>
      ${faults(weather.events())}
      <h2>Quotas</h2>
      ${table(['Quota', 'Value'], limits, '')}
      <h2>Change it in detail</h2>
      ${ownForm(refused?.text ?? JSON.stringify(document, null, 2))}`,
  );
}
