// Passkeys: a form asks the browser for one, and is sent with what it says.

if (window.PublicKeyCredential) {
  const encoded = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const decoded = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const keys = (ids) => (ids ? ids.split(' ') : []).map((id) => ({ type: 'public-key', id: decoded(id) }));

  async function used(form, challenge) {
    const { rp, allow } = form.dataset;
    const key = await navigator.credentials.get({
      publicKey: { challenge, rpId: rp, allowCredentials: keys(allow), userVerification: 'required' },
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = key.response;
    return {
      id: encoded(key.rawId),
      client: encoded(clientDataJSON),
      data: encoded(authenticatorData),
      signature: encoded(signature),
      user: userHandle ? encoded(userHandle) : '',
    };
  }

  async function made(form, challenge) {
    const { rp, agency, user, signIn, name, exclude } = form.dataset;
    const key = await navigator.credentials.create({
      publicKey: {
        challenge,
        rp: { id: rp, name: agency },
        user: { id: decoded(user), name: signIn, displayName: name },
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: keys(exclude),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      },
    });
    const { response } = key;
    return {
      client: encoded(response.clientDataJSON),
      data: encoded(response.getAuthenticatorData()),
      key: encoded(response.getPublicKey()),
    };
  }

  for (const form of document.querySelectorAll('[data-passkey]')) {
    form.hidden = false;
    const failed = form.querySelector('[data-failed]');
    let busy = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      failed.hidden = true;
      try {
        const answer = await fetch(form.dataset.challenge);
        if (!answer.ok) throw new Error(String(answer.status));
        const challenge = new TextEncoder().encode(await answer.text());
        const said = await (form.dataset.passkey === 'create' ? made : used)(form, challenge);
        for (const [name, value] of Object.entries(said)) {
          const field = form.elements[`${form.dataset.prefix}passkey-${name}`];
          if (field) field.value = value;
        }
        form.submit();
      } catch {
        // Given up, taken too long, no such passkey here: the browser has said which, and does not tell us.
        failed.hidden = false;
      }
      busy = false;
    });
  }
  for (const none of document.querySelectorAll('.passkey-none')) none.hidden = true;
}
