import { formatApplicationNumber } from '../../accounts/organisations/application.ts';
import type { Representations } from '../../accounts/organisations/list-representations.ts';
import type { OrganisationsModel, OrganisationState } from './organisations.views.ts';

type Held = Representations['organisations'][number];

/** The holder's organisations and applications as their page shows them. */
export function organisationsModel(
  { organisations, applications }: Representations,
  now: Date,
): Pick<OrganisationsModel, 'organisations' | 'applications'> {
  return {
    organisations: organisations.map((one) => {
      const { name, taxNumber } = one.record.reveal();
      const granted = applications.find(
        ({ state, detail }) => state === 'granted' && detail.reveal().organisation.taxNumber === taxNumber,
      );
      return {
        name,
        taxNumber,
        state: stateOf(one, now),
        grounds: one.state === 'ended' ? [] : [...new Set(one.grounds)],
        ...(one.activateBy && { activateBy: one.activateBy }),
        ...(granted && { number: formatApplicationNumber(granted.number) }),
      };
    }),
    applications: applications
      .filter(({ state }) => state !== 'granted')
      .map((one) => {
        const { organisation, applicantName, refusal } = one.detail.reveal();
        const { applicationId, state, madeAt, agreed, asked, waitsForYou } = one;
        const { name, taxNumber } = organisation;
        return {
          applicationId,
          state,
          madeAt,
          agreed,
          asked,
          waitsForYou,
          name,
          taxNumber,
          applicantName,
          number: formatApplicationNumber(one.number),
          ...(refusal && { refusal }),
        };
      }),
  };
}

function stateOf({ state, grounds, activateBy }: Held, now: Date): OrganisationState {
  if (state === 'ended') return 'ended';
  if (grounds.length > 0) return 'locked';
  if (state === 'active') return 'active';
  return state === 'granted' && activateBy !== undefined && activateBy > now ? 'to_activate' : 'lapsed';
}
