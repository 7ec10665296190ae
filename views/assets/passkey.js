// The passkey ceremony: options from the form, the device's answer into its field, then an ordinary post.
'use strict';

const toBytes = (text) => {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
};
const toText = (buffer) => {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
};
const named = (credential) => ({ ...credential, id: toBytes(credential.id) });

// Browsers before 2024 lack parseRequestOptionsFromJSON and toJSON (Web Authentication 3, 5.1.8 to 5.1.10).
const requestOptions = (json) =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: toBytes(json.challenge),
    allowCredentials: (json.allowCredentials ?? []).map(named),
  };
const creationOptions = (json) =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: toBytes(json.challenge),
    user: { ...json.user, id: toBytes(json.user.id) },
    excludeCredentials: (json.excludeCredentials ?? []).map(named),
  };
const answerOf = (credential) => {
  if (credential.toJSON) return credential.toJSON();
  const { response } = credential;
  const answer = { clientDataJSON: toText(response.clientDataJSON) };
  for (const part of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[part]) answer[part] = toText(response[part]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
};

let waiting;
const ask = (form, more = {}) => {
  waiting?.abort();
  waiting = new AbortController();
  const json = JSON.parse(form.dataset.options);
  const signal = waiting.signal;
  return form.dataset.passkey === 'enrol'
    ? navigator.credentials.create({ publicKey: creationOptions(json), signal })
    : navigator.credentials.get({ publicKey: requestOptions(json), signal, ...more });
};
const post = (form, credential) => {
  form.elements.credential.value = JSON.stringify(answerOf(credential));
  form.submit();
};
const say = (form, text) => {
  form.querySelector('[data-passkey-status]').textContent = text;
};

async function onSubmit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  say(form, '');
  try {
    post(form, await ask(form));
  } catch {
    say(form, form.dataset.failed);
  }
}

/** Offers the passkey in the number field itself; silence is the right answer to every failure here. */
async function offerInField(form) {
  try {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    post(form, await ask(form, { mediation: 'conditional' }));
  } catch {
    // nothing was chosen, or the button was used instead
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.parentElement.querySelector('[data-passkey-missing]')?.remove();
    form.addEventListener('submit', (event) => void onSubmit(event));
    if (form.dataset.conditional) void offerInField(form);
  }
}
