// The sandbox's passkey: software keys of the test people, for machines that have no authenticator of their own.
// It answers the same options with the same kind of response as a device, and the server verifies it in the same way.
// Works on every <form data-passkey="assert|enrol" data-options="…"> that has a field named `credential`.
(() => {
  const STORE = 'sandbox-passkeys';
  const ES256 = -7;
  const FLAGS = { present: 1, verified: 4, mayBeSynced: 8, isSynced: 16, hasKey: 64 };
  const SIGNED_IN = FLAGS.present | FLAGS.verified | FLAGS.mayBeSynced | FLAGS.isSynced;
  const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
  const WORDS = {
    vi: {
      whose: 'Khóa truy cập thử nghiệm của',
      assert: 'Dùng khóa truy cập thử nghiệm',
      enrol: 'Tạo khóa truy cập thử nghiệm',
      made: 'đã tạo trên máy này',
      failed: 'Không dùng được khóa truy cập thử nghiệm. Vui lòng thử lại.',
    },
    en: {
      whose: 'Test passkey of',
      assert: 'Use the test passkey',
      enrol: 'Create a test passkey',
      made: 'made on this machine',
      failed: 'The test passkey could not be used. Please try again.',
    },
  };
  const words = WORDS[document.documentElement.lang] ?? WORDS.vi;

  const utf8 = (text) => new TextEncoder().encode(text);
  const fromBase64url = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
  const toBase64url = (bytes) =>
    btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

  // WebAuthn Level 3, 5.8.1 and 6.1.
  const clientData = (type, challenge) =>
    utf8(JSON.stringify({ type, challenge, origin: location.origin, crossOrigin: false }));
  const authenticatorData = async (rpId, flags, attested = []) =>
    joined(await sha256(utf8(rpId)), [flags, 0, 0, 0, 0], attested);

  /** A P1363 signature as DER, which WebAuthn wants (6.5.5). */
  function toDer(signature) {
    const integer = (bytes) => {
      let start = 0;
      while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
      const value = [...(bytes[start] > 127 ? [0] : []), ...bytes.slice(start)];
      return [2, value.length, ...value];
    };
    const body = [...integer(signature.slice(0, 32)), ...integer(signature.slice(32))];
    return Uint8Array.from([48, body.length, ...body]);
  }

  async function assert(options, key) {
    const client = clientData('webauthn.get', options.challenge);
    const data = await authenticatorData(options.rpId ?? location.hostname, SIGNED_IN);
    const privateKey = await crypto.subtle.importKey('jwk', key.private_key, CURVE, false, ['sign']);
    const signed = joined(data, await sha256(client));
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signed);
    return answer(key.credential_id, {
      clientDataJSON: toBase64url(client),
      authenticatorData: toBase64url(data),
      signature: toBase64url(toDer(new Uint8Array(signature))),
      userHandle: key.user_handle,
    });
  }

  async function enrol(options, holders) {
    if (!options.pubKeyCredParams.some(({ alg }) => alg === ES256)) throw new Error('no common algorithm');
    const { privateKey } = await crypto.subtle.generateKey(CURVE, true, ['sign']);
    const jwk = await crypto.subtle.exportKey('jwk', privateKey);
    const id = crypto.getRandomValues(new Uint8Array(32));
    // CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, RFC 9053 section 7.1.1
    const publicKey = joined(
      [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32],
      fromBase64url(jwk.x),
      [0x22, 0x58, 32],
      fromBase64url(jwk.y),
    );
    const attested = joined(new Uint8Array(16), [0, id.length], id, publicKey);
    const data = await authenticatorData(options.rp.id ?? location.hostname, SIGNED_IN | FLAGS.hasKey, attested);
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
    const attestation = joined(
      [0xa3, 0x63],
      utf8('fmt'),
      [0x64],
      utf8('none'),
      [0x67],
      utf8('attStmt'),
      [0xa0, 0x68],
      utf8('authData'),
      [0x58, data.length],
      data,
    );
    keep({
      holders,
      name: options.user.name,
      credential_id: toBase64url(id),
      user_handle: options.user.id,
      private_key: { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y, d: jwk.d },
    });
    return answer(toBase64url(id), {
      clientDataJSON: toBase64url(clientData('webauthn.create', options.challenge)),
      attestationObject: toBase64url(attestation),
      transports: ['internal'],
    });
  }

  const answer = (id, response) => ({
    id,
    rawId: id,
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response,
  });

  const kept = () => JSON.parse(localStorage.getItem(STORE) ?? '[]');
  const keep = (key) => localStorage.setItem(STORE, JSON.stringify([key, ...kept()].slice(0, 20)));
  // Officers' keys and citizens' are two worlds: a form says whose it takes.
  const LISTS = { officers: '/sandbox/officers.json', people: '/sandbox/passkeys.json' };
  const lists = {};
  const keysOf = (holders) => (lists[holders] ??= fetch(LISTS[holders]).then((response) => response.json()));
  const isAllowed = ({ allowCredentials = [] }, key) =>
    allowCredentials.length === 0 || allowCredentials.some(({ id }) => id === key.credential_id);

  function chooserOf(keys) {
    const label = document.createElement('label');
    const select = document.createElement('select');
    label.append(words.whose, select);
    // Set one by one: the policy of the pages forbids style attributes, not this.
    Object.assign(select.style, {
      display: 'block',
      width: '100%',
      minHeight: '48px',
      margin: '4px 0 12px',
      font: 'inherit',
    });
    select.append(...keys.map(({ name }, index) => new Option(name, String(index))));
    return { label, chosen: () => keys[Number(select.value)] };
  }

  async function run(form, holders, key) {
    try {
      const options = JSON.parse(form.dataset.options);
      const credential = key === undefined ? await enrol(options, holders) : await assert(options, key);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      form.querySelector('[data-passkey-status]').textContent = words.failed;
    }
  }

  async function offer(form) {
    const mode = form.dataset.passkey;
    const holders = form.dataset.holders ?? 'people';
    const options = JSON.parse(form.dataset.options);
    const made = kept()
      .filter((key) => (key.holders ?? 'people') === holders)
      .map((key) => ({ ...key, name: `${key.name} (${words.made})` }));
    const keys = mode === 'assert' ? [...made, ...(await keysOf(holders))] : [];
    const chooser = mode === 'assert' ? chooserOf(keys.filter((key) => isAllowed(options, key))) : undefined;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-quiet';
    button.textContent = words[mode];
    button.addEventListener('click', () => void run(form, holders, mode === 'assert' ? chooser.chosen() : undefined));
    const place = document.createElement('div');
    place.className = 'sandbox-passkey';
    Object.assign(place.style, { marginTop: '24px', padding: '16px', border: '1px dashed' });
    place.dataset.sandboxPasskey = mode;
    place.append(...(chooser ? [chooser.label] : []), button);
    form.append(place);
    // A browser without passkeys hides the form; this one needs none.
    form.hidden = false;
    form.parentElement.querySelector('[data-passkey-missing]')?.remove();
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) void offer(form);
})();
