import type { Logger } from 'pino';
import { registryAsker } from './ask-registry.ts';
import type { OrganisationRegister } from './organisation-register.ts';
import type { RegistryAddress } from './post-json.ts';
import { OrganisationAnswer, REGISTRY_PATHS } from './registry-wire.ts';

const ORGANISATION_BYTES = 64 * 1024;

/** The register of organisations, served by the registry at the same address. Every failure is `unavailable`. */
export function httpOrganisationRegister(
  deps: { log: Pick<Logger, 'warn'> },
  address: RegistryAddress,
): OrganisationRegister {
  const { ask, warn } = registryAsker(deps, address);
  const path = REGISTRY_PATHS.findOrganisation;
  return {
    async findOrganisation(taxNumber) {
      const answer = await ask(path, { tax_number: taxNumber }, OrganisationAnswer, ORGANISATION_BYTES);
      if (answer === undefined) return { kind: 'unavailable' };
      if (answer.organisation === null) return { kind: 'not_found' };
      if (answer.organisation.taxNumber === taxNumber) return { kind: 'found', value: answer.organisation };
      warn(path, 'another_organisation');
      return { kind: 'unavailable' };
    },
  };
}
